package io.github.sbi4j.core.mcmc;

import java.util.function.ToDoubleFunction;

/** A target made of a function of one point. */
record PointwiseLogDensity(int dimension, ToDoubleFunction<double[]> function)
    implements LogDensity {
  @Override
  public void logDensities(int count, double[] positions, double[] values) {
    double[] position = new double[dimension];
    for (int i = 0; i < count; i++) {
      System.arraycopy(positions, i * dimension, position, 0, dimension);
      values[i] = function.applyAsDouble(position);
    }
  }
}
