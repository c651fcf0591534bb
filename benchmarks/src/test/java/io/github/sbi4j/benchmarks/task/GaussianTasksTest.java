package io.github.sbi4j.benchmarks.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.simulation.Simulations;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Bounds are 4.5 standard errors: one false alarm in 150 000 seeds each. */
class GaussianTasksTest {
  private static final int RUNS = 4000;
  private static final int VALUES = 10 * RUNS;

  @Test
  void linearHasItsClosedFormPosterior() {
    Simulations simulations = TaskSimulations.run(new GaussianLinear(), RUNS, 1);
    double[] z = new double[VALUES];
    for (int i = 0; i < VALUES; i++) {
      double theta = simulations.parameters().get(i / 10, i % 10);
      double x = simulations.observations().get(i / 10, i % 10);
      z[i] = (theta - x / 2) / Math.sqrt(0.05);
    }
    requireMoments(z, 1);
  }

  @Test
  void linearPriorAndNoiseHaveVarianceOneTenth() {
    requirePriorVariance(new GaussianLinear(), 0.1, 2); // kurtosis of a normal, less one
    requireMoments(noise(new GaussianLinear()), 0.1);
  }

  @Test
  void linearUniformHasItsPriorAndTheSameNoise() {
    Task task = new GaussianLinearUniform();
    assertThat(task.prior().support().lower()).containsOnly(-1.0);
    assertThat(task.prior().support().upper()).containsOnly(1.0);
    requirePriorVariance(task, 1.0 / 3, 0.8); // kurtosis 9/5 of a uniform, less one
    requireMoments(noise(task), 0.1);
  }

  private static double[] noise(Task task) {
    Simulations simulations = TaskSimulations.run(task, RUNS, 2);
    return IntStream.range(0, VALUES)
        .mapToDouble(
            i ->
                simulations.observations().get(i / 10, i % 10)
                    - simulations.parameters().get(i / 10, i % 10))
        .toArray();
  }

  private static void requirePriorVariance(Task task, double variance, double excess) {
    double[] values = TaskSimulations.run(task, RUNS, 3).parameters().toRowMajorArray();
    assertThat(meanSquare(values))
        .isCloseTo(variance, within(4.5 * variance * Math.sqrt(excess / VALUES)));
  }

  /** Mean zero and a variance, as of independent normal values. */
  private static void requireMoments(double[] values, double variance) {
    double mean = IntStream.range(0, VALUES).mapToDouble(i -> values[i]).average().orElseThrow();
    assertThat(mean).isCloseTo(0, within(4.5 * Math.sqrt(variance / VALUES)));
    assertThat(meanSquare(values))
        .isCloseTo(variance, within(4.5 * variance * Math.sqrt(2.0 / VALUES)));
  }

  private static double meanSquare(double[] values) {
    return IntStream.range(0, VALUES).mapToDouble(i -> values[i] * values[i]).sum() / VALUES;
  }
}
