package io.github.sbi4j.core.sample;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Importance weights whose largest ones are replaced by quantiles of a generalised Pareto
 * distribution fitted to them (Vehtari, Simpson, Gelman, Yao and Gabry 2024, JMLR 25:72).
 *
 * <p>The shape k tells whether the weights can be trusted: below 0.7 estimates from some thousand
 * draws are reliable; above, the proposal has too little mass where the target has it.
 */
public final class ParetoSmoothing {
  private static final double LOG_TINY = Math.log(Double.MIN_NORMAL);

  /** Weights that differ by less, the largest being one, are equal but for rounding. */
  private static final double ROUNDING = 1e-12;

  private final double[] logWeights;
  private final double shape;

  private ParetoSmoothing(double[] logWeights, double shape) {
    this.logWeights = logWeights;
    this.shape = shape;
  }

  /**
   * Smooths weights.
   *
   * @param logRatios log target / proposal of N draws, up to a constant; -Infinity for a weight of
   *     zero
   * @return the smoothed weights
   * @throws IllegalArgumentException if one is NaN or +Infinity, or all are -Infinity
   */
  public static ParetoSmoothing of(double[] logRatios) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < logRatios.length; i++) {
      if (Double.isNaN(logRatios[i]) || logRatios[i] == Double.POSITIVE_INFINITY) {
        throw new IllegalArgumentException(
            "log ratio " + i + " is " + logRatios[i] + ", expected a finite number or -Infinity");
      }
      max = Math.max(max, logRatios[i]);
    }
    if (max == Double.NEGATIVE_INFINITY) {
      throw new IllegalArgumentException(
          "none of "
              + logRatios.length
              + " draws has a positive weight; take a proposal that covers the target");
    }
    double[] logs = new double[logRatios.length];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = logRatios[i] - max;
    }
    double shape = smooth(logs);
    double sum = 0;
    for (double log : logs) {
      sum += Math.exp(log);
    }
    for (int i = 0; i < logs.length; i++) {
      logs[i] -= Math.log(sum);
    }
    return new ParetoSmoothing(logs, shape);
  }

  /** Smooths the tail in place and gives its shape. */
  private static double smooth(double[] logs) {
    int n = logs.length;
    int length = (int) Math.ceil(Math.min(n / 5.0, 3 * Math.sqrt(n)));
    if (length >= n) {
      return Double.POSITIVE_INFINITY;
    }
    int[] order =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> logs[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double cutoff = Math.max(logs[order[n - length - 1]], LOG_TINY);
    int first = n;
    while (first > 0 && logs[order[first - 1]] > cutoff) {
      first--;
    }
    int tail = n - first;
    if (tail == 0) {
      return Double.NEGATIVE_INFINITY;
    }
    if (tail <= 4) {
      return Double.POSITIVE_INFINITY;
    }
    double[] excess = new double[tail];
    for (int i = 0; i < tail; i++) {
      excess[i] = Math.exp(logs[order[first + i]]) - Math.exp(cutoff);
    }
    if (excess[tail - 1] < ROUNDING) {
      return Double.NEGATIVE_INFINITY;
    }
    double[] fit = fit(excess);
    for (int i = 0; i < tail; i++) {
      double log = -Math.log1p(-(i + 0.5) / tail);
      double quantile = Math.abs(fit[0]) < 1e-12 ? log : Math.expm1(fit[0] * log) / fit[0];
      logs[order[first + i]] = Math.min(0, Math.log(quantile * fit[1] + Math.exp(cutoff)));
    }
    return fit[0];
  }

  /**
   * Shape and scale by the empirical Bayes estimate of Zhang and Stephens (2009), the shape drawn a
   * little towards one half.
   *
   * @param x ascending
   */
  private static double[] fit(double[] x) {
    int n = x.length;
    int points = 30 + (int) Math.sqrt(n);
    double quartile = x[(int) (n / 4.0 + 0.5) - 1];
    double[] b = new double[points];
    double[] likelihood = new double[points];
    for (int i = 0; i < points; i++) {
      b[i] = (1 - Math.sqrt(points / (i + 0.5))) / (3 * quartile) + 1 / x[n - 1];
      double k = meanLog(x, b[i]);
      likelihood[i] = n * (Math.log(-b[i] / k) - k - 1);
    }
    double sum = 0;
    double weighted = 0;
    for (int i = 0; i < points; i++) {
      double inverse = 0;
      for (double other : likelihood) {
        inverse += Math.exp(other - likelihood[i]);
      }
      double weight = 1 / inverse;
      if (weight >= 10 * Math.ulp(1.0)) {
        sum += weight;
        weighted += weight * b[i];
      }
    }
    double best = weighted / sum;
    double k = meanLog(x, best);
    double scale = -k / best;
    return new double[] {(n * k + 10 * 0.5) / (n + 10), scale};
  }

  private static double meanLog(double[] x, double b) {
    double sum = 0;
    for (double value : x) {
      sum += Math.log1p(-b * value);
    }
    return sum / x.length;
  }

  /** {@return the N smoothed log-weights, which sum to one} */
  public double[] logWeights() {
    return logWeights.clone();
  }

  /** {@return the N smoothed weights, which sum to one} */
  public double[] weights() {
    return Arrays.stream(logWeights).map(Math::exp).toArray();
  }

  /**
   * {@return k, the shape of the tail; +Infinity if there are too few weights to tell, -Infinity if
   * the largest are all equal}
   */
  public double shape() {
    return shape;
  }

  /** {@return how many independent draws the weighted ones are worth, 1 / sum w<sup>2</sup>} */
  public double effectiveSampleSize() {
    return 1 / Arrays.stream(logWeights).map(log -> Math.exp(2 * log)).sum();
  }
}
