package io.github.sbi4j.core.abc;

import java.util.random.RandomGenerator;

/** The shape of the noise that moves particles, in unconstrained space. */
public enum PerturbationKernel {
  /** Normal noise: it may go anywhere. */
  GAUSSIAN(1) {
    @Override
    double noise(RandomGenerator random) {
      return random.nextGaussian();
    }

    @Override
    double logDensity(double noise) {
      return -0.5 * noise * noise;
    }
  },
  /** Uniform noise in a box, or in a slanted one where coordinates are correlated. */
  UNIFORM(Math.sqrt(1.0 / 3)) {
    @Override
    double noise(RandomGenerator random) {
      return 2 * random.nextDouble() - 1;
    }

    @Override
    double logDensity(double noise) {
      // Noise that was added and is taken off again may be past the edge by rounding.
      return Math.abs(noise) <= 1 + 1e-9 ? 0 : Double.NEGATIVE_INFINITY;
    }
  };

  private final double sd;

  PerturbationKernel(double sd) {
    this.sd = sd;
  }

  /** The standard deviation of the noise. */
  double sd() {
    return sd;
  }

  /** One coordinate of the noise before it is scaled. */
  abstract double noise(RandomGenerator random);

  /** The log-density of that, but for a constant. */
  abstract double logDensity(double noise);
}
