package io.github.sbi4j.core.simulation;

import io.github.sbi4j.core.sample.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The failures of a table when it is made, appended to, or taken rows of. */
final class FailureRows {
  private FailureRows() {}

  /** Adds failures for non-finite rows that are not yet among the given ones. */
  static List<SimulationFailure> complete(
      Samples parameters, Samples observations, List<SimulationFailure> known) {
    SimulationFailure[] byRow = byRow(known, parameters.rows());
    List<SimulationFailure> failures = new ArrayList<>();
    for (int i = 0; i < byRow.length; i++) {
      SimulationFailure failure =
          byRow[i] != null
              ? byRow[i]
              : SimulationFailure.ofNonFinite(i, parameters.row(i), observations.row(i));
      if (failure != null) {
        failures.add(failure);
      }
    }
    return List.copyOf(failures);
  }

  /** Those of a table of so many rows, then those of one that is appended. */
  static List<SimulationFailure> append(
      List<SimulationFailure> first, int rows, List<SimulationFailure> second) {
    List<SimulationFailure> all = new ArrayList<>(first);
    second.forEach(failure -> all.add(failure.inRow(rows + failure.row())));
    return List.copyOf(all);
  }

  /** Those of some rows of a table of so many. */
  static List<SimulationFailure> take(List<SimulationFailure> failures, int size, int[] rows) {
    SimulationFailure[] byRow = byRow(failures, size);
    List<SimulationFailure> taken = new ArrayList<>();
    for (int i = 0; i < rows.length; i++) {
      if (byRow[rows[i]] != null) {
        taken.add(byRow[rows[i]].inRow(i));
      }
    }
    return List.copyOf(taken);
  }

  private static SimulationFailure[] byRow(List<SimulationFailure> failures, int size) {
    SimulationFailure[] byRow = new SimulationFailure[size];
    for (SimulationFailure failure : failures) {
      int row = failure.row();
      if (row < 0 || row >= size || byRow[row] != null) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "a failure of row %d in a table of %d rows; expected one of its rows, from 0 on, and at most one failure each",
                row,
                size));
      }
      byRow[row] = failure;
    }
    return byRow;
  }
}
