package io.github.sbi4j.core.abc;

import io.github.sbi4j.core.sample.Samples;
import java.util.List;

/**
 * A summary of L observed values in D: estimates of the posterior means of the parameters. Made by
 * {@link SemiAutomaticSummary#fit}; immutable.
 */
public final class FittedSummary {
  private final PolynomialFeatures features;
  private final LinearRegression regression;
  private final List<String> names;

  FittedSummary(PolynomialFeatures features, LinearRegression regression, List<String> names) {
    this.features = features;
    this.regression = regression;
    this.names = names;
  }

  /**
   * Summarises one observation.
   *
   * @param observation L values
   * @return D values, in the units of the parameters
   * @throws IllegalArgumentException if it does not have L values
   */
  public double[] of(double[] observation) {
    Require.sameLength(observation, features.mean().length);
    return regression.predict(features.of(observation));
  }

  /**
   * Summarises many observations.
   *
   * @param observations N rows of L values
   * @return N rows of D values, with the names of the parameters
   * @throws IllegalArgumentException if the rows do not have L values
   */
  public Samples of(Samples observations) {
    double[][] rows = new double[observations.rows()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = of(observations.row(i));
    }
    return Samples.copyOf(names, rows);
  }
}
