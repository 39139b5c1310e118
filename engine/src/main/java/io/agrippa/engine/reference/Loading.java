package io.agrippa.engine.reference;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.pmml4s.PmmlException;
import org.pmml4s.model.Model;

/**
 * One loading of a document by PMML4S, in threads of its own.
 *
 * <p>PMML4S has its XML parsed by a thread that it starts and never ends: one that dies (of a stack
 * too small for a deep document) leaves PMML4S waiting for it for ever, and one that PMML4S needs
 * no more (behind the first model of a document) waits for PMML4S for ever. So all of it happens in
 * a group of threads that hears of deaths and is interrupted in the end. The threads are daemons,
 * as those are that they start.
 */
final class Loading extends ThreadGroup {
  /** PMML4S builds elements by recursion, so that deep trees need more than the usual stack. */
  private static final long STACK_BYTES = 64L << 20;

  private final CompletableFuture<Model> outcome = new CompletableFuture<>();

  private Loading() {
    super("PMML4S");
  }

  static Model load(byte[] document) {
    Loading loading = new Loading();
    Thread builder =
        new Thread(loading, () -> loading.build(document), "PMML4S builder", STACK_BYTES);
    builder.setDaemon(true);
    builder.start();
    try {
      return loading.outcome.get();
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ReferenceException("interrupted while PMML4S read the model", e);
    } finally {
      loading.interrupt();
    }
  }

  private void build(byte[] document) {
    outcome.complete(Model.fromBytes(document)); // what it throws, uncaughtException hears
  }

  /** The builder's failure, or the death of the parser that it would wait for. */
  @Override
  public void uncaughtException(Thread thread, Throwable failure) {
    outcome.completeExceptionally(failure);
  }

  /** What to throw for a failure of PMML4S to load a document. */
  static RuntimeException failure(Throwable cause) {
    if (cause instanceof LinkageError missing) {
      throw missing;
    }
    if (cause instanceof OutOfMemoryError memory) {
      throw memory;
    }
    if (cause instanceof StackOverflowError) {
      return new ReferenceException(
          "PMML4S cannot read elements nested as deeply as this document's; use another evaluator",
          cause);
    }
    // PMML4S's own messages are for people; others need the name of their class
    String message = cause instanceof PmmlException ? cause.getMessage() : cause.toString();
    return new ReferenceException(
        "PMML4S does not read this document (" + message + "); use another evaluator", cause);
  }
}
