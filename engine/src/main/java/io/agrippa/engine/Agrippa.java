package io.agrippa.engine;

import io.agrippa.engine.compile.CompiledModel;
import io.agrippa.engine.compile.InputField;
import io.agrippa.engine.compile.ModelCompiler;
import io.agrippa.engine.compile.ModelOperator;
import io.agrippa.engine.compile.Tolerance;
import io.agrippa.engine.compile.Trace;
import io.agrippa.engine.compile.VerificationReport;
import io.agrippa.engine.data.BlockSource;
import io.agrippa.engine.data.RowDependency;
import io.agrippa.engine.measure.Measurement;
import io.agrippa.engine.model.Document;
import io.agrippa.engine.model.ModelException;
import io.agrippa.engine.model.Refusal;
import io.agrippa.engine.pmml.PmmlReader;
import io.agrippa.engine.reference.ReferenceModel;
import io.agrippa.engine.run.BadRowException;
import io.agrippa.engine.run.Job;
import io.agrippa.engine.run.RunControl;
import io.agrippa.engine.run.RunResult;
import io.agrippa.engine.run.Runner;
import io.agrippa.engine.run.Runners;
import io.agrippa.engine.run.Workbench;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** The front door. Safe for use by many threads. */
public final class Agrippa {
  private Agrippa() {}

