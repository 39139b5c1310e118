package io.agrippa.engine.pmml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The plain copy of a document, for readers that are less guarded. */
final class PlainDocumentTest {
  private static String plain(String document, Charset charset) throws IOException {
    byte[] bytes = document.getBytes(charset);
    return new String(
        PmmlReader.plain(new ByteArrayInputStream(bytes), "m.pmml"), StandardCharsets.UTF_8);
  }

  @Test
  void elementsAttributesAndTextsAreAllThatIsLeft() throws IOException {
    String document =
        """
        <?xml version="1.0" encoding="UTF-16"?>
        <!-- <!DOCTYPE PMML> --><?other <A ?>
        <p:PMML xmlns:p="http://www.dmg.org/PMML-4_4" xmlns:i="i" i:a="gone" version="4.4"><p:Header
        copyright='"&#x41;&#10;<é'/><Annotation>a<![CDATA[<b>&amp;]]>c<!-- d --> &gt;</Annotation>
        </p:PMML>
        """
            .replace("<é", "&lt;é");
    assertThat(plain("\ufeff" + document, StandardCharsets.UTF_16BE))
        .isEqualTo(
            """
            <?xml version="1.0" encoding="UTF-8"?><PMML version="4.4"><Header \
            copyright="&quot;A&#10;&lt;é"/><Annotation>a&lt;b&gt;&amp;amp;c &gt;</Annotation>
            </PMML>
            """);
  }

  @Test
  void itSaysWhatTheDocumentSays() throws Exception {
    String tree = Pmml.tree("<!-- c --><Node score=\"a&amp;b\"><True/></Node>");
    Differences.assertSame(Pmml.read(tree), Pmml.read(plain(tree, StandardCharsets.UTF_8)));
  }

  @Test
  void whatWouldNotBeReadIsNotCopied() {
    for (String document :
        new String[] {
          "<!DOCTYPE PMML><PMML version=\"4.4\"/>",
          "<PMML version=\"4.4\">&e;</PMML>",
          "<PMML version=\"4.4\"><Header>",
          "<PMML version=\"4.4\"/><PMML/>",
          "<html/>"
        }) {
      assertThatThrownBy(() -> plain(document, StandardCharsets.UTF_8))
          .as(document)
          .isInstanceOf(PmmlException.class)
          .hasMessageStartingWith("m.pmml:");
    }
  }
}
