package io.github.sbi4j.core.simulation;

import io.github.sbi4j.core.sample.Samples;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** What is made and asked of tables that simulations consist of. */
final class Tables {
  private Tables() {}

  static Samples numbered(String prefix, double[][] rows) {
    if (rows.length == 0 || rows[0].length == 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the array for %s1, %s2, ... has no values, expected at least one row of them",
              prefix,
              prefix));
    }
    List<String> names =
        IntStream.rangeClosed(1, rows[0].length).mapToObj(i -> prefix + i).toList();
    return Samples.copyOf(names, rows);
  }

  static void requireCount(int count) {
    if (count < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "count is %d, expected at least one simulation", count));
    }
  }

  static void requireSimulatable(Samples parameters) {
    if (parameters.rows() == 0) {
      throw new IllegalArgumentException(
          "the table of parameters has no rows, expected at least one");
    }
    requireFinite(parameters);
  }

  static void requireFinite(Samples parameters) {
    for (int i = 0; i < parameters.rows(); i++) {
      for (int d = 0; d < parameters.columns(); d++) {
        if (!Double.isFinite(parameters.get(i, d))) {
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT,
                  "parameter '%s' of row %d is %s, expected a finite value",
                  parameters.names().get(d),
                  i,
                  parameters.get(i, d)));
        }
      }
    }
  }
}