  /** The version of this library, such as {@code 0.1.0}. */
  public static String version() {
    try (InputStream in = Agrippa.class.getResourceAsStream("version.properties")) {
      if (in == null) {
        throw new IllegalStateException(
            "version.properties is missing beside the class files; build with Maven");
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException("version.properties cannot be read", e);
    }
  }

  /**
   * Loads a model that scores records and batches, and verifies it.
   *
   * @param file a PMML document; the first model in it is taken
   * @throws IOException if the file cannot be read
   * @throws ModelException if it is not a document that can be read, has a mistake or something
   *     that is not supported, or does not give the results that it says; the message says where
   */
  public static ScoringModel load(Path file) throws IOException {
    return load(file, LoadOptions.DEFAULT);
  }

  /**
   * As {@link #load(Path)}, as the options say.
   *
   * @throws ModelException also if the options name a model, field or result that the document does
   *     not have, or a model that it calls not scorable
   */
  public static ScoringModel load(Path file, LoadOptions options) throws IOException {
    return load(PmmlReader.read(file), options);
  }

  /**
   * Loads a model that scores records and batches out of a stream, which is read to its end and
   * stays open.
   *
   * @param place what to call it in messages
   * @throws IOException if the stream fails
   * @throws ModelException as {@link #load(Path, LoadOptions)}
   */
  public static ScoringModel load(InputStream in, String place, LoadOptions options)
      throws IOException {
    return load(PmmlReader.read(in, place), options);
  }

  private static ScoringModel load(Document document, LoadOptions options) {
    CompiledModel model =
        options.model().isPresent()
            ? ModelCompiler.compile(document, options.model().get())
            : ModelCompiler.compile(document);
    if (options.verify() == Verify.ON_LOAD) {
      model.verify();
    }
    return ScoringModel.of(model, options);
  }

  /**
   * Does a job on all cores of this machine.
   *
   * @return what was done and what it took
   * @throws IOException if something could not be read or written
   * @throws BadRowException if a row could not be scored and the job asks to fail then
   * @throws InterruptedException if the calling thread was interrupted; there is no output then
   */
  public static Measurement run(Job job) throws IOException, InterruptedException {
    return run(job, "threads");
  }

  /**
   * Does a job.
   *
   * @param runner where: {@code serial}, {@code threads}, {@code threads:4} … (see {@link
   *     Runners#named})
   * @return what was done and what it took
   * @throws IllegalArgumentException if there is no such runner
   * @throws IOException if something could not be read or written
   * @throws BadRowException if a row could not be scored and the job asks to fail then
   * @throws InterruptedException if the calling thread was interrupted; there is no output then
   */
  public static Measurement run(Job job, String runner) throws IOException, InterruptedException {
    return run(job, Runners.named(runner), new RunControl()).measurement();
  }

  /**
   * As {@link #run(Job, String)}, heard and cancelled by a control; gives what the rows were
   * reduced to as well, where the job asks for that.
   */
  public static RunResult run(Job job, Runner runner, RunControl control)
      throws IOException, InterruptedException {
    return runner.run(job, workbench(), control);
  }

  /**
   * Reads and compiles a model and says what it is.
   *
   * @throws IOException if the document cannot be read
   * @throws io.agrippa.engine.pmml.PmmlException if it is not a document that can be read
   * @throws io.agrippa.engine.model.ModelException if the model cannot be compiled
   */
  public static ModelDescription describe(Job.ModelPlace model) throws IOException {
    LoadedDocument loaded = LoadedDocument.read(model);
    return ModelDescription.of(loaded, JobWorkbench.compile(loaded, model));
  }

  /**
   * Looks through data for rows that a model would refuse, and for columns that it lacks or does
   * not need. Reads all of the data, on the calling thread.
   *
   * @throws IOException if the document or the data cannot be read
   * @throws ModelException if the model cannot be compiled, or a column is of a type that its field
   *     cannot take
   */
  public static SampleReport examine(Job.ModelPlace model, Job.Dataset data) throws IOException {
    CompiledModel compiled = JobWorkbench.compile(LoadedDocument.read(model), model);
    return Sampling.of(compiled, Catalogues.input(data));
  }

  /**
   * Lists all for which a document would be refused, not just the first: what is not supported, and
   * what is wrong with it. What follows from something else that is listed is left out. Where
   * nothing else is wrong, its models are held against their ModelVerification.
   *
   * @param model a document, and the model of it to look at; all that can be scored where it names
   *     none
   * @return empty if the document is read, compiled and verified
   * @throws IOException if the document cannot be read
   */
  public static List<Refusal> refusals(Job.ModelPlace model) throws IOException {
    return Refusals.of(model);
  }

  /**
   * Reads and compiles a model and holds it against its own ModelVerification.
   *
   * @throws IOException if the document cannot be read
   * @throws io.agrippa.engine.pmml.PmmlException if it is not a document that can be read
   * @throws io.agrippa.engine.model.ModelException if the model cannot be compiled, or has no
   *     ModelVerification
   */
  public static VerificationReport verify(Job.ModelPlace model) throws IOException {
    CompiledModel compiled = JobWorkbench.compile(LoadedDocument.read(model), model);
    if (compiled.frame().verification() == null) {
      throw new ModelException(
          compiled.place(),
          0,
          "the model has no ModelVerification to be held against; export it with one");
    }
    return compiled.compareVerification();
  }

  /**
   * Scores data and holds the results against expected ones, row by row.
   *
   * @param expected a table with a row for each row of the data, in its order, and columns named as
   *     results of the model, those that it calls not final too
   * @param columns names of the results to compare; empty for all that the table has
   * @param tolerance how far numbers may be from the expected ones
   * @throws IOException if something cannot be read, or the table has more or fewer rows
   * @throws IllegalArgumentException if the table has none of the columns
   * @throws ModelException if the model cannot be compiled, or the data does not fit it
   */
  public static VerificationReport verify(
      Job.ModelPlace model,
      Job.Dataset data,
      Job.Dataset expected,
      List<String> columns,
      Tolerance tolerance)
      throws IOException {
    CompiledModel compiled = JobWorkbench.compile(LoadedDocument.read(model), model);
    return new ExpectedResults(compiled, Catalogues.input(data), Catalogues.input(expected))
        .compare(columns, tolerance);
  }

  /**
   * Scores a row of an input and tells how its results come about, as {@link ScoringModel#trace}
   * does for a record.
   *
   * @param row its number among all rows of the input, from 1; headers are not counted
   * @throws IOException if something cannot be read, or the input has no such row
   * @throws ModelException if the model cannot be compiled, or the data does not fit it
   */
  public static Trace trace(Job.ModelPlace model, Job.Dataset data, long row) throws IOException {
    CompiledModel compiled = JobWorkbench.compile(LoadedDocument.read(model), model);
    BlockSource source = Catalogues.input(data);
    long passed = 0;
    boolean alone = compiled.dependency() instanceof RowDependency.None;
    try (InputBlocks blocks = new InputBlocks(source, compiled.reads(), compiled.dependency())) {
      ModelOperator.Tracer tracer = compiled.bind(blocks.schema(), List.of()).tracer();
      InputBlocks.gather(source, compiled.reads(), compiled.dependency(), tracer::gather);
      while (row > 0 && blocks.next()) {
        int rows = blocks.block().rows();
        if (row <= passed + rows) {
          return tracer.trace(blocks.block(), (int) (row - passed - 1));
        }
        if (!alone) {
          tracer.pass(blocks.block());
        }
        passed += rows;
      }
    }
    throw new IOException(
        "%s: there is no row %d; name one %s"
            .formatted(
                source.name(), row, row > 0 ? "from 1 to " + passed : "by its number from 1 on"));
  }

  /**
   * As {@link ScoringModel#trace}, with a model at a place, which is not verified.
   *
   * @throws IOException if the document cannot be read
   * @throws ModelException if the model cannot be compiled
   * @throws IllegalArgumentException if the record has a field that the model does not take
   */
  public static Trace trace(Job.ModelPlace model, Map<String, ?> record) throws IOException {
    CompiledModel compiled = JobWorkbench.compile(LoadedDocument.read(model), model);
    List<String> known = compiled.inputs().stream().map(InputField::name).toList();
    for (String field : record.keySet()) {
      if (!known.contains(field)) {
        throw new IllegalArgumentException(
            "%s: the model takes no field \"%s\"; it takes %s"
                .formatted(compiled.place(), field, String.join(", ", known)));
      }
    }
    return new ScoringModel(compiled, Map.of()).trace(record);
  }

  /**
   * Scores rows with a model by Agrippa and by PMML4S, and compares the results. PMML4S has known
   * faults, so that a difference says nothing about who is right; {@link SecondOpinion#knownFaults}
   * tells those that may concern the document. It must be on the class path.
   *
   * @param input rows to score; empty: those of the model's own ModelVerification
   * @throws IOException if the document or the input cannot be read
   * @throws io.agrippa.engine.pmml.PmmlException if it is not a document that can be read
   * @throws io.agrippa.engine.model.ModelException if Agrippa or PMML4S cannot score with it, if
   *     they have no result in common, or if there are no rows
   */
  public static SecondOpinion secondOpinion(
      Job.ModelPlace model, Optional<Job.Dataset> input, OpinionOptions options)
      throws IOException {
    ModelBytes bytes = ModelBytes.read(model);
    CompiledModel ours = JobWorkbench.compile(LoadedDocument.read(model, bytes.open()), model);
    ReferenceModel theirs = ReferenceDocument.read(model, bytes.open()).model();
    OpinionSeeker seeker = new OpinionSeeker(ours, theirs, options);
    return input.isPresent() ? seeker.on(input.get()) : seeker.onVerification();
  }

  /** For runners in other processes: makes the parts of a job from nothing but the job. */
  public static Workbench workbench() {
    return new JobWorkbench();
  }
}
