package io.github.sbi4j.core.distribution;

import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;

/** The validation and factorisation of covariance matrices. */
final class Covariance {
  /** How far two mirrored entries may differ, in products of their standard deviations. */
  private static final double ASYMMETRY = 1e-10;

  private Covariance() {}

  /** The lower triangular L with L L^T = covariance, D x D, row after row. */
  static double[] cholesky(double[][] covariance, int dimension) {
    checkEntries(covariance, dimension);
    checkSymmetry(covariance);
    CholeskyDecomposition_F64<DMatrixRMaj> cholesky = DecompositionFactory_DDRM.chol(true);
    if (!cholesky.decompose(new DMatrixRMaj(covariance))) {
      throw notPositiveDefinite();
    }
    DMatrixRMaj factor = cholesky.getT(null);
    for (int d = 0; d < dimension; d++) {
      // What value d has of its own, beyond those before it; less than rounding makes is nothing.
      double own = factor.get(d, d) * factor.get(d, d);
      if (!(own > dimension * Math.ulp(1.0) * covariance[d][d])) {
        throw notPositiveDefinite();
      }
    }
    return factor.data;
  }

  private static void checkEntries(double[][] covariance, int dimension) {
    if (covariance.length != dimension) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "covariance has %d rows, expected %d, as many as the mean has numbers",
              covariance.length,
              dimension));
    }
    for (int i = 0; i < dimension; i++) {
      Checks.length("covariance[" + i + "]", covariance[i], dimension);
      Checks.finite("covariance[" + i + "]", covariance[i]);
    }
    for (int i = 0; i < dimension; i++) {
      Checks.positive("covariance[" + i + "][" + i + "], a variance,", covariance[i][i]);
    }
  }

  private static void checkSymmetry(double[][] covariance) {
    for (int i = 0; i < covariance.length; i++) {
      for (int j = 0; j < i; j++) {
        double scale = Math.sqrt(covariance[i][i]) * Math.sqrt(covariance[j][j]);
        if (!(Math.abs(covariance[i][j] - covariance[j][i]) <= ASYMMETRY * scale)) {
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT,
                  "covariance[%d][%d] is %s but covariance[%d][%d] is %s, expected a symmetric matrix",
                  i,
                  j,
                  covariance[i][j],
                  j,
                  i,
                  covariance[j][i]));
        }
      }
    }
  }

  private static IllegalArgumentException notPositiveDefinite() {
    return new IllegalArgumentException(
        "covariance is not positive definite: some value is a linear combination of the others;"
            + " leave it out, or add a small number to the diagonal");
  }
}
