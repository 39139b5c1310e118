package io.agrippa.engine.process;

import io.agrippa.engine.Agrippa;
import io.agrippa.engine.run.Job;
import io.agrippa.engine.run.RunControl;
import io.agrippa.engine.run.RunListener;
import io.agrippa.engine.run.Runners;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** A parent to be killed: prints the process ids of its workers once both are at work. */
final class TestParent {
  private TestParent() {}

  /**
   * Runs a job that never ends.
   *
   * @param args the model's path
   */
  public static void main(String[] args) throws Exception {
    RunListener telling =
        new RunListener() {
          private boolean told;

          @Override
          public void started(OptionalLong rows, OptionalLong bytes) {}

          @Override
          public void advanced(long rows, long bytes) {
            if (!told && ProcessHandle.current().children().count() == 2) {
              told = true;
              System.out.println(
                  ProcessHandle.current()
                      .children()
                      .map(child -> Long.toString(child.pid()))
                      .collect(Collectors.joining(" ")));
            }
          }
        };
    Job job =
        Job.score(
            new Job.ModelPlace(Path.of(args[0]).toString()),
            new Job.Dataset(TestInputs.name(TestInputs.Action.NONE, 0, Long.MAX_VALUE / 2, null)));
    Agrippa.run(job, Runners.named("processes:2"), new RunControl(telling));
  }
}
