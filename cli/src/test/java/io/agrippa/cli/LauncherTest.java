package io.agrippa.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The checked-in launcher, run by bash in a tree of stand-ins: a java and a mvn that say how they
 * were called.
 */
class LauncherTest {
  private record Result(int code, String out, String err) {}

  private static final String JAR = "cli/target/agrippa/lib/agrippa-cli-1.jar";

  @TempDir private Path folder;
  private Path tree;
  private Path bin;

  @BeforeEach
  void plantTree() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "needs /bin/bash");
    tree = Files.createDirectories(folder.resolve("a tree"));
    bin = Files.createDirectories(folder.resolve("bin"));
    executable(
        tree.resolve("agrippa"),
        Files.readString(Path.of(System.getProperty("agrippa.root"), "agrippa")));
    for (String module : List.of("engine", "datasets", "models", "cli")) {
      write(tree.resolve(module).resolve("src/main/A.java"), "");
      write(tree.resolve(module).resolve("pom.xml"), "");
    }
    write(tree.resolve("pom.xml"), "");
    java("java17", "17.0.1");
  }

  @Test
  void theCallersWorkingDirectoryArgumentsAndInputArriveThroughALink() throws Exception {
    build();
    Path link = Files.createSymbolicLink(folder.resolve("link"), tree.resolve("agrippa"));
    Path elsewhere = Files.createDirectories(folder.resolve("else where"));
    Result result = run(elsewhere, Map.of(), "rows", link.toString(), "score", "two words", "*");
    assertThat(result.code).isZero();
    assertThat(result.out)
        .contains("cwd=" + elsewhere.toRealPath())
        .contains("arg=io.agrippa.cli.Main\narg=score\narg=two words\narg=*\n")
        .contains("stdin=rows");
    assertThat(result.err).isEmpty();
  }

  @Test
  void theExitCodeIsThatOfTheCommand() throws Exception {
    build();
    assertThat(agrippa(Map.of("EXIT", "2"), "--nonsense").code).isEqualTo(2);
  }

  @Test
  void jvmOptionsComeFromTheEnvironment() throws Exception {
    build();
    assertThat(agrippa(Map.of("AGRIPPA_OPTS", "-Xmx256m -Da=b"), "score").out)
        .contains("arg=-Xmx256m\narg=-Da=b\n");
  }

  @Test
  void smileIsOnTheClassPathOfTrainAlone() throws Exception {
    build();
    write(tree.resolve("cli/target/agrippa/lib-train/smile.jar"), "");
    assertThat(agrippa(Map.of(), "train").out).contains("lib-train/smile.jar");
    assertThat(agrippa(Map.of(), "score").out).doesNotContain("lib-train");
  }

  @Test
  void aJavaThatIsTooOldIsPassedOverUnlessItWasAskedFor() throws Exception {
    build();
    Path old = java("java11", "11.0.2");
    Path recent = java("java21", "21.0.3");
    Result passedOver =
        agrippa(Map.of("JAVA_HOME", old.toString(), "PATH", path(recent.resolve("bin"))), "score");
    assertThat(passedOver.out).contains("java=" + recent.toRealPath());
    Result askedFor = agrippa(Map.of("AGRIPPA_JAVA", old.toString()), "score");
    assertThat(askedFor.code).isEqualTo(1);
    assertThat(askedFor.err).contains("AGRIPPA_JAVA=" + old, "Java 17 or newer", "unset it");
  }

  @Test
  void agrippaJavaMayBeTheExecutableAndAskingItTellsTheVersion() throws Exception {
    build();
    Path home = java("java25", "25");
    Files.delete(home.resolve("release"));
    Result result = agrippa(Map.of("AGRIPPA_JAVA", home.resolve("bin/java").toString()), "score");
    assertThat(result.out).contains("java=" + home.toRealPath());
  }

  @Test
  void whatIsMissingIsBuiltOnceAndSaidInOneLineOnStandardError() throws Exception {
    mvn("mkdir -p cli/target/agrippa/lib; touch " + JAR + "; cat");
    Result first = run(folder, Map.of(), "rows", tree.resolve("agrippa").toString(), "score");
    assertThat(first.code).isZero();
    assertThat(first.err.lines())
        .singleElement()
        .asString()
        .contains("not built yet", "cli/target/agrippa-build.log");
    assertThat(first.out).startsWith("java=").contains("stdin=rows");
    assertThat(agrippa(Map.of(), "score").err).isEmpty();
  }

  @Test
  void newerSourcesAreBuilt() throws Exception {
    mvn("touch " + JAR);
    build();
    Path source = tree.resolve("engine/src/main/A.java");
    Files.setLastModifiedTime(source, FileTime.fromMillis(System.currentTimeMillis() + 60_000));
    assertThat(agrippa(Map.of(), "score").err).contains("sources are newer than the build");
  }

  @Test
  void aBuildThatLeavesTheJarAsItWasIsNotMadeAgain() throws Exception {
    mvn("./agrippa --version"); // as the build does, last of all
    build();
    Files.setLastModifiedTime(
        tree.resolve(JAR), FileTime.fromMillis(System.currentTimeMillis() - 60_000));
    assertThat(agrippa(Map.of(), "score").err).contains("sources are newer than the build");
    assertThat(agrippa(Map.of(), "score").err).isEmpty();
  }

  @Test
  void aTreeWithoutSourcesIsNeverBuilt() throws Exception {
    build();
    Files.delete(tree.resolve("cli/src/main/A.java"));
    Files.delete(tree.resolve("cli/src/main"));
    Files.delete(tree.resolve("cli/src"));
    write(tree.resolve("engine/src/main/B.java"), "");
    assertThat(agrippa(Map.of(), "score").err).isEmpty();
  }

  @Test
  void aFailedBuildShowsTheEndOfItsLogAndFails() throws Exception {
    mvn("echo '[ERROR] the reason'; exit 1");
    Result result = agrippa(Map.of(), "score");
    assertThat(result.code).isEqualTo(1);
    assertThat(result.out).isEmpty();
    assertThat(result.err).contains("[ERROR] the reason", "the build failed", "agrippa-build.log");
  }

  @Test
  void withoutMavenTheErrorSaysWhatToInstall() throws Exception {
    Path tools = Files.createDirectories(folder.resolve("tools"));
    for (String tool : List.of("bash", "dirname", "readlink", "find")) {
      Path real = Path.of("/usr/bin", tool);
      real = Files.exists(real) ? real : Path.of("/bin", tool);
      executable(tools.resolve(tool), "#!/bin/bash\nexec " + real + " \"$@\"\n");
    }
    Result result = agrippa(Map.of("PATH", tools.toString()), "score");
    assertThat(result.code).isEqualTo(1);
    assertThat(result.err).contains("not built yet", "install Maven");
  }

  private void build() throws IOException {
    write(tree.resolve(JAR), "");
    Files.setLastModifiedTime(
        tree.resolve(JAR), FileTime.fromMillis(System.currentTimeMillis() + 10_000));
  }

  /**
   * A folder like that of an installed JDK, whose java prints where it stands, its place and
   * arguments.
   */
  private Path java(String name, String version) throws IOException {
    Path home = folder.resolve(name);
    write(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    executable(
        home.resolve("bin/java"),
        "#!/bin/bash\n"
            + "case \" $* \" in\n"
            + (" *\" -version \"*) echo 'openjdk version \"" + version + "\"' >&2; exit;;\n")
            + " *DumpLoadedClassList*) exit 1;;\n"
            + "esac\n"
            + ("echo 'java=" + home.toRealPath() + "'\n")
            + "echo \"cwd=$PWD\"\n"
            + "printf 'arg=%s\\n' \"$@\"\n"
            + "echo \"stdin=$(cat)\"\n"
            + "exit ${EXIT:-0}\n");
    executable(home.resolve("bin/javac"), "#!/bin/bash\n");
    return home;
  }

  private void mvn(String script) throws IOException {
    executable(bin.resolve("mvn"), "#!/bin/bash\n" + script + "\n");
  }

  private String path(Path first) {
    return first + ":" + bin + ":/usr/bin:/bin";
  }

  private Result agrippa(Map<String, String> environment, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(tree.resolve("agrippa").toString()));
    command.addAll(List.of(arguments));
    return run(folder, environment, "", command.toArray(String[]::new));
  }

  private Result run(Path cwd, Map<String, String> environment, String input, String... command)
      throws Exception {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder = new ProcessBuilder(command).directory(cwd.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", path(bin));
    builder.environment().put("JAVA_HOME", folder.resolve("java17").toString());
    builder.environment().putAll(environment);
    builder.redirectInput(write(folder.resolve("in"), input).toFile());
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ended within a minute").isTrue();
    return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  private static Path write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text, StandardCharsets.UTF_8);
  }

  private static void executable(Path file, String text) throws IOException {
    write(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
