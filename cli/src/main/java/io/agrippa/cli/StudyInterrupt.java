package io.agrippa.cli;

import io.agrippa.engine.scaling.ScalingStudy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Until its end, Ctrl-C cancels a study and lets the virtual machine end only when what was
 * measured is told.
 */
final class StudyInterrupt {
  /** Telling takes a second or two; a disk that hangs must not keep the process forever. */
  private static final long PATIENCE_SECONDS = 60;

  private final CountDownLatch told = new CountDownLatch(1);
  private final Thread hook;

  StudyInterrupt(ScalingStudy study) {
    hook =
        new Thread(
            () -> {
              study.cancel();
              awaitTold();
            },
            "agrippa-cancel");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void awaitTold() {
    try {
      if (!told.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("agrippa: cancelled; the study could not be told in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What was measured is told. */
  void end() {
    told.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The virtual machine is ending already: the hook goes on now.
    }
  }
}
