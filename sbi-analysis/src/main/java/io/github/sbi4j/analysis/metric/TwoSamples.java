package io.github.sbi4j.analysis.metric;

import java.util.Arrays;
import java.util.Locale;

/** The preparation that all comparisons of two sets of samples share. */
final class TwoSamples {
  private TwoSamples() {}

  /** Checks that both sets have rows, the same number of columns, and finite values only. */
  static void check(double[][] reference, double[][] samples) {
    if (reference.length == 0 || samples.length == 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "got %d reference rows and %d sample rows; give at least one of each",
              reference.length,
              samples.length));
    }
    int columns = reference[0].length;
    check("reference", reference, columns);
    check("samples", samples, columns);
  }

  private static void check(String name, double[][] rows, int columns) {
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != columns) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s has %d columns in row %d and the reference has %d; give the same columns in both",
                name,
                rows[i].length,
                i,
                columns));
      }
      for (int j = 0; j < columns; j++) {
        if (!Double.isFinite(rows[i][j])) {
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT,
                  "%s has the value %s in row %d, column %d; drop rows that are not finite first",
                  name,
                  rows[i][j],
                  i,
                  j));
        }
      }
    }
  }

  /** A copy of the rows of both sets, the reference first. */
  static double[][] stack(double[][] reference, double[][] samples) {
    double[][] rows = Arrays.copyOf(reference, reference.length + samples.length);
    System.arraycopy(samples, 0, rows, reference.length, samples.length);
    Arrays.setAll(rows, i -> rows[i].clone());
    return rows;
  }

  /**
   * Subtracts the mean of the reference and divides by its standard deviation, column by column.
   *
   * <p>A column that is constant in the reference is shifted only: any other scale would be made
   * up.
   */
  static void standardise(double[][] rows, double[][] reference) {
    for (int j = 0; j < rows[0].length; j++) {
      double mean = 0;
      for (double[] row : reference) {
        mean += row[j] / reference.length;
      }
      double squares = 0;
      for (double[] row : reference) {
        squares += (row[j] - mean) * (row[j] - mean);
      }
      double sd = reference.length > 1 ? Math.sqrt(squares / (reference.length - 1)) : 0;
      double scale = sd > 1e-12 * Math.abs(mean) ? 1 / sd : 1;
      for (double[] row : rows) {
        row[j] = (row[j] - mean) * scale;
      }
    }
  }
}
