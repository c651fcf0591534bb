package io.github.sbi4j.benchmarks.task;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.simulation.Simulator;

/**
 * Two crescents: the parameters are uniform on [-1, 1]<sup>2</sup> and
 *
 * <p>x = (r cos a + 0.25 - |t<sub>1</sub> + t<sub>2</sub>| / &radic;2, r sin a + (t<sub>2</sub> -
 * t<sub>1</sub>) / &radic;2), a uniform on (-&pi;/2, &pi;/2), r normal with mean 0.1 and standard
 * deviation 0.01.
 */
public final class TwoMoons implements Task {
  static final double RADIUS = 0.1;
  static final double RADIUS_SD = 0.01;
  static final double SHIFT = 0.25;

  /** Creates the task. */
  public TwoMoons() {}

  @Override
  public String name() {
    return "two_moons";
  }

  @Override
  public Distribution prior() {
    return Priors.uniform(2, 1);
  }

  @Override
  public Simulator simulator() {
    return (parameters, random) -> {
      double angle = Math.PI * (random.nextDouble() - 0.5);
      double radius = RADIUS + RADIUS_SD * random.nextGaussian();
      double sum = (parameters[0] + parameters[1]) / Math.sqrt(2);
      double difference = (parameters[1] - parameters[0]) / Math.sqrt(2);
      return new double[] {
        radius * Math.cos(angle) + SHIFT - Math.abs(sum), radius * Math.sin(angle) + difference
      };
    };
  }

  @Override
  public int parameters() {
    return 2;
  }

  @Override
  public int observations() {
    return 2;
  }
}
