package io.github.sbi4j.flows.variational;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;

/**
 * z = m + L u, L lower triangular with a positive diagonal: from standard to target coordinates.
 *
 * @param mean m, D values
 * @param factor L, D x D
 */
record AffineMap(double[] mean, double[][] factor) {
  /** Added to variances, as a share of them: points on a line leave no variance across it. */
  private static final double RIDGE = 1e-6;

  /** The map whose image of a standard normal has the moments of some points. */
  static AffineMap ofMoments(double[][] points, boolean correlated) {
    int dimension = points[0].length;
    double[] mean = new double[dimension];
    for (double[] point : points) {
      for (int d = 0; d < dimension; d++) {
        mean[d] += point[d] / points.length;
      }
    }
    double[][] covariance = new double[dimension][dimension];
    for (double[] point : points) {
      for (int i = 0; i < dimension; i++) {
        for (int j = 0; j < dimension; j++) {
          double product = (point[i] - mean[i]) * (point[j] - mean[j]);
          covariance[i][j] += correlated || i == j ? product / points.length : 0;
        }
      }
    }
    for (int d = 0; d < dimension; d++) {
      covariance[d][d] = Math.max(covariance[d][d] * (1 + RIDGE), Double.MIN_NORMAL);
    }
    CholeskyDecomposition_F64<DMatrixRMaj> cholesky = DecompositionFactory_DDRM.chol(true);
    if (!cholesky.decompose(new DMatrixRMaj(covariance))) {
      return ofMoments(points, false);
    }
    DMatrixRMaj lower = cholesky.getT(null);
    double[][] factor = new double[dimension][dimension];
    for (int i = 0; i < dimension; i++) {
      for (int j = 0; j <= i; j++) {
        factor[i][j] = lower.get(i, j);
      }
    }
    return new AffineMap(mean, factor);
  }

  int dimension() {
    return mean.length;
  }

  /** The log of the determinant of L. */
  double logDeterminant() {
    double sum = 0;
    for (int d = 0; d < mean.length; d++) {
      sum += Math.log(factor[d][d]);
    }
    return sum;
  }

  /** m + L u. */
  double[] apply(double[] u) {
    double[] z = mean.clone();
    for (int i = 0; i < z.length; i++) {
      for (int j = 0; j <= i; j++) {
        z[i] += factor[i][j] * u[j];
      }
    }
    return z;
  }

  /** L^-1 (z - m). */
  double[] invert(double[] z) {
    double[] u = new double[z.length];
    for (int i = 0; i < u.length; i++) {
      double rest = z[i] - mean[i];
      for (int j = 0; j < i; j++) {
        rest -= factor[i][j] * u[j];
      }
      u[i] = rest / factor[i][i];
    }
    return u;
  }

  /** L^T g: a gradient in z seen from u. */
  double[] pullBack(double[] gradient) {
    double[] result = new double[gradient.length];
    for (int j = 0; j < result.length; j++) {
      for (int i = j; i < result.length; i++) {
        result[j] += factor[i][j] * gradient[i];
      }
    }
    return result;
  }

  /** u -> m + L (a + (I + B) u), with 1 + B's diagonal replaced by its exponential. */
  AffineMap after(double[] shift, double[][] slope) {
    int dimension = mean.length;
    double[][] result = new double[dimension][dimension];
    for (int i = 0; i < dimension; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = factor[i][j] * Math.exp(slope[j][j]);
        for (int k = j + 1; k <= i; k++) {
          sum += factor[i][k] * slope[k][j];
        }
        result[i][j] = sum;
      }
    }
    return new AffineMap(apply(shift), result);
  }
}
