package io.github.sbi4j.analysis.diagnostic;

import java.util.Arrays;

/**
 * How many of N uniform values lie up to each of K levels: their distribution at each level, and
 * the probability that all stay within limits.
 */
final class UniformCounts {
  private final int values;
  private final double[] levels;
  private final double[] logFactorials;

  /** P(X <= x) and P(X >= x) for each level and x from 0 to N. */
  private final double[][] below;

  private final double[][] above;

  UniformCounts(int values, double[] levels) {
    this.values = values;
    this.levels = levels;
    this.logFactorials = new double[values + 1];
    for (int i = 2; i <= values; i++) {
      logFactorials[i] = logFactorials[i - 1] + Math.log(i);
    }
    this.below = new double[levels.length][values + 1];
    this.above = new double[levels.length][values + 1];
    for (int k = 0; k < levels.length; k++) {
      double sum = 0;
      for (int x = 0; x <= values; x++) {
        sum += probability(x, values, levels[k]);
        below[k][x] = sum;
      }
      sum = 0;
      for (int x = values; x >= 0; x--) {
        sum += probability(x, values, levels[k]);
        above[k][x] = sum;
      }
    }
  }

  private double probability(int x, int n, double p) {
    if (p >= 1) {
      return x == n ? 1 : 0;
    }
    double choices = logFactorials[n] - logFactorials[x] - logFactorials[n - x];
    return Math.exp(choices + x * Math.log(p) + (n - x) * Math.log1p(-p));
  }

  int values() {
    return values;
  }

  double[] levels() {
    return levels.clone();
  }

  /** The smallest x of each level with P(X <= x) of at least gamma / 2. */
  int[] lower(double gamma) {
    int[] result = new int[levels.length];
    for (int k = 0; k < result.length; k++) {
      while (result[k] < values && below[k][result[k]] < gamma / 2) {
        result[k]++;
      }
    }
    return result;
  }

  /** The largest x of each level with P(X >= x) of at least gamma / 2. */
  int[] upper(double gamma) {
    int[] result = new int[levels.length];
    Arrays.fill(result, values);
    for (int k = 0; k < result.length; k++) {
      while (result[k] > 0 && above[k][result[k]] < gamma / 2) {
        result[k]--;
      }
    }
    return result;
  }

  /** The probability of the number's tail at its level, doubled; the least over the levels. */
  double extremity(int[] numbers) {
    double least = 2;
    for (int k = 0; k < numbers.length; k++) {
      least = Math.min(least, 2 * Math.min(below[k][numbers[k]], above[k][numbers[k]]));
    }
    return least;
  }

  /**
   * The probability that uniform values are at some level as far out as these are where they are
   * farthest.
   */
  double pValue(int[] numbers) {
    // Tails of the same probability, up to rounding, are as far out.
    double gamma = extremity(numbers) * (1 + 1e-9);
    return Math.max(0, 1 - coverage(lower(gamma), upper(gamma)));
  }

  /** The probability that the number at each level lies within limits. */
  double coverage(int[] lower, int[] upper) {
    double[] state = {1};
    int first = 0;
    double level = 0;
    for (int k = 0; k < levels.length; k++) {
      if (lower[k] > upper[k]) {
        return 0;
      }
      double share = Math.min(1, (levels[k] - level) / (1 - level));
      double[] next = new double[upper[k] - lower[k] + 1];
      for (int i = 0; i < state.length; i++) {
        if (state[i] > 0) {
          spread(state[i], first + i, share, next, lower[k]);
        }
      }
      state = next;
      first = lower[k];
      level = levels[k];
    }
    return Arrays.stream(state).sum();
  }

  /** Adds the probabilities of going from one number to others, from the likeliest outwards. */
  private void spread(double weight, int from, double share, double[] to, int first) {
    int low = Math.max(from, first);
    int high = first + to.length - 1;
    int left = values - from;
    if (low > high) {
      return;
    }
    if (share >= 1) {
      if (values <= high) {
        to[values - first] += weight;
      }
      return;
    }
    double odds = share / (1 - share);
    int start = Math.max(low, Math.min(high, from + (int) ((left + 1) * share)));
    double atStart = weight * probability(start - from, left, share);
    double term = atStart;
    for (int x = start; x <= high && term > 0; x++) {
      to[x - first] += term;
      int more = x - from;
      term *= (double) (left - more) / (more + 1) * odds;
    }
    term = atStart;
    for (int x = start; x > low && term > 0; x--) {
      int more = x - from;
      term *= more / ((left - more + 1) * odds);
      to[x - 1 - first] += term;
    }
  }
}
