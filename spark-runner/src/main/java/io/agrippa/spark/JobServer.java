package io.agrippa.spark;

import io.agrippa.engine.Agrippa;
import io.agrippa.engine.data.Aggregation;
import io.agrippa.engine.measure.ProcessCpu;
import io.agrippa.engine.model.ModelException;
import io.agrippa.engine.run.BadRowException;
import io.agrippa.engine.run.RunControl;
import io.agrippa.engine.run.RunListener;
import io.agrippa.engine.run.RunResult;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.OptionalLong;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The driver that {@link SubmitRunner} submits: does the one job that it is told of on standard
 * input, tells of it on standard output, and ends. It ends too, without an output, when its
 * standard input does: that happens whatever ends the asker.
 */
public final class JobServer {
  private static final Logger LOG = LoggerFactory.getLogger(JobServer.class);

  private final DataInputStream in;
  private final DataOutputStream out; // guarded by this
  private final RunControl control = new RunControl(new Teller());

  private JobServer(DataInputStream in, DataOutputStream out) {
    this.in = in;
    this.out = out;
  }

  /**
   * Does the job.
   *
   * @param args none
   */
  public static void main(String[] args) {
    DataOutputStream out = new DataOutputStream(new FileOutputStream(FileDescriptor.out));
    System.setOut(System.err); // nothing else may stand between the messages
    int code = new JobServer(new DataInputStream(System.in), out).serve();
    System.out.flush();
    Runtime.getRuntime().halt(code); // the session is stopped; other threads' ends do not matter
  }

  private int serve() {
    try {
      tell(new Message.Hello());
      if (!(Message.read(in) instanceof Message.Ask ask)) {
        return 1; // nobody asks any more
      }
      Thread listener = new Thread(this::listen, "agrippa-listener");
      listener.setDaemon(true);
      listener.start();
      SparkSession session = session(JobTitle.of(ask.job()));
      tell(new Message.Ready(ProcessCpu.now()));
      try {
        SessionRun run =
            new SessionRun(session, ask.runner(), ask.job(), Agrippa.workbench(), control);
        tell(done(result(session, run), run.bound()));
        return 0;
      } finally {
        session.stop();
      }
    } catch (IOException | InterruptedException | RuntimeException | Error e) {
      return fail(e);
    }
  }

  private static SparkSession session(String name) throws IOException {
    try {
      return SparkSession.builder().appName(name).getOrCreate();
    } catch (RuntimeException e) {
      throw lost(e);
    }
  }

  private RunResult result(SparkSession session, SessionRun run)
      throws IOException, InterruptedException {
    try {
      return run.run();
    } catch (IOException | RuntimeException e) {
      if (session.sparkContext().isStopped() && !control.isCancelled()) {
        throw lost(e); // nobody here has stopped it: Spark gave the application up
      }
      throw e;
    }
  }

  /** What is said of a master that cannot be reached: Spark says, at length, what was stopped. */
  private static IOException lost(Exception e) {
    String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return new IOException(
        "Spark's master %s gave no session, or ended it: %s; see that it runs and can be reached"
            .formatted(System.getProperty("spark.master"), why),
        e);
  }

  private static Message done(RunResult result, SessionRun.Bound bound) {
    byte[] measurement = MemoryBytes.of(out -> ResultCodec.write(result.measurement(), out));
    byte[] state = null;
    if (result.aggregated().isPresent()) {
      Aggregation.State reduced = result.aggregated().get();
      state = MemoryBytes.of(reduced::write);
    }
    return new Message.Done(measurement, state, bound.job(), bound.columns());
  }

  private int fail(Throwable thrown) {
    LOG.warn("the job failed", thrown); // the asker keeps the end of standard error
    try {
      tell(failure(thrown));
    } catch (IOException | UncheckedIOException e) {
      // Nobody is there to be told.
    }
    return 1;
  }

  private static Message failure(Throwable thrown) {
    if (thrown instanceof BadRowException bad) {
      return new Message.BadRow(bad.origin(), bad.row(), bad.field(), bad.value(), bad.reason());
    }
    if (thrown instanceof FileAlreadyExistsException exists) {
      return new Message.Failed("EXISTS", exists.getFile());
    }
    if (thrown instanceof IOException) {
      return new Message.Failed("IO", thrown.getMessage());
    }
    if (thrown instanceof ModelException || thrown instanceof IllegalArgumentException) {
      return new Message.Failed("ARGUMENT", thrown.getMessage());
    }
    if (thrown instanceof InterruptedException) {
      return new Message.Failed("CANCELLED", thrown.getMessage());
    }
    return new Message.Failed("OTHER", thrown.toString());
  }

  private void listen() {
    try {
      Message.read(in); // a cancel, or the end of the asker
    } catch (IOException e) {
      LOG.warn("what the asker says makes no sense; its job is given up", e);
    }
    control.cancel();
  }

  private synchronized void tell(Message message) throws IOException {
    Message.write(message, out);
  }

  /** Hands on what the run tells. */
  private final class Teller implements RunListener {
    @Override
    public void started(OptionalLong rows, OptionalLong bytes) {
      say(new Message.Started(rows.orElse(-1), bytes.orElse(-1)));
    }

    @Override
    public void advanced(long rows, long bytes) {
      say(new Message.Advanced(rows, bytes));
    }

    private void say(Message message) {
      try {
        tell(message);
      } catch (IOException e) {
        throw new UncheckedIOException("the asker is gone", e);
      }
    }
  }
}
