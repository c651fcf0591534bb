package io.github.sbi4j.core.campaign;

import io.github.sbi4j.core.simulation.RowSpan;
import io.github.sbi4j.core.simulation.SimulationFailure;
import io.github.sbi4j.core.simulation.SimulationFailure.Kind;
import io.github.sbi4j.core.simulation.Simulations;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows that were simulated elsewhere. */
final class AppendedPart {
  private final int firstRow;
  private final Simulations part;
  private final Map<Integer, SimulationFailure> failures = new HashMap<>();

  AppendedPart(int firstRow, Simulations part) {
    if (firstRow < 0 || firstRow > Integer.MAX_VALUE - part.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the first of %d rows is row %d, expected one from 0 to 2^31 - 1 - %d",
              part.size(),
              firstRow,
              part.size()));
    }
    part.conditions()
        .ifPresent(
            conditions -> {
              throw new IllegalArgumentException(
                  "the rows have the conditions "
                      + conditions.names()
                      + ", which a campaign does not know; simulate them as parameters, and use"
                      + " withConditions when the campaign is read");
            });
    this.firstRow = firstRow;
    this.part = part;
    part.failures().forEach(failure -> failures.put(failure.row(), failure));
  }

  /** Puts the rows that can be had. */
  void putInto(CampaignRun rows) {
    for (RowSpan span = rows.take(part.size()); span != null; span = rows.take(part.size())) {
      for (int row = span.from(); row < span.to(); row++) {
        requireSame(row, part.parameters().row(row - firstRow), rows.parameters(row));
        put(row, rows);
      }
    }
  }

  private static void requireSame(int row, double[] given, double[] drawn) {
    if (!Arrays.equals(given, drawn)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "row %d has the parameters %s, but the prior of the campaign draws %s for it; give the"
                  + " first row of the part, and parameters drawn with Simulations.parameterSeed(seed)",
              row,
              Arrays.toString(given),
              Arrays.toString(drawn)));
    }
  }

  private void put(int row, CampaignRun rows) {
    int own = row - firstRow;
    double[] x = part.observations().row(own);
    SimulationFailure failure = failures.get(own);
    if (failure == null || says(failure, own, x)) {
      rows.put(row, x);
    } else if (failure.kind() != Kind.CANCELLED) {
      rows.fail(row, failure.kind(), failure.message(), failure.cause());
    }
  }

  /** Whether a row is a failure for the values that it has. */
  private static boolean says(SimulationFailure failure, int row, double[] x) {
    @Nullable SimulationFailure ofValues =
        SimulationFailure.ofNonFinite(row, failure.parameters(), x);
    return ofValues != null && failure.equals(ofValues);
  }
}
