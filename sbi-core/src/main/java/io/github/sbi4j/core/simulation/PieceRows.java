package io.github.sbi4j.core.simulation;

import io.github.sbi4j.core.simulation.SimulationFailure.Kind;
import org.jspecify.annotations.Nullable;

/** A table of some rows of a run, which are counted as in the run: from a first row on. */
record PieceRows(ResultTable table, int firstRow) implements SimulationRows {
  @Override
  public int left() {
    return table.left();
  }

  @Override
  public @Nullable RowSpan take(int most) {
    RowSpan span = table.take(most);
    return span == null ? null : new RowSpan(firstRow + span.from(), firstRow + span.to());
  }

  @Override
  public double[] parameters(int row) {
    return table.parameters(row - firstRow);
  }

  @Override
  public void put(int row, double @Nullable [] observation) {
    table.put(row - firstRow, observation);
  }

  @Override
  public void fail(int row, Kind kind, String message, @Nullable Throwable cause) {
    table.fail(row - firstRow, kind, message, cause);
  }

  @Override
  public int failureCount() {
    return table.failureCount();
  }

  @Override
  public @Nullable SimulationFailure firstFailure() {
    return table.firstFailure();
  }
}
