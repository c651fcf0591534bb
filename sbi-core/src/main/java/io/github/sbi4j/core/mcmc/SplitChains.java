package io.github.sbi4j.core.mcmc;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** What the statistics of {@link Convergence} are made of. */
final class SplitChains {
  private static final int FEWEST = 4;

  private SplitChains() {}

  /** Whether there are enough draws and all of them finite. */
  static boolean usable(double[][] draws) {
    Require.atLeast("the number of chains", draws.length, 1);
    boolean finite = true;
    for (int c = 0; c < draws.length; c++) {
      Require.length("chain " + c, draws[c], draws[0].length);
      for (double value : draws[c]) {
        finite &= Double.isFinite(value);
      }
    }
    return finite && draws[0].length >= FEWEST;
  }

  /** The halves of each chain as chains; the middle draw of an odd number is left out. */
  static double[][] of(double[][] draws) {
    int length = draws[0].length;
    int half = length / 2;
    double[][] result = new double[2 * draws.length][];
    for (int c = 0; c < draws.length; c++) {
      result[2 * c] = Arrays.copyOf(draws[c], half);
      result[2 * c + 1] = Arrays.copyOfRange(draws[c], length - half, length);
    }
    return result;
  }

  /** sqrt((B/W + N - 1) / N) with the variance of the chains' means B/N and within them W. */
  static double rHat(double[][] chains) {
    int length = chains[0].length;
    double[] means = new double[chains.length];
    double within = 0;
    for (int c = 0; c < chains.length; c++) {
      means[c] = mean(chains[c]);
      within += variance(chains[c]) / chains.length;
    }
    return Math.sqrt((length * variance(means) / within + length - 1) / length);
  }

  /** Distances from the median of all draws. */
  static double[][] folded(double[][] draws) {
    double median = quantile(draws, 0.5);
    return map(draws, value -> Math.abs(value - median));
  }

  /** Ones where a draw is not above the quantile of all draws, zeros elsewhere. */
  static double[][] below(double[][] draws, double probability) {
    double quantile = quantile(draws, probability);
    return map(draws, value -> value <= quantile ? 1 : 0);
  }

  /** Squared distances from the mean of all draws. */
  static double[][] squaredDeviations(double[][] draws) {
    double mean = mean(draws);
    return map(draws, value -> (value - mean) * (value - mean));
  }

  static double[] sorted(double[][] draws) {
    double[] all = Arrays.stream(draws).flatMapToDouble(Arrays::stream).toArray();
    Arrays.sort(all);
    return all;
  }

  static double mean(double[][] draws) {
    double sum = 0;
    for (double[] chain : draws) {
      sum += mean(chain);
    }
    return sum / draws.length;
  }

  static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /** With divisor N - 1. */
  static double variance(double[] values) {
    double mean = mean(values);
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return sum / (values.length - 1);
  }

  /** Of type 7, as R and NumPy have it. */
  private static double quantile(double[][] draws, double probability) {
    double[] sorted = sorted(draws);
    double position = probability * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }

  private static double[][] map(double[][] draws, DoubleUnaryOperator function) {
    double[][] result = new double[draws.length][];
    for (int c = 0; c < draws.length; c++) {
      result[c] = Arrays.stream(draws[c]).map(function).toArray();
    }
    return result;
  }
}
