package io.github.sbi4j.analysis.sensitivity;

import java.util.Arrays;
import java.util.Locale;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/** A quadratic function fitted by least squares, with its gradient. */
final class QuadraticRegression {
  /** Added to the diagonal of the Gram matrix of standardised features, per row. */
  private static final double RIDGE = 1e-9;

  private final double[] location;
  private final double[] scale;
  private final double[] coefficients;
  private final double explained;

  private QuadraticRegression(
      double[] location, double[] scale, double[] coefficients, double explained) {
    this.location = location;
    this.scale = scale;
    this.coefficients = coefficients;
    this.explained = explained;
  }

  /** Fits y to N points of D values. */
  static QuadraticRegression fit(double[][] points, double[] y) {
    int dimension = points[0].length;
    int width = (dimension + 1) * (dimension + 2) / 2;
    if (y.length != points.length || points.length <= width) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "got %d values of the property for %d samples of %d parameters; give one for each, and"
                  + " more than %d samples",
              y.length,
              points.length,
              dimension,
              width));
    }
    double mean = Arrays.stream(y).average().orElseThrow();
    double variance = Arrays.stream(y).map(v -> (v - mean) * (v - mean)).sum();
    if (!(variance > 0) || Double.isInfinite(variance)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the property has the mean %s and the sum of squares %s around it; expected finite"
                  + " values that are not all equal",
              mean,
              variance));
    }
    double[] location = new double[dimension];
    double[] scale = new double[dimension];
    standardisation(points, location, scale);
    double[][] rows = new double[points.length][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = features(standardised(points[i], location, scale));
    }
    return solve(rows, y, variance, location, scale);
  }

  private static QuadraticRegression solve(
      double[][] rows, double[] y, double variance, double[] location, double[] scale) {
    RealMatrix design = new Array2DRowRealMatrix(rows, false);
    RealMatrix gram = design.transpose().multiply(design);
    for (int k = 0; k < gram.getRowDimension(); k++) {
      gram.addToEntry(k, k, RIDGE * rows.length);
    }
    RealMatrix inverse = new CholeskyDecomposition(gram, 1e-6, 0).getSolver().getInverse();
    double[] coefficients = inverse.operate(design.preMultiply(y));
    double[] fitted = design.operate(coefficients);
    double[][] weighted = design.multiply(inverse).getData();
    double squares = 0;
    for (int i = 0; i < y.length; i++) {
      double leverage = 0;
      for (int k = 0; k < rows[i].length; k++) {
        leverage += weighted[i][k] * rows[i][k];
      }
      double left = (y[i] - fitted[i]) / Math.max(1e-12, 1 - leverage);
      squares += left * left;
    }
    return new QuadraticRegression(location, scale, coefficients, 1 - squares / variance);
  }

  private static void standardisation(double[][] points, double[] location, double[] scale) {
    for (int d = 0; d < location.length; d++) {
      for (double[] point : points) {
        location[d] += point[d] / points.length;
      }
      for (double[] point : points) {
        scale[d] += (point[d] - location[d]) * (point[d] - location[d]) / points.length;
      }
      scale[d] = scale[d] > 0 ? Math.sqrt(scale[d]) : 1;
    }
  }

  private static double[] standardised(double[] point, double[] location, double[] scale) {
    double[] u = new double[point.length];
    Arrays.setAll(u, d -> (point[d] - location[d]) / scale[d]);
    return u;
  }

  /** One, the values, then the products of pairs. */
  private static double[] features(double[] u) {
    int dimension = u.length;
    double[] features = new double[(dimension + 1) * (dimension + 2) / 2];
    int at = 0;
    features[at++] = 1;
    for (double value : u) {
      features[at++] = value;
    }
    for (int i = 0; i < dimension; i++) {
      for (int j = 0; j <= i; j++) {
        features[at++] = u[i] * u[j];
      }
    }
    return features;
  }

  /** The gradient at a point, with respect to its D values. */
  double[] gradient(double[] point) {
    double[] u = standardised(point, location, scale);
    double[] gradient = Arrays.copyOfRange(coefficients, 1, 1 + u.length);
    int at = 1 + u.length;
    for (int i = 0; i < u.length; i++) {
      for (int j = 0; j <= i; j++) {
        gradient[i] += coefficients[at] * u[j];
        gradient[j] += coefficients[at++] * u[i];
      }
    }
    Arrays.setAll(gradient, d -> gradient[d] / scale[d]);
    return gradient;
  }

  /** The share of variance predicted for points left out one at a time; below zero if none is. */
  double explained() {
    return explained;
  }
}
