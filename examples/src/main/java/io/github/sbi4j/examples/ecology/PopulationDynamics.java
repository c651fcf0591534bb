package io.github.sbi4j.examples.ecology;

import org.apache.commons.math3.ode.FirstOrderDifferentialEquations;
import org.apache.commons.math3.ode.nonstiff.DormandPrince853Integrator;

/**
 * The Lotka-Volterra equations of prey x and predators y,
 *
 * <pre>
 *   dx/dt = (alpha - beta y) x,    dy/dt = (-gamma + delta x) y,
 * </pre>
 *
 * <p>integrated for log x and log y, so that a population never turns negative however small it
 * gets.
 *
 * @param alpha growth rate of the prey without predators, per year
 * @param beta rate at which one unit of predators takes prey, per year
 * @param gamma death rate of the predators without prey, per year
 * @param delta rate at which one unit of prey feeds predators, per year
 */
public record PopulationDynamics(double alpha, double beta, double gamma, double delta)
    implements FirstOrderDifferentialEquations {
  private static final double TOLERANCE = 1e-6;
  private static final double LOG_GREATEST = 100;
  private static final int MAX_EVALUATIONS = 100_000;

  /** The number of populations, 2. */
  @Override
  public int getDimension() {
    return 2;
  }

  @Override
  public void computeDerivatives(double time, double[] logs, double[] derivatives) {
    derivatives[0] = alpha - beta * population(logs[1]);
    derivatives[1] = delta * population(logs[0]) - gamma;
  }

  /**
   * Finite where a trial step overshoots, so that the solver sees its error and takes a shorter
   * one.
   */
  private static double population(double log) {
    return Math.exp(Math.min(log, LOG_GREATEST));
  }

  /**
   * Follows both populations from year to year.
   *
   * @param prey the prey in year 0, positive
   * @param predators the predators in year 0, positive
   * @param years the number of years T, the first included
   * @return the logarithms of the prey and of the predators, 2 rows of T values
   * @throws ArithmeticException if a population passes exp(100)
   * @throws org.apache.commons.math3.exception.MathIllegalStateException if the equations are so
   *     stiff that the solver gives up
   */
  public double[][] logPopulations(double prey, double predators, int years) {
    DormandPrince853Integrator integrator =
        new DormandPrince853Integrator(1e-9, 1, TOLERANCE, TOLERANCE);
    integrator.setMaxEvaluations(MAX_EVALUATIONS);
    double[] logs = {Math.log(prey), Math.log(predators)};
    double[][] populations = new double[2][years];
    for (int year = 0; year < years; year++) {
      if (year > 0) {
        integrator.integrate(this, year - 1, logs, year, logs);
        if (!(Math.max(logs[0], logs[1]) < LOG_GREATEST)) {
          throw new ArithmeticException(
              "a population passes exp(" + LOG_GREATEST + ") in year " + year + " of " + this);
        }
      }
      populations[0][year] = logs[0];
      populations[1][year] = logs[1];
    }
    return populations;
  }
}
