package io.github.sbi4j.analysis.metric;

import io.github.sbi4j.analysis.diagnostic.Diagnosis;
import io.github.sbi4j.analysis.diagnostic.Finding;
import io.github.sbi4j.analysis.diagnostic.Verdict;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.flows.posterior.DirectPosterior;
import io.github.sbi4j.flows.posterior.EnsemblePosterior;
import io.github.sbi4j.flows.posterior.Posterior;
import io.github.sbi4j.flows.posterior.UnnormalizedPosterior;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The negative log-probability of true parameters: the mean of {@code -log q(theta | x)} over pairs
 * that were simulated from the prior and not trained on.
 *
 * <p>In expectation it is smallest for the exact posterior, so that of two posteriors over the same
 * pairs the smaller one is the better. Its distance from the mean of {@code -log p(theta)} is what
 * the posterior knows beyond the prior, in nats; a right posterior never knows less than nothing,
 * and gives every true parameter a positive density.
 *
 * @param values {@code -log q(theta_i | x_i)} of each of the N pairs, +Infinity where the density
 *     is zero
 * @param mean their mean, +Infinity if one of them is
 * @param standardError the standard error of the mean; NaN if that is infinite
 * @param gain the mean of {@code log q(theta | x) - log p(theta)} where the density is positive, in
 *     nats
 * @param gainError the standard error of the gain
 */
public record NegativeLogProbability(
    List<Double> values, double mean, double standardError, double gain, double gainError)
    implements Diagnosis {
  private static final double ERRORS_BELOW = 3;
  private static final double ALARM = 0.00135;

  /**
   * Copies the list of values.
   *
   * @param values {@code -log q(theta_i | x_i)} of each pair
   * @param mean their mean
   * @param standardError the standard error of the mean
   * @param gain the mean of {@code log q(theta | x) - log p(theta)}
   * @param gainError the standard error of the gain
   */
  public NegativeLogProbability {
    values = List.copyOf(values);
  }

  /**
   * Evaluates a posterior at the true parameters of simulations.
   *
   * @param posterior a posterior with a normalised density
   * @param simulations N simulations with parameters from the prior, not trained on; failed ones
   *     are left out
   * @return the mean and what belongs to it
   * @throws IllegalArgumentException if the density is known up to a constant only, or fewer than
   *     two simulations are valid
   */
  public static NegativeLogProbability of(Posterior posterior, Simulations simulations) {
    if (unnormalized(posterior)) {
      throw new IllegalArgumentException(
          "the density of "
              + posterior.getClass().getSimpleName()
              + " is known up to a constant that differs between observations; take a posterior with"
              + " a normalised density, such as that of SNPE or a VariationalPosterior");
    }
    Simulations valid = simulations.valid();
    if (valid.size() < 2) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d of %d simulations are valid; give at least 2",
              valid.size(),
              simulations.size()));
    }
    double[] logs = logProb(posterior, valid);
    Samples parameters = valid.parameters();
    List<Double> values = new ArrayList<>();
    double[] gains = new double[logs.length];
    for (int i = 0; i < logs.length; i++) {
      values.add(-logs[i]);
      gains[i] = logs[i] - posterior.prior().logProb(parameters.row(i));
    }
    double[] possible = Arrays.stream(gains).filter(Double::isFinite).toArray();
    double[] negative = values.stream().mapToDouble(Double::doubleValue).toArray();
    return new NegativeLogProbability(
        values, mean(negative), standardError(negative), mean(possible), standardError(possible));
  }

  private static boolean unnormalized(Posterior posterior) {
    return posterior instanceof UnnormalizedPosterior
        || posterior instanceof EnsemblePosterior ensemble
            && ensemble.members().stream().anyMatch(NegativeLogProbability::unnormalized);
  }

  private static double[] logProb(Posterior posterior, Simulations valid) {
    double[][] parameters = valid.parameters().toArray();
    double[][] observations = valid.observations().toArray();
    if (posterior instanceof DirectPosterior direct) {
      return direct.logProbEach(parameters, observations);
    }
    double[] logs = new double[parameters.length];
    Arrays.setAll(logs, i -> posterior.given(observations[i]).logProb(parameters[i]));
    return logs;
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  private static double standardError(double[] values) {
    double mean = mean(values);
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(squares / (values.length - 1.0) / values.length);
  }

  /** {@return the indices of the pairs whose true parameters have no density} */
  public int[] impossible() {
    return IntStream.range(0, values.size())
        .filter(i -> Double.isInfinite(values.get(i)))
        .toArray();
  }

  @Override
  public String name() {
    return "negative log-probability of true parameters";
  }

  @Override
  public List<Finding> findings() {
    int none = impossible().length;
    Finding possible =
        new Finding(
            "support",
            none == 0 ? Verdict.PASS : Verdict.FAIL,
            "true parameters without density",
            none,
            0,
            0,
            none == 0
                ? String.format(
                    Locale.ROOT, "all %d true parameters have a positive density", values.size())
                : String.format(
                    Locale.ROOT,
                    "%d of %d true parameters are impossible to the posterior, the first in row %d",
                    none,
                    values.size(),
                    impossible()[0]));
    boolean worse = !(gain >= -ERRORS_BELOW * gainError);
    Finding informed =
        new Finding(
            "posterior",
            worse ? Verdict.FAIL : Verdict.PASS,
            "information beyond the prior, in nats",
            gain,
            -ERRORS_BELOW * gainError,
            ALARM,
            String.format(
                Locale.ROOT,
                "mean %.3f (standard error %.3f), %.3f nats %s than the prior",
                mean,
                standardError,
                Math.abs(gain),
                gain < 0 ? "worse" : "better"));
    return List.of(possible, informed);
  }
}
