package io.agrippa.engine.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.agrippa.engine.Agrippa;
import io.agrippa.engine.data.Aggregation;
import io.agrippa.engine.data.Partitioning;
import io.agrippa.engine.measure.Phase;
import io.agrippa.engine.process.TestInputs.Action;
import io.agrippa.engine.run.BadRowException;
import io.agrippa.engine.run.Job;
import io.agrippa.engine.run.RowPolicy;
import io.agrippa.engine.run.RunControl;
import io.agrippa.engine.run.RunListener;
import io.agrippa.engine.run.RunResult;
import io.agrippa.engine.run.Runner;
import io.agrippa.engine.run.Runners;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every runner promises, held by worker processes on files; and what becomes of workers that
 * come to harm.
 */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ProcessRunnerTest {
  private static final String MODEL =
      """
      <PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4">
        <Header/>
        <DataDictionary>
          <DataField name="x" optype="continuous" dataType="double"/>
          <DataField name="y" optype="continuous" dataType="double"/>
        </DataDictionary>
        <RegressionModel modelName="line" functionName="regression">
          <MiningSchema>
            <MiningField name="x"/>
            <MiningField name="y" usageType="target"/>
          </MiningSchema>
          <RegressionTable intercept="1"><NumericPredictor name="x" coefficient="2"/></RegressionTable>
        </RegressionModel>
      </PMML>
      """;
  private static final long ROWS = 300_000;

  @TempDir private Path folder;
  private Path model;

  @BeforeEach
  void writeModel() throws IOException {
    model = Files.writeString(folder.resolve("line.pmml"), MODEL);
  }

  @AfterEach
  void noWorkerIsLeft() {
    assertThat(workers()).isEmpty();
  }

  private static List<ProcessHandle> workers() {
    // The shell in front of a worker becomes it.
    return ProcessHandle.current().children().filter(ProcessHandle::isAlive).toList();
  }

  private static Runner processes(int workers) {
    return new ProcessRunner("processes:" + workers, settings(workers));
  }

  private static WorkerSettings settings(int workers) {
    return WorkerSettings.of(workers, 64 << 20);
  }

  private Job job(String input, String output) {
    return new Job(
            new Job.ModelPlace(model.toString()),
            new Job.Dataset(input),
            new Job.Dataset(folder.resolve(output).toString()))
        .keeping(List.of("id"));
  }

  private static Job.Analysis sum() {
    return new Job.Analysis(TestSums.NAME, Map.of());
  }

  private static RunResult run(Job job, Runner runner) throws Exception {
    return run(job, runner, RunListener.NONE);
  }

  private static RunResult run(Job job, Runner runner, RunListener listener) throws Exception {
    return Agrippa.run(job, runner, new RunControl(listener));
  }

  /** Runs a job serially and by a runner, and holds the outputs, digests and sums to each other. */
  private RunResult assertAsSerial(Job job, Runner runner, RunListener listener, String suffix)
      throws Exception {
    Path expected = folder.resolve("serial" + suffix);
    Path actual = folder.resolve("processes" + suffix);
    RunResult serial = run(into(job, expected), Runners.named("serial"));
    RunResult result = run(into(job, actual), runner, listener);
    assertThat(result.measurement().outputDigest()).isEqualTo(serial.measurement().outputDigest());
    assertThat(result.measurement().sequenceDigest())
        .isEqualTo(serial.measurement().sequenceDigest());
    assertThat(result.measurement().rows()).isEqualTo(serial.measurement().rows());
    assertThat(result.measurement().badRows()).isEqualTo(serial.measurement().badRows());
    assertThat(result.aggregated().map(Aggregation.State::result))
        .isEqualTo(serial.aggregated().map(Aggregation.State::result));
    if (job.output().isPresent()) {
      assertThat(actual).hasSameBinaryContentAs(expected);
    }
    Files.deleteIfExists(expected);
    Files.deleteIfExists(actual);
    return result;
  }

  private static Job into(Job job, Path file) {
    return job.output().isEmpty() ? job : job.into(Optional.of(new Job.Dataset(file.toString())));
  }

  private void assertNothingWritten(String output) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.contains(output));
    }
  }

  private Path csv() throws IOException {
    StringBuilder text = new StringBuilder("id,x,note\n");
    for (int i = 0; i < 60_000; i++) {
      String x = i % 1000 == 7 ? "" : i % 5000 == 8 ? "odd" : Double.toString(i / 7.0);
      text.append(i).append(',').append(x).append(",\"note ").append(i % 50).append("\n\"\n");
    }
    return Files.writeString(folder.resolve("in.csv"), text);
  }

  @Test
  void textIsScoredAsSeriallyWhoeverReadsIt() throws Exception {
    Path plain = csv();
    Path packed = folder.resolve("in.csv.gz");
    try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      Files.copy(plain, out);
    }
    for (Path input : List.of(plain, packed)) { // the second is read by the parent alone
      Job job =
          job(input.toString(), "out.csv")
              .keeping(List.of(Job.ALL_COLUMNS))
              .with(RowPolicy.STATUS)
              .with(new Partitioning.Rows(7_001));
      assertAsSerial(job, processes(2), RunListener.NONE, ".parquet");
    }
  }

  @Test
  void parquetIsScoredAsSeriallyAndAnalysed() throws Exception {
    Path input = folder.resolve("in.parquet");
    run(Job.copy(new Job.Dataset(csv().toString()), dataset(input)), Runners.named("serial"));
    Job job = job(TestInputs.name(Action.STREAM, 0, 100_003, null), "out.csv").with(sum());
    RunResult result = assertAsSerial(job, processes(2), RunListener.NONE, ".csv");
    assertThat(result.aggregated().orElseThrow().result()).isEqualTo("100003 rows, sum 5000250003");
    Job reading = Job.read(dataset(input)).with(new Partitioning.Rows(9_000));
    assertAsSerial(reading, processes(2), RunListener.NONE, ".none");
  }

  private static Job.Dataset dataset(Path file) {
    return new Job.Dataset(file.toString());
  }

  @Test
  void aLimitGivesTheFirstRowsAndTheirSum() throws Exception {
    Job job = job(TestInputs.name(Action.NONE, 0, ROWS, null), "out.csv").with(sum());
    assertAsSerial(job.first(123_457), processes(2), RunListener.NONE, ".csv");
    assertAsSerial(job.first(0), processes(2), RunListener.NONE, ".csv");
  }

  @Test
  void memoryForResultsMayBeTooSmallForAnythingButOneBlock() throws Exception {
    Job job = job(TestInputs.name(Action.NONE, 0, ROWS, null), "out.csv");
    Runner runner = new ProcessRunner("processes:2", settings(2).withBudget(0));
    assertAsSerial(job, runner, RunListener.NONE, ".csv");
  }

  @Test
  void measuresEachWorkerAndEachPartition() throws Exception {
    Job job = job(TestInputs.name(Action.NONE, 0, ROWS, null), "out.csv");
    RunResult result = run(job, processes(2));
    assertThat(result.measurement().runner()).isEqualTo("processes:2");
    assertThat(result.measurement().workers()).hasSize(2);
    assertThat(result.measurement().workers().stream().mapToLong(each -> each.rows()).sum())
        .isEqualTo(ROWS);
    assertThat(result.measurement().workers())
        .allSatisfy(
            worker -> {
              assertThat(worker.cpu()).isPresent();
              assertThat(worker.allocatedBytes()).isPresent();
              assertThat(worker.gc()).isPresent();
              assertThat(worker.start()).isPositive();
            });
    assertThat(result.measurement().partitions().count()).isEqualTo(ROWS / TestInputs.PARTITION);
    assertThat(result.measurement().partitions().spans())
        .allMatch(span -> span.rows() == TestInputs.PARTITION)
        .allMatch(span -> span.end().compareTo(result.measurement().wall()) < 0)
        .allMatch(span -> span.start().compareTo(span.end()) < 0);
    assertThat(result.measurement().phases())
        .containsKeys(Phase.LOAD, Phase.COMPILE, Phase.START, Phase.READ, Phase.SCORE, Phase.WRITE);
  }

  @Test
  void theFirstBadRowIsReportedAsSerially() throws Exception {
    Path input = Files.writeString(folder.resolve("bad.csv"), "id,x\n" + "1,2\n".repeat(20_000));
    Files.writeString(
        input, "2,bad\n" + "1,2\n".repeat(9_000) + "3,worse\n", StandardOpenOption.APPEND);
    Job job = job(input.toString(), "out.csv").with(new Partitioning.Rows(3_000));
    Throwable serial = catchThrowable(() -> run(job, Runners.named("serial")));
    Throwable here = catchThrowable(() -> run(job, processes(2)));
    assertThat(serial).isInstanceOf(BadRowException.class).hasMessageContaining("row 20001");
    assertThat(here).isInstanceOf(BadRowException.class).hasMessage(serial.getMessage());
    assertNothingWritten("out.csv");
  }

  @Test
  void aFailureToReadIsThatOfTheWorker() throws Exception {
    Job job = job(TestInputs.name(Action.FAIL, 155_000, ROWS, null), "out.csv");
    assertThatThrownBy(() -> run(job, processes(2)))
        .isInstanceOf(IOException.class)
        .hasMessage("broken at row 155000");
    assertNothingWritten("out.csv");
  }

  /** Does something when so many calls have told of rows. */
  private static RunListener after(int[] calls, Runnable action) {
    return new RunListener() {
      private int count;

      @Override
      public void started(OptionalLong rows, OptionalLong bytes) {}

      @Override
      public void advanced(long rows, long bytes) {
        for (int due : calls) {
          if (count == due) {
            action.run();
          }
        }
        count++;
      }
    };
  }

  @Test
  void workersThatAreKilledAreReplacedAndNothingIsLostOrTwice() throws Exception {
    List<Long> killed = new ArrayList<>();
    for (Action way : List.of(Action.NONE, Action.STREAM)) {
      int before = killed.size();
      Job job = job(TestInputs.name(way, 0, ROWS, null), "out.csv").with(sum());
      // A small budget, so that much of the job is still to be done when the first rows are out.
      Runner runner = new ProcessRunner("processes:2", settings(2).withBudget(1 << 20));
      RunResult result =
          assertAsSerial(job, runner, after(new int[] {0, 25, 50}, killOne(killed)), ".csv");
      assertThat(result.measurement().incidents())
          .isNotEmpty()
          .allSatisfy(
              told -> assertThat(told).contains("was ended by signal 9").contains("done again"));
      assertThat(killed).as("killed where the action is %s", way).hasSizeGreaterThan(before + 1);
    }
  }

  private static Runnable killOne(List<Long> killed) {
    return () ->
        workers().stream()
            .filter(worker -> !killed.contains(worker.pid()))
            .findFirst()
            .ifPresent(
                worker -> {
                  killed.add(worker.pid());
                  worker.destroyForcibly(); // SIGKILL
                });
  }

  @Test
  void aWorkerThatIsSilentIsReplaced() throws Exception {
    Path mark = folder.resolve("stopped");
    Job job = job(TestInputs.name(Action.STOP, 55_000, ROWS, mark), "out.csv").with(sum());
    Runner runner =
        new ProcessRunner("processes:2", settings(2).silentFor(Duration.ofMillis(1500)));
    assertAsSerial(job, runner, RunListener.NONE, ".csv");
    assertThat(mark).exists();
  }

  @Test
  void aPartitionInWhichWorkersEndAgainAndAgainIsNamedWithTheirLastWords() throws Exception {
    Job job = job(TestInputs.name(Action.HALT, 155_000, ROWS, null), "out.csv");
    assertThatThrownBy(() -> run(job, processes(2)))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("test: rows 150,001 and following, of which 4,096 were scored: 3")
        .hasMessageContaining("ended with exit code 7")
        .hasMessageContaining("it printed: the last words of a worker");
    assertNothingWritten("out.csv");
  }

  @Test
  void whatIsNoMessageIsShown() throws Exception {
    Job job = job(TestInputs.name(Action.PRINT, 55_000, ROWS, null), "out.csv");
    assertThatThrownBy(() -> run(job, processes(1)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("wrote \"hello t\"")
        .hasMessageContaining("writes to standard output");
    assertNothingWritten("out.csv");
  }

  @Test
  void workersDoNotHearCtrlC() throws Exception {
    AtomicReference<List<ProcessHandle>> signalled = new AtomicReference<>(List.of());
    RunListener interrupting =
        after(
            new int[] {2},
            () -> {
              signalled.set(workers());
              for (ProcessHandle worker : workers()) {
                signal("INT", worker.pid());
              }
            });
    List<Boolean> alive = new ArrayList<>();
    RunListener looking =
        after(new int[] {60}, () -> signalled.get().forEach(worker -> alive.add(worker.isAlive())));
    RunListener both =
        new RunListener() {
          @Override
          public void started(OptionalLong rows, OptionalLong bytes) {}

          @Override
          public void advanced(long rows, long bytes) {
            interrupting.advanced(rows, bytes);
            looking.advanced(rows, bytes);
          }
        };
    Job job = job(TestInputs.name(Action.NONE, 0, ROWS, null), "out.csv");
    Runner runner = new ProcessRunner("processes:2", settings(2).withBudget(1 << 20));
    assertAsSerial(job, runner, both, ".csv");
    assertThat(alive).isNotEmpty().doesNotContain(false);
  }

  private static void signal(String signal, long pid) {
    try {
      new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void cancellingEndsTheWorkersAndLeavesNothing() throws Exception {
    AtomicReference<RunControl> control = new AtomicReference<>();
    control.set(
        new RunControl(
            after(
                new int[] {2},
                () -> {
                  Thread canceller = new Thread(() -> control.get().cancel());
                  canceller.start();
                })));
    Job job = job(TestInputs.name(Action.NONE, 0, Long.MAX_VALUE / 2, null), "out.csv");
    assertThatThrownBy(() -> Agrippa.run(job, processes(2), control.get()))
        .isInstanceOf(InterruptedException.class);
    assertNothingWritten("out.csv");
  }

  @Test
  void noWorkerOutlivesAParentThatIsKilled() throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "--add-opens=java.base/java.nio=ALL-UNNAMED"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(TestParent.class.getName(), model.toString()));
    Process parent =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    List<ProcessHandle> orphans = new ArrayList<>();
    try (BufferedReader told =
        new BufferedReader(
            new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8))) {
      for (String pid : told.readLine().split(" ", -1)) {
        ProcessHandle.of(Long.parseLong(pid)).ifPresent(orphans::add);
      }
    } finally {
      parent.destroyForcibly().waitFor(); // SIGKILL
    }
    assertThat(orphans).hasSize(2);
    for (ProcessHandle orphan : orphans) {
      orphan.onExit().get(60, TimeUnit.SECONDS);
    }
  }

  @Test
  void aWorkerThatCannotStartIsShownWithWhatItPrinted() {
    Job job = job(TestInputs.name(Action.NONE, 0, ROWS, null), "out.csv");
    Runner failing =
        new ProcessRunner(
            "processes:1",
            settings(1).with(List.of("/bin/sh", "-c", "echo no room for me >&2; exit 3")));
    assertThatThrownBy(() -> run(job, failing))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("worker processes cannot be started: 3 ended before")
        .hasMessageContaining("exit code 3; it printed: no room for me");
    Runner absent = new ProcessRunner("processes:1", settings(1).with(List.of("/no/such/java")));
    assertThatThrownBy(() -> run(job, absent))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a worker process cannot be started with /no/such/java");
  }
}
