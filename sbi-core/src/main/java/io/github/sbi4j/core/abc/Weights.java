package io.github.sbi4j.core.abc;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Weights of particles, which are not negative and add up to one. */
final class Weights {
  private Weights() {}

  static double[] equal(int count) {
    double[] weights = new double[count];
    Arrays.fill(weights, 1.0 / count);
    return weights;
  }

  static double[] normalised(double[] weights) {
    double sum = Arrays.stream(weights).sum();
    return Arrays.stream(weights).map(weight -> weight / sum).toArray();
  }

  static double[] ofLogs(double[] logs) {
    double largest = Arrays.stream(logs).max().orElseThrow();
    return normalised(Arrays.stream(logs).map(log -> Math.exp(log - largest)).toArray());
  }

  /** (sum w)^2 / sum w^2 (Kong, Liu and Wong, 1994). */
  static double effectiveSampleSize(double[] weights) {
    double sum = 0;
    double squares = 0;
    for (double weight : weights) {
      sum += weight;
      squares += weight * weight;
    }
    return sum * sum / squares;
  }

  /** Indices drawn with these weights by one uniform number (systematic resampling). */
  static int[] resample(double[] weights, int count, RandomGenerator random) {
    int[] chosen = new int[count];
    double start = random.nextDouble();
    double cumulative = weights[0];
    int i = 0;
    for (int k = 0; k < count; k++) {
      double position = (k + start) / count;
      while (position >= cumulative && i < weights.length - 1) {
        cumulative += weights[++i];
      }
      chosen[k] = i;
    }
    return chosen;
  }

  /** One index drawn from running sums of weights. */
  static int draw(double[] cumulative, RandomGenerator random) {
    double position = random.nextDouble() * cumulative[cumulative.length - 1];
    int found = Arrays.binarySearch(cumulative, position);
    // A running sum is where the next particle begins; particles of no weight are skipped.
    int index = found >= 0 ? found + 1 : -found - 1;
    while (index < cumulative.length - 1 && cumulative[index] <= position) {
      index++;
    }
    return Math.min(index, cumulative.length - 1);
  }

  static double[] cumulative(double[] weights) {
    double[] sums = weights.clone();
    for (int i = 1; i < sums.length; i++) {
      sums[i] += sums[i - 1];
    }
    return sums;
  }
}
