package io.github.sbi4j.core.simulation;

import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.SimulationFailure.Kind;
import java.io.Serializable;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * What consecutive rows of a run gave, simulated apart from the others: the piece in which a run is
 * shared among machines.
 *
 * <p>Rows are as the simulator left them. Only the whole run knows how many values an observation
 * has, which is as many as its first valid row: {@link SimulationGatherer} puts pieces together and
 * gives the table that {@link Simulations#run(Simulator, Samples, long) Simulations.run} gives.
 */
public final class SimulatedRows implements Serializable {
  private static final long serialVersionUID = 1;

  private final int firstRow;
  private final double[] @Nullable [] observations;
  private final @Nullable Kind[] kinds;
  private final @Nullable String[] messages;

  /** Rows that are still to be put. */
  SimulatedRows(int firstRow, int size) {
    this.firstRow = firstRow;
    this.observations = new double[size][];
    this.kinds = new Kind[size];
    this.messages = new String[size];
  }

  void put(int i, double[] observation) {
    observations[i] = observation;
  }

  void fail(SimulationFailure failure) {
    kinds[failure.row()] = failure.kind();
    messages[failure.row()] = failure.message();
  }

  /**
   * Simulates some rows of a run, each with the random stream that it has in the whole run. That
   * none of them is valid is no error.
   *
   * @param simulator the simulator
   * @param parameters the finite parameters of these rows alone, B x D with B at least 1
   * @param firstRow the row of the run that the first of them is
   * @param seed the seed of the run
   * @param settings threads, time-out, progress
   * @return what the rows gave
   * @throws IllegalArgumentException if there are no rows, the first row is negative, or a
   *     parameter is not finite
   * @throws SimulationException if the virtual machine fails or too many rows hang
   * @throws java.util.concurrent.CancellationException if the calling thread is interrupted
   */
  public static SimulatedRows simulate(
      Simulator simulator,
      Samples parameters,
      int firstRow,
      long seed,
      SimulationSettings settings) {
    Objects.requireNonNull(simulator, "simulator");
    if (parameters.rows() == 0 || firstRow < 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "got %d rows of parameters from row %d on, expected at least one row, from 0 on",
              parameters.rows(),
              firstRow));
    }
    Tables.requireFinite(parameters);
    ResultTable table = new ResultTable(parameters);
    if (!new PieceRows(table, firstRow).simulate(simulator, seed, settings)) {
      throw new CancellationException(
          String.format(
              Locale.ROOT,
              "the run was interrupted before its rows %d to %d were finished",
              firstRow,
              firstRow + parameters.rows() - 1));
    }
    return table.toRows(firstRow);
  }

  /** {@return the row of the run that the first of these is} */
  public int firstRow() {
    return firstRow;
  }

  /** {@return the number of rows, B} */
  public int size() {
    return observations.length;
  }

  /**
   * {@return the values that the simulator returned, finite or not; null if it returned none}
   *
   * @param i the row among these, from 0
   */
  public double @Nullable [] observation(int i) {
    double[] values = observations[i];
    return values == null ? null : values.clone();
  }

  /**
   * {@return how the row failed, or null if it did not}
   *
   * @param i the row among these, from 0
   */
  public @Nullable Kind kind(int i) {
    return kinds[i];
  }

  /**
   * {@return how the row failed, in words; empty if it did not}
   *
   * @param i the row among these, from 0
   */
  public String message(int i) {
    return Objects.requireNonNullElse(messages[i], "");
  }

  /** {@return the number of rows that failed} */
  public int failed() {
    int count = 0;
    for (Kind kind : kinds) {
      count += kind == null ? 0 : 1;
    }
    return count;
  }

  /** {@return the first of these rows that did not fail, from 0; -1 if all did} */
  public int firstValid() {
    for (int i = 0; i < kinds.length; i++) {
      if (kinds[i] == null) {
        return i;
      }
    }
    return -1;
  }

  /**
   * The table of these rows, for whoever knows the first valid row of the run. Rows of another
   * length are failures.
   *
   * @param parameters the parameters of these rows, B x D
   * @param length the number of values of an observation, L
   * @param firstValid the first valid row of the run, for messages
   * @return the table; its row 0 is the first of these rows
   * @throws IllegalArgumentException if the numbers of rows differ
   */
  public Simulations toSimulations(Samples parameters, int length, int firstValid) {
    if (parameters.rows() != size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d rows of parameters for %d simulated rows; give those that were simulated",
              parameters.rows(),
              size()));
    }
    ResultTable table = new ResultTable(parameters);
    table.add(this, firstRow);
    return table.toSimulations(length, firstValid);
  }
}
