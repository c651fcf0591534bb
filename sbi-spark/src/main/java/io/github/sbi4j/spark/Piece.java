package io.github.sbi4j.spark;

import io.github.sbi4j.core.sample.Samples;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** The parameters of consecutive rows of a run, which one task simulates. */
final class Piece implements Serializable {
  private static final long serialVersionUID = 1;

  private final int firstRow;
  private final String[] names;
  private final double[] values;

  private Piece(int firstRow, Samples parameters) {
    this.firstRow = firstRow;
    this.names = parameters.names().toArray(String[]::new);
    this.values = parameters.toRowMajorArray();
  }

  /** Cuts a table into pieces whose sizes differ by at most one row. */
  static List<Piece> of(Samples parameters, int count) {
    List<Piece> pieces = new ArrayList<>(count);
    long rows = parameters.rows();
    for (int i = 0; i < count; i++) {
      int from = (int) (rows * i / count);
      pieces.add(new Piece(from, parameters.slice(from, (int) (rows * (i + 1) / count))));
    }
    return pieces;
  }

  int firstRow() {
    return firstRow;
  }

  Samples parameters() {
    return Samples.ofRowMajor(List.of(names), values);
  }
}
