package io.github.sbi4j.core.simulation;

import io.github.sbi4j.core.sample.Samples;
import java.util.Locale;

/**
 * Puts the pieces of a run that were simulated apart together, in any order: the table is the one
 * of a run in one piece.
 *
 * <p>For those who share a run among machines by {@link SimulatedRows#simulate}. Pieces may be
 * added by several threads at once. Failures have no cause, because exceptions stay where they were
 * thrown.
 */
public final class SimulationGatherer {
  private final Samples parameters;
  private final ResultTable table;

  /**
   * Begins with no rows.
   *
   * @param parameters the finite parameters of the whole run, N x D
   * @throws IllegalArgumentException if there are no rows or a parameter is not finite
   */
  public SimulationGatherer(Samples parameters) {
    Tables.requireSimulatable(parameters);
    this.parameters = parameters;
    this.table = new ResultTable(parameters);
  }

  /**
   * Adds rows; those that were there already are replaced by equal ones.
   *
   * @param rows what some rows of the run gave
   * @throws IllegalArgumentException if they are not rows of the run
   */
  public void add(SimulatedRows rows) {
    if ((long) rows.firstRow() + rows.size() > parameters.rows()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "rows %d to %d are not in a run of %d rows; gather each run by itself",
              rows.firstRow(),
              rows.firstRow() + rows.size() - 1,
              parameters.rows()));
    }
    table.add(rows, 0);
  }

  /** {@return the number of rows so far that failed} */
  public int failed() {
    return table.failureCount();
  }

  /**
   * Makes the table, when no more rows are added.
   *
   * @return the table up to the last row that was added; rows before it that were not are failures
   *     of kind cancelled
   * @throws SimulationException if no row is valid
   * @throws java.util.concurrent.CancellationException if no row is valid and the calling thread is
   *     interrupted
   */
  public Simulations gather() {
    return table.finish(Thread.currentThread().isInterrupted());
  }
}
