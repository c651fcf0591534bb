package io.github.sbi4j.core.abc;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * Weighted least squares of several targets on several features, with an intercept. Directions in
 * which the features hardly vary get no coefficient.
 */
final class LinearRegression {
  /** The least variance of a direction among the standardised features, beside the largest. */
  private static final double LEAST_VARIANCE = 1e-10;

  private final double[] center;
  private final double[] intercept;

  /** P x T, for features in their own units. */
  private final double[][] coefficients;

  private LinearRegression(double[] center, double[] intercept, double[][] coefficients) {
    this.center = center;
    this.intercept = intercept;
    this.coefficients = coefficients;
  }

  /**
   * Fits N x T targets to N x P features with N weights that add up to one. The weights are those
   * of squared residuals.
   */
  static LinearRegression fit(double[][] features, double[][] targets, double[] weights) {
    double[] center = mean(features, weights);
    double[] intercept = mean(targets, weights);
    int p = center.length;
    double[] scale = new double[p];
    for (int i = 0; i < features.length; i++) {
      for (int j = 0; j < p; j++) {
        double residual = features[i][j] - center[j];
        scale[j] += weights[i] * residual * residual;
      }
    }
    Arrays.setAll(scale, j -> scale[j] > 0 ? Math.sqrt(scale[j]) : Double.POSITIVE_INFINITY);
    DMatrixRMaj gram = new DMatrixRMaj(p, p);
    double[][] moments = new double[p][intercept.length];
    double[] u = new double[p];
    for (int i = 0; i < features.length; i++) {
      for (int j = 0; j < p; j++) {
        u[j] = (features[i][j] - center[j]) / scale[j];
        double weighted = weights[i] * u[j];
        for (int k = 0; k <= j; k++) {
          gram.data[j * p + k] += weighted * u[k];
        }
        for (int t = 0; t < intercept.length; t++) {
          moments[j][t] += weighted * (targets[i][t] - intercept[t]);
        }
      }
    }
    double[][] coefficients = solve(gram, moments);
    for (int j = 0; j < p; j++) {
      for (int t = 0; t < intercept.length; t++) {
        coefficients[j][t] /= scale[j];
      }
    }
    return new LinearRegression(center, intercept, coefficients);
  }

  /** The T targets that are expected at P features. */
  double[] predict(double[] features) {
    double[] result = intercept.clone();
    for (int j = 0; j < features.length; j++) {
      double difference = features[j] - center[j];
      for (int t = 0; t < result.length; t++) {
        result[t] += coefficients[j][t] * difference;
      }
    }
    return result;
  }

  /** The pseudo-inverse of a symmetric matrix, of which the lower triangle is given, times b. */
  private static double[][] solve(DMatrixRMaj gram, double[][] b) {
    int p = b.length;
    for (int j = 0; j < p; j++) {
      for (int k = 0; k < j; k++) {
        gram.data[k * p + j] = gram.data[j * p + k];
      }
    }
    EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(p, true, true);
    if (!eigen.decompose(gram)) {
      throw new IllegalStateException(
          "the regression has no solution: the values are not finite or differ too much in size");
    }
    double largest = 0;
    for (int e = 0; e < p; e++) {
      largest = Math.max(largest, eigen.getEigenvalue(e).getReal());
    }
    double[][] result = new double[p][b[0].length];
    for (int e = 0; e < p; e++) {
      double variance = eigen.getEigenvalue(e).getReal();
      if (variance > LEAST_VARIANCE * largest) {
        double[] direction = eigen.getEigenVector(e).data;
        for (int t = 0; t < b[0].length; t++) {
          double projection = 0;
          for (int j = 0; j < p; j++) {
            projection += direction[j] * b[j][t];
          }
          for (int j = 0; j < p; j++) {
            result[j][t] += direction[j] * projection / variance;
          }
        }
      }
    }
    return result;
  }

  private static double[] mean(double[][] rows, double[] weights) {
    double[] mean = new double[rows[0].length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < mean.length; j++) {
        mean[j] += weights[i] * rows[i][j];
      }
    }
    return mean;
  }
}
