package io.github.sbi4j.core.mcmc;

import java.util.Arrays;

/** A target made of a function of one point and its gradient. */
record PointwiseDifferentiableLogDensity(
    int dimension, DifferentiableLogDensity.PointFunction function)
    implements DifferentiableLogDensity {
  @Override
  public void logDensitiesAndGradients(
      int count, double[] positions, double[] values, double[] gradients) {
    double[] position = new double[dimension];
    double[] gradient = new double[dimension];
    for (int i = 0; i < count; i++) {
      System.arraycopy(positions, i * dimension, position, 0, dimension);
      Arrays.fill(gradient, 0);
      values[i] = function.evaluate(position, gradient);
      System.arraycopy(gradient, 0, gradients, i * dimension, dimension);
    }
  }
}
