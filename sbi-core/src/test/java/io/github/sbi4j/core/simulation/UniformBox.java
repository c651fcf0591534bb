package io.github.sbi4j.core.simulation;

import io.github.sbi4j.core.distribution.Distribution;
import java.util.random.RandomGenerator;

/** The uniform distribution over the unit cube, as a user would write it. */
record UniformBox(int dimension) implements Distribution {
  @Override
  public double[] sample(RandomGenerator random) {
    return random.doubles(dimension).toArray();
  }

  @Override
  public double logProb(double[] value) {
    for (double v : value) {
      if (!(v >= 0 && v <= 1)) {
        return Double.NEGATIVE_INFINITY;
      }
    }
    return 0;
  }
}
