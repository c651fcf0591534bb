package io.github.sbi4j.analysis.classifier;

import java.util.Locale;

/** The checks that every classifier makes on what it is to learn from. */
final class TrainingRows {
  private TrainingRows() {}

  static void check(double[][] rows, boolean[] labels) {
    if (rows.length == 0) {
      throw new IllegalArgumentException("no rows to learn from; give at least one of each class");
    }
    if (labels.length != rows.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "got %d labels for %d rows; give one label per row",
              labels.length,
              rows.length));
    }
    int columns = rows[0].length;
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != columns || columns == 0) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "row %d has %d values and row 0 has %d; give the same number, at least one, in each row",
                i,
                rows[i].length,
                columns));
      }
    }
  }
}
