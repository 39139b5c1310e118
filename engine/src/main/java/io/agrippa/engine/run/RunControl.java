package io.agrippa.engine.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The strings on one run: who hears of its progress, and a way to cancel it. Safe for use by many
 * threads.
 */
public final class RunControl {
  private final RunListener listener;
  private final List<Runnable> actions = new ArrayList<>();
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
      cancelled = true;
      due = List.copyOf(actions);
      actions.clear();
    }
    due.forEach(Runnable::run);
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
