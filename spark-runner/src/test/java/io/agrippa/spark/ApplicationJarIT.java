package io.agrippa.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** What is in the jar that is submitted. */
class ApplicationJarIT {
  private static final Path JAR = Path.of(System.getProperty("agrippa.spark.jar"));

  private static List<String> entries() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      return jar.stream().map(ZipEntry::getName).filter(name -> !name.endsWith("/")).toList();
    }
  }

  @Test
  void itHoldsAgrippaAndWhatSparkDoesNotShip() throws Exception {
    Set<String> roots = new TreeSet<>();
    for (String name : entries()) {
      boolean other = name.startsWith("META-INF/versions/") || name.startsWith("picocli/");
      if (name.endsWith(".class") && !other) {
        roots.add(name.substring(0, name.indexOf('/', name.indexOf('/') + 1)));
      }
    }
    assertThat(roots)
        .containsExactly(
            "ch/randelshofer",
            "de/siegmar",
            "io/agrippa",
            "me/tongfei",
            "org/jline",
            "org/pmml4s",
            "spray/json");
  }

  @Test
  void theProvidersOfAllModulesAreFoundInIt() throws Exception {
    assertThat(entries())
        .contains(
            "META-INF/services/io.agrippa.engine.run.RunnerProvider",
            "META-INF/services/io.agrippa.engine.ModelCatalogue",
            "META-INF/services/io.agrippa.engine.InputCatalogue",
            "io/agrippa/spark/JobServer.class");
  }

  @Test
  void itHoldsNothingOfSmileNorOfJpmml() throws Exception {
    assertThat(entries()).noneMatch(name -> name.startsWith("smile/") || name.contains("jpmml"));
  }
}
