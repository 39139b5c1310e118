package io.agrippa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassPathTest {
  /**
   * Smile is on the compiler's path only so that the build can lay it apart; see this module's pom.
   */
  @Test
  void theCommandItselfDoesNotSeeSmile() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.agrippa.cli");
    List<String> calls =
        classes.stream()
            .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
            .filter(dependency -> dependency.getTargetClass().getPackageName().startsWith("smile"))
            .map(dependency -> dependency.getDescription())
            .toList();
    assertThat(classes).isNotEmpty();
    assertThat(calls).isEmpty();
  }
}
