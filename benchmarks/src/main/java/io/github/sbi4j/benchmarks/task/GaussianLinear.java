package io.github.sbi4j.benchmarks.task;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.simulation.Simulator;

/**
 * Ten means of a Gaussian: t ~ N(0, 0.1 I), x ~ N(t, 0.1 I), both 0.1 variances, so that the
 * posterior is N(x / 2, 0.05 I).
 */
public final class GaussianLinear implements Task {
  static final int SIZE = 10;
  static final double PRIOR_VARIANCE = 0.1;
  static final double NOISE_VARIANCE = 0.1;

  /** Creates the task. */
  public GaussianLinear() {}

  @Override
  public String name() {
    return "gaussian_linear";
  }

  @Override
  public Distribution prior() {
    return Priors.normal(SIZE, Math.sqrt(PRIOR_VARIANCE));
  }

  @Override
  public Simulator simulator() {
    return noise();
  }

  @Override
  public int parameters() {
    return SIZE;
  }

  @Override
  public int observations() {
    return SIZE;
  }

  /** The simulator that adds Gaussian noise to the parameters. */
  static Simulator noise() {
    double sd = Math.sqrt(NOISE_VARIANCE);
    return (parameters, random) -> {
      for (int i = 0; i < parameters.length; i++) {
        parameters[i] += sd * random.nextGaussian();
      }
      return parameters;
    };
  }
}
