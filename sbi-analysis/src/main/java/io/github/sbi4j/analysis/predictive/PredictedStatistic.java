package io.github.sbi4j.analysis.predictive;

import io.github.sbi4j.analysis.diagnostic.Finding;
import io.github.sbi4j.analysis.diagnostic.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * One observed value or test quantity beside its predictive distribution.
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
  /** The false-alarm rate of all statistics together. */
  private static final double LEVEL = 0.05;

  /**
   * Twice the smaller of the shares of predictions on either side of the observed value, the value
   * itself counted with both; at most one and never zero.
   */
  static double tailProbability(double observed, double[] predicted) {
    long below = Arrays.stream(predicted).filter(value -> value <= observed).count();
    long above = Arrays.stream(predicted).filter(value -> value >= observed).count();
    return Math.min(1, 2 * (1.0 + Math.min(below, above)) / (1.0 + predicted.length));
  }

  /** The verdict where {@code count} statistics are looked at in as many simulations as given. */
  Finding finding(int count, int simulations) {
    double threshold = LEVEL / count;
    boolean tooFew = 2.0 / (1.0 + simulations) > threshold;
    Verdict verdict = tailProbability <= threshold ? Verdict.FAIL : Verdict.PASS;
    String reading =
        String.format(
            Locale.ROOT,
            "observed %.4g, predicted %.4g (90 %% from %.4g to %.4g), tail probability %.4f",
            observed,
            median,
            quantile05,
            quantile95,
            tailProbability);
    return new Finding(
        name,
        tooFew ? Verdict.UNKNOWN : verdict,
        "two-sided tail probability",
        tailProbability,
        threshold,
        tooFew ? 0 : threshold,
        tooFew
            ? reading
                + String.format(
                    Locale.ROOT,
                    "; %d simulations cannot tell, take %d",
                    simulations,
                    (int) Math.ceil(2 / threshold - 1e-9))
            : reading);
  }

  static List<PredictedStatistic> renamed(List<PredictedStatistic> statistics, String... names) {
    List<PredictedStatistic> changed = new ArrayList<>();
    for (int j = 0; j < names.length; j++) {
      PredictedStatistic s = statistics.get(j);
      changed.add(
          new PredictedStatistic(
              names[j],
              s.observed,
              s.mean,
              s.sd,
              s.quantile05,
              s.median,
              s.quantile95,
              s.tailProbability));
    }
    return changed;
  }
}
