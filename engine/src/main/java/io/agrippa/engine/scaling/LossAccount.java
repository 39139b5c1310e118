package io.agrippa.engine.scaling;

import java.util.OptionalDouble;

/**
 * Where the time of some workers went, against one worker doing the same: {@code workers · wall}
 * seconds were there to be used. What the serial run needed is useful; the rest is lost in one of
 * three ways that add up.
 *
 * @param available workers times the time of the run, seconds
 * @param useful the serial run's time, seconds
 * @param alone lost while one thread got ready or finished and the workers were not there yet:
 *     loading, compiling, opening, committing
 * @param waiting lost by workers that waited: for input, for each other's turn, for the last one
 * @param slower lost because the same work took longer: shared caches and memory, hand-over between
 *     threads, processors that others used too. Negative where it took less
 * @param descheduled how much of the workers' busy time their thread was not on a processor, where
 *     known
 */
public record LossAccount(
    double available,
    double useful,
    double alone,
    double waiting,
    double slower,
    OptionalDouble descheduled) {
  /** The account of a run held against a serial one of the same rows and cut. */
  static LossAccount of(StudyRun serial, StudyRun run, int workers) {
    double available = workers * run.wall();
    double alone =
        Math.max(0, available - run.busy() - run.idle())
            - Math.max(0, serial.wall() - serial.busy() - serial.idle());
    double waiting = run.idle() - serial.idle();
    double slower = available - serial.wall() - alone - waiting;
    OptionalDouble cpu = run.cpu();
    return new LossAccount(
        available,
        serial.wall(),
        alone,
        waiting,
        slower,
        cpu.isPresent()
            ? OptionalDouble.of(Math.max(0, run.busy() - cpu.getAsDouble()))
            : OptionalDouble.empty());
  }

  /** A part of what was available. */
  public double share(double seconds) {
    return available == 0 ? 0 : seconds / available;
  }
}
