package io.agrippa.spark;

import io.agrippa.engine.run.RunControl;
import io.agrippa.engine.run.RunListener;
import java.util.OptionalLong;

/** Cancels a run when it has told of some rows, as a user would: from another thread. */
final class CancelAfter implements RunListener {
  private final long most;
  private final RunControl control = new RunControl(this);
  private long rows;

  private CancelAfter(long most) {
    this.most = most;
  }

  /** Controls a run that is cancelled when more rows than these are done. */
  static RunControl rows(long most) {
    return new CancelAfter(most).control;
  }

  @Override
  public void started(OptionalLong all, OptionalLong bytes) {}

  @Override
  public void advanced(long more, long bytes) {
    rows += more;
    if (rows > most) {
      new Thread(control::cancel).start();
    }
  }
}
