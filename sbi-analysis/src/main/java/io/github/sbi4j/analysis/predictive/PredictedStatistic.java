package io.github.sbi4j.analysis.predictive;

import java.util.Arrays;

/**
 * One observed value beside its posterior predictive distribution.
 *
 * @param name the name of the value
 * @param observed what was observed
 * @param mean the mean of the predictions
 * @param sd the standard deviation of the predictions, with divisor N - 1
 * @param quantile05 the 5 % quantile of the predictions
 * @param median the median of the predictions
 * @param quantile95 the 95 % quantile of the predictions
 * @param tailProbability the two-sided tail probability of the observed value
 */
public record PredictedStatistic(
    String name,
    double observed,
    double mean,
    double sd,
    double quantile05,
    double median,
    double quantile95,
    double tailProbability) {

  /**
   * Twice the smaller of the shares of predictions on either side of the observed value, the value
   * itself counted with both; at most one and never zero.
   */
  static double tailProbability(double observed, double[] predicted) {
    long below = Arrays.stream(predicted).filter(value -> value <= observed).count();
    long above = Arrays.stream(predicted).filter(value -> value >= observed).count();
    return Math.min(1, 2 * (1.0 + Math.min(below, above)) / (1.0 + predicted.length));
  }
}
