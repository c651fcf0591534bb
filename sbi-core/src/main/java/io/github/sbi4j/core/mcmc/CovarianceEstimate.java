package io.github.sbi4j.core.mcmc;

/**
 * Welford's running variances or covariances of a window's positions, shrunk as in Stan towards a
 * small multiple of the identity: n/(n+5) S + 0.001 5/(n+5) I.
 */
final class CovarianceEstimate {
  private final boolean dense;
  private final double[] mean;
  private final double[][] products;
  private int count;

  CovarianceEstimate(int dimension, boolean dense) {
    this.dense = dense;
    this.mean = new double[dimension];
    this.products = dense ? new double[dimension][dimension] : new double[1][dimension];
  }

  void add(double[] position) {
    count++;
    double[] residual = new double[position.length];
    for (int d = 0; d < position.length; d++) {
      residual[d] = position[d] - mean[d];
      mean[d] += residual[d] / count;
    }
    for (int d = 0; d < position.length; d++) {
      double after = position[d] - mean[d];
      if (dense) {
        for (int e = 0; e <= d; e++) {
          products[d][e] += after * residual[e];
        }
      } else {
        products[0][d] += after * residual[d];
      }
    }
  }

  /** The metric of what was added, at least two positions. */
  Metric metric() {
    double scale = count / (count + 5.0) / (count - 1);
    double floor = 1e-3 * 5 / (count + 5.0);
    for (double[] row : products) {
      for (int d = 0; d < row.length; d++) {
        row[d] *= scale;
      }
    }
    for (int d = 0; d < mean.length; d++) {
      products[dense ? d : 0][d] += floor;
    }
    return dense ? DenseMetric.of(products) : DiagonalMetric.of(products[0]);
  }
}
