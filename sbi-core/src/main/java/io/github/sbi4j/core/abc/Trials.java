package io.github.sbi4j.core.abc;

import io.github.sbi4j.core.simulation.Simulator;
import java.util.Arrays;

/**
 * Sets of independent trials as one row of values, trial after trial: what {@link
 * Distance#maximumMeanDiscrepancy} and {@link Distance#wasserstein} compare.
 */
public final class Trials {
  private Trials() {}

  /**
   * A simulator of several trials with the same parameters.
   *
   * @param simulator the simulator of one trial of K values
   * @param count the number of trials, M
   * @return a simulator of M x K values; it fails where one of the trials does
   * @throws IllegalArgumentException if {@code count} is less than one
   */
  public static Simulator repeat(Simulator simulator, int count) {
    Require.atLeast("number of trials", count, 1);
    return (parameters, random) -> {
      double[][] trials = new double[count][];
      for (int i = 0; i < count; i++) {
        trials[i] = simulator.simulate(parameters.clone(), random);
      }
      return row(trials);
    };
  }

  /**
   * Puts trials in a row.
   *
   * @param trials M trials of K values
   * @return M x K values
   * @throws IllegalArgumentException if there is no value or trials differ in length
   */
  public static double[] row(double[][] trials) {
    if (trials.length == 0 || trials[0].length == 0) {
      throw new IllegalArgumentException("there are no values, expected at least one trial of one");
    }
    int values = trials[0].length;
    double[] result = new double[Math.multiplyExact(trials.length, values)];
    for (int i = 0; i < trials.length; i++) {
      if (trials[i].length != values) {
        throw new IllegalArgumentException(
            "trial "
                + i
                + " has "
                + trials[i].length
                + " values, expected "
                + values
                + " as in trial 0");
      }
      System.arraycopy(trials[i], 0, result, i * values, values);
    }
    return result;
  }

  /** The trials of a row, each value divided by its scale. */
  static double[][] split(double[] row, double[] scales) {
    int values = scales.length;
    if (row.length % values != 0 || row.length == 0) {
      throw new IllegalArgumentException(
          row.length
              + " values are not whole trials of "
              + values
              + "; give the distance the number of values of a trial");
    }
    double[][] trials = new double[row.length / values][values];
    for (int i = 0; i < row.length; i++) {
      trials[i / values][i % values] = row[i] / scales[i % values];
    }
    return trials;
  }

  /** The standard deviations of the values of a trial; 1 where all trials agree. */
  static double[] scales(double[] row, int values) {
    double[] ones = new double[values];
    Arrays.fill(ones, 1);
    double[][] trials = split(row, ones);
    double[] scales = new double[values];
    for (int k = 0; k < values; k++) {
      double mean = 0;
      for (double[] trial : trials) {
        mean += trial[k] / trials.length;
      }
      double squares = 0;
      for (double[] trial : trials) {
        squares += (trial[k] - mean) * (trial[k] - mean);
      }
      double sd = trials.length > 1 ? Math.sqrt(squares / (trials.length - 1)) : 0;
      scales[k] = sd > 0 ? sd : 1;
    }
    return scales;
  }
}
