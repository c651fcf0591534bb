package io.github.sbi4j.core.abc;

import io.github.sbi4j.core.distribution.Normal;
import io.github.sbi4j.core.simulation.Simulator;

/**
 * theta ~ N(0, 1), x = theta + N(0, s^2): both the posterior and what a tolerance makes of it are
 * known.
 */
record GaussianModel(double noise) {
  static Normal prior() {
    return Normal.of(0, 1);
  }

  Simulator simulator() {
    return (theta, random) -> new double[] {theta[0] + noise * random.nextGaussian()};
  }

  /** The weight of the data in the posterior mean. */
  double gain() {
    return 1 / (1 + noise * noise);
  }

  double posteriorSd() {
    return noise * Math.sqrt(gain());
  }

  /**
   * Mean and sd of theta given |x - observed| <= tolerance: x is a truncated normal value, and
   * theta given x is N(gain x, posteriorSd^2).
   */
  double[] within(double observed, double tolerance) {
    double sum = 0;
    double first = 0;
    double second = 0;
    int steps = 20_000;
    for (int i = 0; i < steps; i++) {
      double x = observed + tolerance * (2 * (i + 0.5) / steps - 1);
      double density = Math.exp(-0.5 * x * x * gain());
      sum += density;
      first += density * x;
      second += density * x * x;
    }
    double mean = first / sum;
    double variance = second / sum - mean * mean;
    double sd = Math.sqrt(posteriorSd() * posteriorSd() + gain() * gain() * variance);
    return new double[] {gain() * mean, sd};
  }
}
