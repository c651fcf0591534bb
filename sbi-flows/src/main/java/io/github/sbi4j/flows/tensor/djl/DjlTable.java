package io.github.sbi4j.flows.tensor.djl;

import ai.djl.pytorch.engine.PtNDArray;
import io.github.sbi4j.flows.tensor.Table;

/** A table on the device. */
final class DjlTable implements Table {
  private final PtNDArray array;
  private final int rows;
  private final int columns;

  DjlTable(PtNDArray array, int rows, int columns) {
    this.array = array;
    this.rows = rows;
    this.columns = columns;
  }

  PtNDArray array() {
    return array;
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int columns() {
    return columns;
  }
}
