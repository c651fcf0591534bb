package io.github.sbi4j.core.simulation;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A row of a table of simulations that gave no usable observation.
 *
 * <p>To look into one, run the simulator again on the same parameters and random stream: {@code
 * simulator.simulate(failure.parameters(), RandomStreams.of(seed, failure.row()))}. Equality leaves
 * the cause out, because exceptions have none.
 *
 * @param row the row in the table
 * @param parameters its D parameters, followed by its conditions if there were any
 * @param kind what happened
 * @param message what happened, in words
 * @param cause what the simulator threw, if it threw and the table was not read from a file
 */
public record SimulationFailure(
    int row, double[] parameters, Kind kind, String message, @Nullable Throwable cause) {

  /** The ways to fail. */
  public enum Kind {
    /**
     * The simulator threw, or returned null or a row of another length than the first valid one.
     */
    FAILED,
    /**
     * The simulator did not return within the time-out, or threw a {@link
     * java.util.concurrent.TimeoutException} because of one of its own.
     */
    TIMED_OUT,
    /** The simulator returned NaN or an infinite value. */
    NON_FINITE,
    /** The run was interrupted before the row finished. */
    CANCELLED
  }

  /**
   * Copies the parameters.
   *
   * @param row the row in the table
   * @param parameters its D parameters
   * @param kind what happened
   * @param message what happened, in words
   * @param cause what the simulator threw, if anything
   */
  public SimulationFailure {
    parameters = parameters.clone();
  }

  /** {@return a copy of the D parameters} */
  @Override
  public double[] parameters() {
    return parameters.clone();
  }

  /**
   * Describes the first non-finite value of an observation.
   *
   * @param row the row in the table
   * @param parameters its D parameters
   * @param x the L observed values
   * @return the failure, or null if all values are finite
   */
  public static @Nullable SimulationFailure ofNonFinite(int row, double[] parameters, double[] x) {
    for (int i = 0; i < x.length; i++) {
      if (!Double.isFinite(x[i])) {
        String message = String.format(Locale.ROOT, "value %d of %d is %s", i + 1, x.length, x[i]);
        return new SimulationFailure(row, parameters, Kind.NON_FINITE, message, null);
      }
    }
    return null;
  }

  /**
   * Describes an observation of another length than that of the first valid row.
   *
   * @param row the row in the table
   * @param parameters its D parameters
   * @param actual its number of observed values
   * @param expected that of the first valid row, L
   * @param first the first valid row
   * @return the failure
   */
  public static SimulationFailure ofLength(
      int row, double[] parameters, int actual, int expected, int first) {
    String message =
        String.format(
            Locale.ROOT,
            "the simulator returned %d values, expected %d as in row %d",
            actual,
            expected,
            first);
    return new SimulationFailure(row, parameters, Kind.FAILED, message, null);
  }

  /** The same failure in another row, for a table that was appended to another. */
  SimulationFailure inRow(int other) {
    return new SimulationFailure(other, parameters, kind, message, cause);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SimulationFailure that
        && row == that.row
        && kind == that.kind
        && message.equals(that.message)
        && Arrays.equals(parameters, that.parameters);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * row + message.hashCode()) + Arrays.hashCode(parameters);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "row %d %s: %s, with parameters %s",
        row,
        kind,
        message,
        Arrays.toString(parameters));
  }
}
