package io.github.sbi4j.ppl.draws;

import io.github.sbi4j.core.sample.ParetoSmoothing;
import java.util.Arrays;
import java.util.Locale;

/**
 * How well a model predicts each observation from all others, estimated from one posterior by
 * Pareto-smoothed importance sampling (Vehtari, Gelman and Gabry 2017, Stat. Comput. 27).
 *
 * <p>Draws are taken for independent when the tail's length is chosen; for chains of NUTS that
 * makes little difference.
 *
 * @param pointwise log p(y<sub>i</sub> | y<sub>-i</sub>) of each observation, n numbers
 * @param paretoK the shape of each observation's importance weights; above 0.7 its number cannot be
 *     trusted: fit the model without that observation
 * @param effectiveParameters how much better the observations are predicted with themselves among
 *     the data
 */
public record LeaveOneOut(double[] pointwise, double[] paretoK, double effectiveParameters) {
  /** Above it an importance sampling estimate is not to be trusted. */
  public static final double UNRELIABLE = 0.7;

  /**
   * The estimate from log-likelihoods.
   *
   * @param logLikelihood for each of S draws the log-likelihoods of n observations
   * @return the estimate
   * @throws IllegalArgumentException if there is no draw, or a log-likelihood is not finite
   */
  public static LeaveOneOut of(double[][] logLikelihood) {
    int n = PointwiseLogs.check(logLikelihood);
    double[] pointwise = new double[n];
    double[] paretoK = new double[n];
    double total = 0;
    for (int i = 0; i < n; i++) {
      double[] logs = PointwiseLogs.column(logLikelihood, i);
      ParetoSmoothing weights = ParetoSmoothing.of(Arrays.stream(logs).map(log -> -log).toArray());
      double[] weighted = weights.logWeights();
      for (int s = 0; s < logs.length; s++) {
        weighted[s] += logs[s];
      }
      pointwise[i] = PointwiseLogs.logSumExp(weighted);
      paretoK[i] = weights.shape();
      total += PointwiseLogs.logSumExp(logs) - Math.log(logs.length);
    }
    return new LeaveOneOut(pointwise, paretoK, total - Arrays.stream(pointwise).sum());
  }

  /** {@return the expected log pointwise predictive density: the sum over observations} */
  public double elpd() {
    return Arrays.stream(pointwise).sum();
  }

  /** {@return the standard error of {@link #elpd} over observations} */
  public double standardError() {
    return PointwiseLogs.standardError(pointwise);
  }

  /** {@return how many observations have a shape above {@link #UNRELIABLE}} */
  public int unreliable() {
    return (int) Arrays.stream(paretoK).filter(k -> k > UNRELIABLE).count();
  }

  /**
   * How much better this model predicts than another one.
   *
   * @param other the estimate of another model for the same observations
   * @return the difference of the two {@link #elpd}, and its standard error
   * @throws IllegalArgumentException if the numbers of observations differ
   */
  public Difference minus(LeaveOneOut other) {
    if (other.pointwise.length != pointwise.length) {
      throw new IllegalArgumentException(
          "the models have "
              + pointwise.length
              + " and "
              + other.pointwise.length
              + " observations; compare them on the same data");
    }
    double[] differences = new double[pointwise.length];
    Arrays.setAll(differences, i -> pointwise[i] - other.pointwise[i]);
    return new Difference(
        Arrays.stream(differences).sum(), PointwiseLogs.standardError(differences));
  }

  /**
   * The difference of two estimates.
   *
   * @param elpd the difference; above zero where the first predicts better
   * @param standardError its standard error over observations
   */
  public record Difference(double elpd, double standardError) {}

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "elpd %.2f +- %.2f, %.2f effective parameters, %d of %d observations with k > %.1f",
        elpd(),
        standardError(),
        effectiveParameters,
        unreliable(),
        pointwise.length,
        UNRELIABLE);
  }
}
