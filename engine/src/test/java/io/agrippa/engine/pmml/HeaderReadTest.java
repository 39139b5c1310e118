package io.agrippa.engine.pmml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agrippa.engine.model.Document;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class HeaderReadTest {
  private static Document.Header header(String text) throws IOException {
    return PmmlReader.header(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "m.pmml");
  }

  @Test
  void theHeaderIsReadWithoutWhatStandsBehindIt() throws IOException {
    String text =
        Pmml.document("<Nonsense")
            .replace(
                "<Header/>", "<Header description=\"d\"><Annotation>a: b</Annotation></Header>");
    assertThat(header(text).description()).isEqualTo("d");
    assertThat(header(text).annotations()).containsExactly("a: b");
  }

  @Test
  void aDocumentWithoutHeaderHasNone() throws IOException {
    assertThat(header(Pmml.document(Pmml.DICTIONARY).replace("<Header/>", ""))).isNull();
  }

  @Test
  void whatIsNotPmmlIsRefused() {
    assertThatThrownBy(() -> header("<html/>")).isInstanceOf(PmmlException.class);
  }
}
