package io.github.sbi4j.analysis.plot;

import java.util.Locale;

/** Checks of what a user gives to be drawn. */
final class Inputs {
  private Inputs() {}

  static IllegalArgumentException problem(String format, Object... values) {
    return new IllegalArgumentException(String.format(Locale.ROOT, format, values));
  }

  /** A copy of at least {@code fewest} finite values. */
  static double[] finite(String what, double[] values, int fewest) {
    if (values.length < fewest) {
      throw problem("got %d %s; give at least %d", values.length, what, fewest);
    }
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw problem(
            "got %s at index %d of the %s; a plot needs finite numbers", values[i], i, what);
      }
    }
    return values.clone();
  }

  /** A copy of finite values, as many as there are of something else. */
  static double[] finite(String what, double[] values, int count, String each) {
    if (values.length != count) {
      throw problem("got %d %s for %d %s; give one each", values.length, what, count, each);
    }
    return finite(what, values, 0);
  }

  /** A copy of finite values in ascending order. */
  static double[] ascending(String what, double[] values, int fewest) {
    double[] result = finite(what, values, fewest);
    for (int i = 1; i < result.length; i++) {
      if (!(result[i] > result[i - 1])) {
        throw problem(
            "the %s are to ascend, got %s after %s at index %d", what, result[i], result[i - 1], i);
      }
    }
    return result;
  }

  /** A copy of at least one row of values, each finite and as long as given. */
  static double[][] rows(String what, double[][] rows, int length, String each) {
    if (rows.length == 0) {
      throw problem("got no %s; give at least one row", what);
    }
    double[][] result = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      result[i] = finite("values in row " + i + " of the " + what, rows[i], length, each);
    }
    return result;
  }

  /** Copies of the ends of a band, the lower never above the upper. */
  static double[][] band(double[] lower, double[] upper, int count, String each) {
    double[][] result = {
      finite("lower ends of the band", lower, count, each),
      finite("upper ends of the band", upper, count, each)
    };
    for (int i = 0; i < count; i++) {
      if (lower[i] > upper[i]) {
        throw problem(
            "the band runs from %s to %s at index %d; give the lower ends first",
            lower[i], upper[i], i);
      }
    }
    return result;
  }
}
