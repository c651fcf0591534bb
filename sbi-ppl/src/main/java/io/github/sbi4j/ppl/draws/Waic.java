package io.github.sbi4j.ppl.draws;

import java.util.Arrays;
import java.util.Locale;

/**
 * The widely applicable information criterion (Watanabe 2010, JMLR 11), on the scale of log
 * densities. {@link LeaveOneOut} estimates the same and says where it cannot be trusted.
 *
 * @param pointwise the log predictive density of each observation less its variance, n numbers
 * @param effectiveParameters the sum of the variances of the log-likelihoods
 */
public record Waic(double[] pointwise, double effectiveParameters) {
  /**
   * The criterion from log-likelihoods.
   *
   * @param logLikelihood for each of S draws the log-likelihoods of n observations
   * @return the criterion
   * @throws IllegalArgumentException if there are fewer than two draws, or a log-likelihood is not
   *     finite
   */
  public static Waic of(double[][] logLikelihood) {
    int n = PointwiseLogs.check(logLikelihood);
    double[] pointwise = new double[n];
    double penalty = 0;
    for (int i = 0; i < n; i++) {
      double[] logs = PointwiseLogs.column(logLikelihood, i);
      double mean = Arrays.stream(logs).average().orElseThrow();
      double squares = Arrays.stream(logs).map(log -> (log - mean) * (log - mean)).sum();
      double variance = squares / (logs.length - 1);
      pointwise[i] = PointwiseLogs.logSumExp(logs) - Math.log(logs.length) - variance;
      penalty += variance;
    }
    return new Waic(pointwise, penalty);
  }

  /** {@return the expected log pointwise predictive density: the sum over observations} */
  public double elpd() {
    return Arrays.stream(pointwise).sum();
  }

  /** {@return the standard error of {@link #elpd} over observations} */
  public double standardError() {
    return PointwiseLogs.standardError(pointwise);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "elpd %.2f +- %.2f, %.2f effective parameters",
        elpd(),
        standardError(),
        effectiveParameters);
  }
}
