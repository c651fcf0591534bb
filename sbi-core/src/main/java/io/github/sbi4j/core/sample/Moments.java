package io.github.sbi4j.core.sample;

import java.util.Arrays;

/**
 * Means and covariances of a row-major table, by two passes so that a large offset costs no digits.
 */
final class Moments {
  private Moments() {}

  static double[] mean(double[] values, int columns) {
    double[] rough = columnMeans(values, columns, new double[columns]);
    // The second pass adds the mean of the residuals, which carries what rounding lost in the
    // first.
    double[] correction = columnMeans(values, columns, rough);
    for (int d = 0; d < columns; d++) {
      // A column with infinities has no finite residuals: its first mean stands.
      rough[d] += Double.isFinite(rough[d]) ? correction[d] : 0;
    }
    return rough;
  }

  static double[] sd(double[] values, int columns) {
    double[] mean = mean(values, columns);
    double[] squares = new double[columns];
    for (int k = 0; k < values.length; k += columns) {
      for (int d = 0; d < columns; d++) {
        double residual = values[k + d] - mean[d];
        squares[d] += residual * residual;
      }
    }
    int rows = values.length / columns;
    for (int d = 0; d < columns; d++) {
      squares[d] = rows < 2 ? Double.NaN : Math.sqrt(squares[d] / (rows - 1));
    }
    return squares;
  }

  static double[][] covariance(double[] values, int columns) {
    double[] mean = mean(values, columns);
    double[][] result = new double[columns][columns];
    double[] residual = new double[columns];
    for (int k = 0; k < values.length; k += columns) {
      for (int d = 0; d < columns; d++) {
        residual[d] = values[k + d] - mean[d];
        for (int e = 0; e <= d; e++) {
          result[d][e] += residual[d] * residual[e];
        }
      }
    }
    int rows = values.length / columns;
    for (int d = 0; d < columns; d++) {
      for (int e = 0; e <= d; e++) {
        result[d][e] = rows < 2 ? Double.NaN : result[d][e] / (rows - 1);
        result[e][d] = result[d][e];
      }
    }
    return result;
  }

  static double[][] correlation(double[] values, int columns) {
    double[][] result = covariance(values, columns);
    double[] sd = new double[columns];
    Arrays.setAll(sd, d -> Math.sqrt(result[d][d]));
    for (int d = 0; d < columns; d++) {
      for (int e = 0; e < d; e++) {
        // Rounding may leave the interval; 0 / 0 of a constant column stays NaN.
        double r = Math.max(-1, Math.min(1, result[d][e] / sd[d] / sd[e]));
        result[d][e] = r;
        result[e][d] = r;
      }
    }
    for (int d = 0; d < columns; d++) {
      result[d][d] = sd[d] > 0 ? 1 : Double.NaN;
    }
    return result;
  }

  private static double[] columnMeans(double[] values, int columns, double[] origin) {
    double[] sum = new double[columns];
    for (int k = 0; k < values.length; k += columns) {
      for (int d = 0; d < columns; d++) {
        sum[d] += values[k + d] - origin[d];
      }
    }
    int rows = values.length / columns;
    for (int d = 0; d < columns; d++) {
      sum[d] /= rows;
    }
    return sum;
  }
}
