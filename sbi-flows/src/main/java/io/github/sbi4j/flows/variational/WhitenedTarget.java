package io.github.sbi4j.flows.variational;

import io.github.sbi4j.core.mcmc.DifferentiableLogDensity;

/** A target in the standard coordinates u of an affine map: log p(m + L u) + log det L. */
record WhitenedTarget(DifferentiableLogDensity target, AffineMap map) {
  private double[] positions(double[][] points) {
    int dimension = map.dimension();
    double[] positions = new double[points.length * dimension];
    for (int i = 0; i < points.length; i++) {
      System.arraycopy(map.apply(points[i]), 0, positions, i * dimension, dimension);
    }
    return positions;
  }

  /** The log-density; -Infinity where the target gives NaN or +Infinity. */
  double[] logProb(double[][] points) {
    double[] values = new double[points.length];
    target.logDensities(points.length, positions(points), values);
    return shifted(values);
  }

  /** The log-density, and its gradients where it is finite. */
  double[] logProbGradient(double[][] points, double[][] gradients) {
    int dimension = map.dimension();
    double[] values = new double[points.length];
    double[] slopes = new double[points.length * dimension];
    target.logDensitiesAndGradients(points.length, positions(points), values, slopes);
    double[] own = new double[dimension];
    for (int i = 0; i < points.length; i++) {
      System.arraycopy(slopes, i * dimension, own, 0, dimension);
      gradients[i] = map.pullBack(own);
      for (double slope : gradients[i]) {
        values[i] = Double.isFinite(slope) ? values[i] : Double.NEGATIVE_INFINITY;
      }
    }
    return shifted(values);
  }

  private double[] shifted(double[] values) {
    double logDeterminant = map.logDeterminant();
    for (int i = 0; i < values.length; i++) {
      values[i] =
          Double.isFinite(values[i]) ? values[i] + logDeterminant : Double.NEGATIVE_INFINITY;
    }
    return values;
  }
}
