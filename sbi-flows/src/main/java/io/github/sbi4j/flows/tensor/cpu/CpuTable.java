package io.github.sbi4j.flows.tensor.cpu;

import io.github.sbi4j.flows.tensor.RowReader;
import io.github.sbi4j.flows.tensor.Table;

/** A table on the heap, row after row, or one whose rows are read each time. */
record CpuTable(RowReader reader, int rows, int columns) implements Table {
  /** A table larger than this share of the heap stays where it is. */
  private static final int SHARE_OF_HEAP = 8;

  static CpuTable onHeap(float[] values, int rows, int columns) {
    return new CpuTable(
        (row, target, at) -> System.arraycopy(values, row * columns, target, at, columns),
        rows,
        columns);
  }

  static CpuTable of(RowReader reader, int rows, int columns) {
    return of(reader, rows, columns, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
  }

  /** The rows on the heap, if they take no more than the given number of bytes there. */
  static CpuTable of(RowReader reader, int rows, int columns, long mostBytes) {
    long values = (long) rows * columns;
    if (values * Float.BYTES > mostBytes || values > Integer.MAX_VALUE - 8) {
      return new CpuTable(reader, rows, columns);
    }
    float[] all = new float[(int) values];
    for (int i = 0; i < rows; i++) {
      reader.read(i, all, i * columns);
    }
    return onHeap(all, rows, columns);
  }
}
