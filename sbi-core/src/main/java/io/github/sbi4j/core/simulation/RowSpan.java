package io.github.sbi4j.core.simulation;

import java.util.Locale;

/**
 * Rows in succession.
 *
 * @param from the first row
 * @param to the row after the last
 */
public record RowSpan(int from, int to) {
  /**
   * Checks the rows.
   *
   * @param from the first row, not negative
   * @param to the row after the last, not before the first
   * @throws IllegalArgumentException if they are no rows
   */
  public RowSpan {
    if (from < 0 || to < from) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "rows from %d to %d, expected 0 <= from <= to", from, to));
    }
  }

  /** {@return the number of rows} */
  public int size() {
    return to - from;
  }
}
