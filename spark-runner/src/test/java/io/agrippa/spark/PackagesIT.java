package io.agrippa.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The application by its coordinates, out of a repository that holds what the build would publish:
 * the jar, and the description of the project without what the jar has in it.
 */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PackagesIT {
  private static final Path JAR = Path.of(System.getProperty("agrippa.spark.jar"));
  private static final Path ROOT = Path.of(System.getProperty("agrippa.root"));
  private static final String NAME = JAR.getFileName().toString().replace(".jar", "");
  private static final String VERSION = NAME.substring("agrippa-spark-".length());

  @TempDir private Path folder;

  @Test
  void theApplicationIsFoundByItsCoordinatesAndBringsAllThatItNeeds() throws Exception {
    Path published = Files.createDirectories(place("agrippa-spark"));
    Files.copy(JAR, published.resolve(NAME + ".jar"));
    Files.copy(JAR.resolveSibling("dependency-reduced-pom.xml"), published.resolve(NAME + ".pom"));
    Path parent = Files.createDirectories(place("agrippa-parent"));
    Files.copy(ROOT.resolve("pom.xml"), parent.resolve("agrippa-parent-" + VERSION + ".pom"));
    Path input = Files.writeString(folder.resolve("in.csv"), "x,y\n1,a\n2,b\n3,b\n");
    Path told = folder.resolve("told");
    Path said = folder.resolve("said");
    ProcessBuilder builder =
        new ProcessBuilder(
            System.getProperty(SparkHome.HOME_PROPERTY) + "/bin/spark-submit",
            "--master",
            "local[1]",
            "--conf",
            "spark.jars.ivy=" + folder.resolve("ivy"),
            "--conf",
            "spark.jars.ivySettings=" + settings(),
            "--packages",
            "io.agrippa:agrippa-spark:" + VERSION,
            "--class",
            Main.class.getName(),
            "spark-internal",
            "profile",
            "--input=" + input,
            "--json");
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    Process process = builder.redirectOutput(told.toFile()).redirectError(said.toFile()).start();
    assertThat(process.waitFor(200, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(() -> read(said)).isZero();
    assertThat(read(told)).contains("\"rows\":3,").contains("spark:local[1]");
    try (var jars = Files.list(folder.resolve("ivy/jars"))) {
      assertThat(jars.map(jar -> jar.getFileName().toString()))
          .containsExactly("io.agrippa_" + NAME + ".jar");
    }
  }

  private Path place(String artifact) {
    return folder.resolve("repository/io/agrippa").resolve(artifact).resolve(VERSION);
  }

  /** No repository of the network; what the description imports is where Maven has put it. */
  private Path settings() throws IOException {
    StringBuilder resolvers = new StringBuilder();
    String[] repositories = {
      folder.resolve("repository").toString(), System.getProperty("agrippa.repository")
    };
    for (String repository : repositories) {
      resolvers.append(
          """
          <filesystem name="%1$s" m2compatible="true">
            <ivy pattern="%1$s/[organisation]/[module]/[revision]/[module]-[revision].pom"/>
            <artifact pattern="%1$s/[organisation]/[module]/[revision]/[artifact]-[revision](-[classifier]).[ext]"/>
          </filesystem>
          """
              .formatted(repository));
    }
    return Files.writeString(
        folder.resolve("ivysettings.xml"),
        """
        <ivysettings>
          <settings defaultResolver="all"/>
          <resolvers><chain name="all" returnFirst="true">
        %s</chain></resolvers>
        </ivysettings>
        """
            .formatted(resolvers));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
