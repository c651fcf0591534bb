package io.github.sbi4j.core.campaign;

import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.simulation.Simulator;
import java.util.random.RandomGenerator;

/** A simulator that fails in every way but by time, about once in twenty rows. */
final class Model {
  static final Distribution PRIOR =
      BoxUniform.of(new double[] {-1, 0}, new double[] {1, 2}).named("mean", "sd");
  static final long SEED = 11;
  static final String NAME = "walk v1";
  static final Simulator SOUND =
      (theta, random) ->
          new double[] {theta[0] + theta[1] * random.nextGaussian(), random.nextDouble()};
  static final Simulator FRAGILE = Model::fragile;

  private Model() {}

  private static double[] fragile(double[] theta, RandomGenerator random) {
    double x = theta[0] + theta[1] * random.nextGaussian();
    return switch (random.nextInt(100)) {
      case 0 -> throw new IllegalArgumentException("the mesh\nis \"broken\" at " + x);
      case 1 -> new double[] {x, Double.NaN};
      case 2 -> new double[] {x};
      case 3 -> new double[] {Double.POSITIVE_INFINITY};
      case 4 -> null;
      default -> new double[] {x, random.nextDouble()};
    };
  }
}
