package io.github.sbi4j.benchmarks.task;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.simulation.Simulator;

/**
 * Simple likelihood, complex posterior: t ~ U(-3, 3)<sup>5</sup> and x holds four independent
 * points of
 *
 * <p>N((t<sub>1</sub>, t<sub>2</sub>), S), S<sub>11</sub> = s<sub>1</sub><sup>2</sup> +
 * 10<sup>-6</sup>, S<sub>22</sub> = s<sub>2</sub><sup>2</sup> + 10<sup>-6</sup>, S<sub>12</sub> =
 * tanh(t<sub>5</sub>) s<sub>1</sub> s<sub>2</sub>, s<sub>1</sub> = t<sub>3</sub><sup>2</sup>,
 * s<sub>2</sub> = t<sub>4</sub><sup>2</sup>,
 *
 * <p>point after point.
 */
public final class Slcp implements Task {
  private static final int POINTS = 4;
  private static final double JITTER = 1e-6;

  /** Creates the task. */
  public Slcp() {}

  @Override
  public String name() {
    return "slcp";
  }

  @Override
  public Distribution prior() {
    return Priors.uniform(5, 3);
  }

  @Override
  public Simulator simulator() {
    return (parameters, random) -> {
      double scale1 = parameters[2] * parameters[2];
      double scale2 = parameters[3] * parameters[3];
      // the Cholesky factor of S
      double factor11 = Math.sqrt(scale1 * scale1 + JITTER);
      double factor21 = Math.tanh(parameters[4]) * scale1 * scale2 / factor11;
      double factor22 = Math.sqrt(scale2 * scale2 + JITTER - factor21 * factor21);
      double[] x = new double[2 * POINTS];
      for (int i = 0; i < POINTS; i++) {
        double z1 = random.nextGaussian();
        double z2 = random.nextGaussian();
        x[2 * i] = parameters[0] + factor11 * z1;
        x[2 * i + 1] = parameters[1] + factor21 * z1 + factor22 * z2;
      }
      return x;
    };
  }

  @Override
  public int parameters() {
    return 5;
  }

  @Override
  public int observations() {
    return 2 * POINTS;
  }
}
