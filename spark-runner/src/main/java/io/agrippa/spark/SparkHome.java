package io.agrippa.spark;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A Spark installation and the jar of this application.
 *
 * @param spark the folder with {@code bin/spark-submit}
 * @param jar the application
 */
record SparkHome(Path spark, Path jar) {
  /** System property: the Spark to use where {@code SPARK_HOME} names none. */
  static final String HOME_PROPERTY = "agrippa.spark.home";

  /** System property: the application's jar, where it is not the one that this class came from. */
  static final String JAR_PROPERTY = "agrippa.spark.jar";

  private static final Path SHELL = Path.of("/bin/sh");

  /**
   * The one that {@code SPARK_HOME} names, else the system property.
   *
   * @throws IOException if there is none, or no jar to submit
   */
  static SparkHome find() throws IOException {
    String home = System.getenv("SPARK_HOME");
    if (home == null || home.isBlank()) {
      home = System.getProperty(HOME_PROPERTY);
    }
    if (home == null) {
      throw new IOException(
          "there is no Spark: set SPARK_HOME to the folder of one, or -D%s"
              .formatted(HOME_PROPERTY));
    }
    Path spark = Path.of(home).toAbsolutePath();
    if (!Files.isExecutable(spark.resolve("bin/spark-submit"))) {
      throw new IOException(
          "%s: there is no executable bin/spark-submit; correct SPARK_HOME or -D%s"
              .formatted(spark, HOME_PROPERTY));
    }
    return new SparkHome(spark, jarFile());
  }

  private static Path jarFile() throws IOException {
    String named = System.getProperty(JAR_PROPERTY);
    CodeSource source = SparkHome.class.getProtectionDomain().getCodeSource();
    try {
      Path jar =
          named != null
              ? Path.of(named).toAbsolutePath()
              : source == null ? null : Path.of(source.getLocation().toURI());
      if (jar != null && Files.isRegularFile(jar)) {
        return jar;
      }
      throw new IOException(
          "%s is no jar that can be submitted; name agrippa-spark-*.jar as -D%s"
              .formatted(jar, JAR_PROPERTY));
    } catch (URISyntaxException e) {
      throw new IOException("the place of this application's jar makes no sense: " + e, e);
    }
  }

  /** The command that submits {@link JobServer} to a master. */
  List<String> command(String master, Map<String, String> conf) {
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(SHELL)) {
      // Ctrl-C goes to all processes of a terminal; what becomes of the job is the asker's
      // decision.
      // What is ignored when a virtual machine starts stays ignored.
      command.addAll(List.of(SHELL.toString(), "-c", "trap '' INT HUP; exec \"$@\"", "agrippa"));
    }
    command.add(spark.resolve("bin/spark-submit").toString());
    command.addAll(List.of("--master", master, "--class", JobServer.class.getName()));
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("spark.ui.showConsoleProgress", "false");
    settings.put("spark.driver.memory", Runtime.getRuntime().maxMemory() / (1 << 20) + "m");
    settings.putAll(conf);
    String options = properties();
    for (String key : List.of("spark.driver.extraJavaOptions", "spark.executor.extraJavaOptions")) {
      settings.merge(key, options, (given, ours) -> (given + " " + ours).strip());
    }
    settings.forEach((key, value) -> command.addAll(List.of("--conf", key + "=" + value)));
    command.add(jar.toString());
    return command;
  }

  /** This virtual machine's own settings, as options that Spark takes apart again at blanks. */
  private static String properties() {
    StringBuilder options = new StringBuilder();
    for (String name : new TreeSet<>(System.getProperties().stringPropertyNames())) {
      if (name.startsWith("agrippa.") && !name.startsWith("agrippa.spark.")) {
        String value = System.getProperty(name).replace("\\", "\\\\").replace("\"", "\\\"");
        options.append("\"-D").append(name).append('=').append(value).append("\" ");
      }
    }
    return options.toString().strip();
  }
}
