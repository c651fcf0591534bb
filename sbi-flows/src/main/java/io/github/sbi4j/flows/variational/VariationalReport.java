package io.github.sbi4j.flows.variational;

import io.github.sbi4j.core.sample.ParetoSmoothing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How good an approximation q is, by draws that were not used to fit it (Yao, Vehtari, Simpson and
 * Gelman 2018, <a href="https://arxiv.org/abs/1802.02538">arXiv:1802.02538</a>).
 *
 * @param curve the mean log weight at each step, those of the Gaussian first
 * @param converged true if the bound had come to rest; false if steps or time were spent before
 * @param seconds the time that the fit took
 * @param logWeights log p(z) - log q(z) of N fresh draws z of q, p being the target as it is, not
 *     normalised
 * @param paretoK the shape of the tail of the weights: below 0.5 q is good, below 0.7 usable as a
 *     proposal, above it misses part of the target
 * @param effectiveSampleSize how many of the N draws are left when they are weighted
 */
public record VariationalReport(
    List<Double> curve,
    boolean converged,
    double seconds,
    List<Double> logWeights,
    double paretoK,
    double effectiveSampleSize) {
  private static final double WORST_SHAPE = 0.7;
  private static final double SMALLEST_WORTH = 0.1;

  /** Weights that are worth so much are all but equal, and their tail has nothing to tell. */
  private static final double FULL_WORTH = 0.99;

  /**
   * Copies the lists.
   *
   * @param curve the mean log weight at each step
   * @param converged true if the bound had come to rest
   * @param seconds the time that the fit took
   * @param logWeights the log weights of N fresh draws
   * @param paretoK the shape of their tail
   * @param effectiveSampleSize how many are left when they are weighted
   */
  public VariationalReport {
    curve = List.copyOf(curve);
    logWeights = List.copyOf(logWeights);
  }

  static VariationalReport of(
      List<Double> curve, boolean converged, double seconds, double[] logWeights) {
    boolean usable = Arrays.stream(logWeights).anyMatch(Double::isFinite);
    double shape = Double.POSITIVE_INFINITY;
    double worth = 0;
    if (usable) {
      ParetoSmoothing smoothed = ParetoSmoothing.of(logWeights);
      shape = smoothed.shape();
      worth = smoothed.effectiveSampleSize();
    }
    List<Double> logs = Arrays.stream(logWeights).boxed().toList();
    return new VariationalReport(curve, converged, seconds, logs, shape, worth);
  }

  /** {@return the evidence lower bound E log w &lt;= log Z, -Infinity if a draw has no weight} */
  public double elbo() {
    return importanceWeightedBound(1);
  }

  /** {@return the standard error of {@link #elbo}} */
  public double elboStandardError() {
    double mean = elbo();
    double squares = logWeights.stream().mapToDouble(w -> (w - mean) * (w - mean)).sum();
    double count = logWeights.size();
    return Math.sqrt(squares / (count - 1) / count);
  }

  /**
   * The importance-weighted bound E log (1/K) sum<sub>k</sub> w<sub>k</sub>, which rises from the
   * evidence lower bound to log Z as K grows.
   *
   * @param draws how many draws share a bound, K, from 1 to N
   * @return its mean over N / K groups
   */
  public double importanceWeightedBound(int draws) {
    if (draws < 1 || draws > logWeights.size()) {
      throw new IllegalArgumentException(
          "a bound of "
              + draws
              + " draws was asked for, expected from 1 to "
              + logWeights.size()
              + ", the number of weights");
    }
    double[] logs = logWeights.stream().mapToDouble(Double::doubleValue).toArray();
    int groups = logs.length / draws;
    double sum = 0;
    for (int g = 0; g < groups; g++) {
      sum += LogWeights.logSum(logs, g * draws, (g + 1) * draws) - Math.log(draws);
    }
    return sum / groups;
  }

  /** {@return log of the mean of all weights, the estimate of log Z} */
  public double logEvidence() {
    return importanceWeightedBound(logWeights.size());
  }

  /** {@return what is wrong with the fit and what to do; empty if nothing is} */
  public List<String> warnings() {
    List<String> result = new ArrayList<>();
    if (!converged) {
      result.add(
          "the fit had not come to rest after "
              + curve.size()
              + " steps: give more steps or more time (VariationalSettings)");
    }
    double worth = effectiveSampleSize / logWeights.size();
    if (worth < SMALLEST_WORTH || (paretoK > WORST_SHAPE && worth < FULL_WORTH)) {
      result.add(
          String.format(
              Locale.ROOT,
              "the approximation has too little mass where the posterior has some: %d draws are worth"
                  + " %d when they are weighted, and the tail of the weights has the shape %.2f"
                  + " (reliable up to %.1f); take a flow or another objective, or McmcPosterior",
              logWeights.size(),
              Math.round(effectiveSampleSize),
              paretoK,
              WORST_SHAPE));
    }
    long outside = logWeights.stream().filter(w -> w == Double.NEGATIVE_INFINITY).count();
    if (outside > 0) {
      result.add(
          outside
              + " of "
              + logWeights.size()
              + " draws of the approximation lie where the posterior density is zero; take the"
              + " forward divergence, or McmcPosterior");
    }
    return List.copyOf(result);
  }
}
