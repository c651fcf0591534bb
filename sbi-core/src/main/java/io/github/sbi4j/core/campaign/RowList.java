package io.github.sbi4j.core.campaign;

import java.util.Arrays;

/** A growing list of rows. */
final class RowList {
  private int[] rows = new int[64];
  private int size;

  void add(int row) {
    if (size == rows.length) {
      rows = Arrays.copyOf(rows, 2 * size);
    }
    rows[size++] = row;
  }

  int size() {
    return size;
  }

  int[] toArray() {
    return Arrays.copyOf(rows, size);
  }
}
