package io.github.sbi4j.core.mcmc;

/**
 * Welford's running variances or covariances S of a window's positions, shrunk a little: n/(n+5) S
 * + 0.001 5/(n+5) diag(S).
 *
 * <p>Stan adds a multiple of the identity instead, which swamps the small eigenvalues of strongly
 * correlated or finely scaled coordinates; a share of each coordinate's own variance has no unit.
 */
final class CovarianceEstimate {
  private static final double RIDGE = 1e-3;

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
    for (double[] row : products) {
      for (int d = 0; d < row.length; d++) {
        row[d] *= scale;
      }
    }
    for (int d = 0; d < mean.length; d++) {
      double[] row = products[dense ? d : 0];
      // A chain that has not moved says nothing: then the scale is a guess.
      row[d] = row[d] > 0 ? row[d] * (1 + RIDGE * 5 / count) : RIDGE;
    }
    return dense ? DenseMetric.of(products) : DiagonalMetric.of(products[0]);
  }
}
