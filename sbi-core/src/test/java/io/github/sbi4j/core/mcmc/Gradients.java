package io.github.sbi4j.core.mcmc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Gradients against central differences of the log density. */
final class Gradients {
  private Gradients() {}

  static void assertMatchDifferences(DifferentiableLogDensity target, double... position) {
    double[] gradient = new double[position.length];
    double[] value = new double[1];
    target.logDensitiesAndGradients(1, position.clone(), value, gradient);
    assertThat(target.logDensity(position)).isEqualTo(value[0]);
    for (int d = 0; d < position.length; d++) {
      double step = 1e-5 * Math.max(1, Math.abs(position[d]));
      double[] moved = position.clone();
      moved[d] = position[d] + step;
      double above = target.logDensity(moved);
      moved[d] = position[d] - step;
      double below = target.logDensity(moved);
      // Rounding leaves about 1e-16 |log p| / 1e-5, truncation about 1e-10 times a third
      // derivative.
      double tolerance = 1e-6 * (1 + Math.abs(gradient[d])) + 1e-10 * Math.abs(value[0]);
      assertThat(gradient[d])
          .as("derivative %d", d)
          .isCloseTo((above - below) / (2 * step), within(tolerance));
    }
  }
}
