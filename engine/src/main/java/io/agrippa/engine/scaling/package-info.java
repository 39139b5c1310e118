/**
 * Scaling studies: run a grid of configurations, turn the measurements into speed-ups, fitted laws,
 * a cost model and advice, and simulate what the machine at hand cannot show.
 *
 * <p>{@link io.agrippa.engine.scaling.ScalingStudy} runs and gives a {@link
 * io.agrippa.engine.scaling.StudyResult}, a value that holds all that was measured. Everything else
 * here is a pure function of that value, so that each figure can be computed again from it.
 */
package io.agrippa.engine.scaling;
