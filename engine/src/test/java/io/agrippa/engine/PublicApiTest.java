package io.agrippa.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The public types of the engine are those on a checked-in list, so that the surface grows only on
 * purpose.
 */
class PublicApiTest {
  private static final String LIST = "/public-api.txt";

  @Test
  void publicTypesAreThoseOnTheList() throws IOException {
    Set<String> actual = new TreeSet<>();
    new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.agrippa.engine")
            .stream()
            .filter(PublicApiTest::isVisible)
            .forEach(type -> actual.add(type.getName().replace('$', '.')));
    Path written = Path.of(System.getProperty("agrippa.root"), "engine/target/public-api.txt");
    Files.createDirectories(written.getParent());
    Files.write(written, actual);

    assertThat(actual)
        .as(
            "public types of the engine. Make a new one package-private if it can be; if it is"
                + " public on purpose: cp engine/target/public-api.txt"
                + " engine/src/test/resources/public-api.txt")
        .containsExactlyElementsOf(listed());
  }

  private static boolean isVisible(JavaClass type) {
    if (type.getSimpleName().equals("package-info")
        || type.isAnonymousClass()
        || !type.getModifiers().contains(JavaModifier.PUBLIC)) {
      return false;
    }
    return type.getEnclosingClass().map(PublicApiTest::isVisible).orElse(true);
  }

  private static Set<String> listed() throws IOException {
    try (InputStream in = PublicApiTest.class.getResourceAsStream(LIST)) {
      assertThat(in).as("engine/src/test/resources%s", LIST).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
