package io.agrippa.engine.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * The strings on one run: who hears of its progress, and a way to cancel it. Safe for use by many
 * threads.
 */
public final class RunControl {
  /**
   * How long a cancel waits for an output that is being opened. A file is open in an instant; a
   * named pipe that nobody reads never is.
   */
  private static final long OPENING_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final RunListener listener;
  private final List<Runnable> actions = new ArrayList<>();
  private int opening; // outputs that may exist already but have no action yet
  private boolean cancelled;

  /** Control of a run that nobody listens to. */
  public RunControl() {
    this(RunListener.NONE);
  }

  /** Control of a run with a listener. */
  public RunControl(RunListener listener) {
    this.listener = Objects.requireNonNull(listener, "listener");
  }

  /** Who hears of the progress. */
  public RunListener listener() {
    return listener;
  }

  /**
   * Cancels the run. When this returns, nothing of its output remains unless the run was over; its
   * threads may still be about to end. May be called before the run starts, and more than once.
   */
  public void cancel() {
    List<Runnable> due;
    synchronized (this) {
      awaitOpened();
      cancelled = true;
      due = List.copyOf(actions);
      actions.clear();
    }
    due.forEach(Runnable::run);
  }

  private void awaitOpened() {
    long deadline = System.nanoTime() + OPENING_NANOS;
    boolean interrupted = false;
    while (opening > 0 && deadline - System.nanoTime() > 0) {
      try {
        TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
      } catch (InterruptedException e) {
        interrupted = true; // what was begun is given up all the same
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * For runners: an output is about to be opened. Until {@link #opened}, a cancel waits, so that it
   * does not return (and a signal end the process) between the making of a file and {@link
   * #onCancel}.
   */
  public synchronized void opening() {
    opening++;
  }

  /** For runners: the output is open and {@link #onCancel} says how to give it up, or it failed. */
  public synchronized void opened() {
    opening--;
    notifyAll();
  }

  /** Whether {@link #cancel} was called. */
  public synchronized boolean isCancelled() {
    return cancelled;
  }

  /** For runners: what to do when the run is cancelled; done at once if it was cancelled before. */
  public void onCancel(Runnable action) {
    synchronized (this) {
      if (!cancelled) {
        actions.add(action);
        return;
      }
    }
    action.run();
  }

  /** For runners: the run is over, so its action is not to be done any more. */
  public synchronized void forget(Runnable action) {
    actions.remove(action);
  }
}
