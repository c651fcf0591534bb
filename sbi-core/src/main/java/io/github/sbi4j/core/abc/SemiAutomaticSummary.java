package io.github.sbi4j.core.abc;

import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.Simulations;

/**
 * Semi-automatic summary statistics: one value for each parameter, its posterior mean as a linear
 * regression on the observed values and their powers gives it (Fearnhead and Prangle, 2012).
 *
 * <p>Many observed values become as few as there are parameters, which is what a distance needs to
 * accept more than chance. The regression learns from a pilot: the first simulations of a run,
 * which count against its budget. Immutable.
 */
public final class SemiAutomaticSummary {
  private final double pilotFraction;
  private final int degree;

  private SemiAutomaticSummary(double pilotFraction, int degree) {
    this.pilotFraction = pilotFraction;
    this.degree = degree;
  }

  /** {@return a linear regression on a quarter of the simulations} */
  public static SemiAutomaticSummary defaults() {
    return new SemiAutomaticSummary(0.25, 1);
  }

  /**
   * Sets which share of the simulations is the pilot.
   *
   * @param fraction a number strictly between 0 and 1
   * @return the changed settings
   * @throws IllegalArgumentException if it is not
   */
  public SemiAutomaticSummary withPilotFraction(double fraction) {
    return new SemiAutomaticSummary(Require.share("pilot fraction", fraction), degree);
  }

  /**
   * Sets the degree of the polynomials: the regression is on each observed value and its powers up
   * to that, without products of different values.
   *
   * @param highest the highest power, at least 1
   * @return the changed settings
   * @throws IllegalArgumentException if it is less than 1
   */
  public SemiAutomaticSummary withDegree(int highest) {
    return new SemiAutomaticSummary(pilotFraction, Require.atLeast("degree", highest, 1));
  }

  /** {@return which share of the simulations is the pilot} */
  public double pilotFraction() {
    return pilotFraction;
  }

  /** {@return the highest power} */
  public int degree() {
    return degree;
  }

  /** How many of a number of simulations are the pilot. */
  int pilotRows(int simulations) {
    return (int) (pilotFraction * simulations);
  }

  /**
   * Fits the regression.
   *
   * @param pilot simulations with parameters from the prior; failed ones are left out
   * @return the summary
   * @throws IllegalArgumentException if there are not at least two valid simulations more than
   *     coefficients, L times the degree
   */
  public FittedSummary fit(Simulations pilot) {
    Simulations valid = pilot.valid();
    Samples observations = valid.observations();
    int coefficients = Math.multiplyExact(observations.columns(), degree);
    if (valid.size() < coefficients + 2) {
      throw new IllegalArgumentException(
          "the pilot has "
              + valid.size()
              + " valid simulations for "
              + coefficients
              + " coefficients, expected at least "
              + (coefficients + 2)
              + "; give a larger pilot, a lower degree or fewer observed values");
    }
    PolynomialFeatures features = PolynomialFeatures.of(observations, degree);
    LinearRegression regression =
        LinearRegression.fit(
            features.of(observations.toArray()),
            valid.parameters().toArray(),
            Weights.equal(valid.size()));
    return new FittedSummary(features, regression, valid.parameters().names());
  }
}
