package io.github.sbi4j.flows.variational;

/** Sums over the logs of importance weights. */
final class LogWeights {
  private LogWeights() {}

  /** The log of the sum of e^w from one index to another, exclusive. */
  static double logSum(double[] logs, int from, int to) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = from; i < to; i++) {
      max = Math.max(max, logs[i]);
    }
    if (max == Double.NEGATIVE_INFINITY) {
      return max;
    }
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += Math.exp(logs[i] - max);
    }
    return max + Math.log(sum);
  }

  /** The mean of those that are finite; NaN if none is. */
  static double meanOfFinite(double[] logs) {
    double sum = 0;
    int count = 0;
    for (double log : logs) {
      if (Double.isFinite(log)) {
        sum += log;
        count++;
      }
    }
    return sum / count;
  }
}
