/**
 * Jobs and the runners that do them.
 *
 * <p>A {@link io.agrippa.engine.run.Job} is a value that says what to do. A {@link
 * io.agrippa.engine.run.Workbench} makes the parts that it names, in whichever process they are
 * needed. A {@link io.agrippa.engine.run.Runner} drives blocks from the source through the operator
 * into the sink and returns what it measured; {@link io.agrippa.engine.run.Runners} finds one by
 * its name.
 */
package io.agrippa.engine.run;
