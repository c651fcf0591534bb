package io.github.sbi4j.analysis.sensitivity;

import java.util.Arrays;

/**
 * The density of one or two parameters on a regular grid, all others held fixed.
 *
 * <p>It is normalised over the grid's limits: the sum of all values times the size of a cell is
 * one.
 */
public final class ConditionalGrid {
  private final String first;
  private final String second;
  private final double[] firstValues;
  private final double[] secondValues;
  private final double[][] density;

  /**
   * Normalises log-densities.
   *
   * @param logs one row for each first value
   * @param secondValues a single NaN for one parameter alone
   */
  ConditionalGrid(
      String first, String second, double[] firstValues, double[] secondValues, double[][] logs) {
    this.first = first;
    this.second = second;
    this.firstValues = firstValues;
    this.secondValues = secondValues;
    double max = Double.NEGATIVE_INFINITY;
    for (double[] row : logs) {
      max = Math.max(max, Arrays.stream(row).max().orElseThrow());
    }
    if (max == Double.NEGATIVE_INFINITY) {
      throw new IllegalArgumentException(
          "the density is zero on the whole grid over "
              + first
              + (second.isEmpty() ? "" : " and " + second)
              + "; set other limits, or a condition inside the posterior");
    }
    double sum = 0;
    double[][] values = new double[logs.length][];
    for (int i = 0; i < logs.length; i++) {
      values[i] = new double[logs[i].length];
      for (int j = 0; j < logs[i].length; j++) {
        values[i][j] = Math.exp(logs[i][j] - max);
        sum += values[i][j];
      }
    }
    double cell = step(firstValues) * step(secondValues);
    for (double[] row : values) {
      for (int j = 0; j < row.length; j++) {
        row[j] /= sum * cell;
      }
    }
    this.density = values;
  }

  private static double step(double[] values) {
    return values.length == 1 ? 1 : values[1] - values[0];
  }

  /** {@return the name of the first parameter} */
  public String first() {
    return first;
  }

  /** {@return the name of the second parameter, empty if there is one parameter} */
  public String second() {
    return second;
  }

  /** {@return the G values of the first parameter, ascending} */
  public double[] firstValues() {
    return firstValues.clone();
  }

  /** {@return the G values of the second parameter, ascending; empty if there is one parameter} */
  public double[] secondValues() {
    return second.isEmpty() ? new double[0] : secondValues.clone();
  }

  /**
   * {@return the density, G x G with a row for each value of the first parameter; G x 1 for one
   * parameter}
   */
  public double[][] density() {
    return Arrays.stream(density).map(double[]::clone).toArray(double[][]::new);
  }

  /**
   * {@return the correlation of the two parameters under this density; NaN for one parameter, or if
   * one of the two does not vary}
   */
  public double correlation() {
    double[] mean = new double[2];
    double total = 0;
    for (int i = 0; i < density.length; i++) {
      for (int j = 0; j < density[i].length; j++) {
        total += density[i][j];
        mean[0] += density[i][j] * firstValues[i];
        mean[1] += density[i][j] * secondValues[j];
      }
    }
    mean[0] /= total;
    mean[1] /= total;
    double covariance = 0;
    double ofFirst = 0;
    double ofSecond = 0;
    for (int i = 0; i < density.length; i++) {
      for (int j = 0; j < density[i].length; j++) {
        double a = firstValues[i] - mean[0];
        double b = secondValues[j] - mean[1];
        covariance += density[i][j] * a * b;
        ofFirst += density[i][j] * a * a;
        ofSecond += density[i][j] * b * b;
      }
    }
    return covariance / Math.sqrt(ofFirst * ofSecond);
  }
}
