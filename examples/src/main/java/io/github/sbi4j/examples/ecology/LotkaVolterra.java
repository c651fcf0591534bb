package io.github.sbi4j.examples.ecology;

import io.github.sbi4j.core.simulation.Simulator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Yearly pelts of prey and predators that follow {@link PopulationDynamics} with log-normal noise:
 * D = 8 parameters to L = 2 T values for T years.
 *
 * <p>The parameters, in this order: the rates alpha, beta, gamma and delta; the populations in year
 * 0, hare_0 and lynx_0, in thousands of pelts; and the standard deviations of the noise of the
 * logarithms, sigma_hare and sigma_lynx. The observation holds the logarithms of the T hare figures
 * and then of the T lynx figures. A company counts whole pelts, so that nothing is recorded below
 * one, 0.001 thousand; this also keeps every value finite where a population dies out. Parameters
 * with which the solver gives up cost their row of the simulations.
 *
 * @param years T, the number of years
 */
public record LotkaVolterra(int years) implements Simulator {
  private static final List<String> PARAMETERS =
      List.of("alpha", "beta", "gamma", "delta", "hare_0", "lynx_0", "sigma_hare", "sigma_lynx");
  private static final double LOG_ONE_PELT = Math.log(0.001);

  /** Checks that there is something to observe. */
  public LotkaVolterra {
    if (years < 1) {
      throw new IllegalArgumentException("the series has " + years + " years; expected 1 or more");
    }
  }

  /** The names of the parameters. */
  public static List<String> parameterNames() {
    return PARAMETERS;
  }

  @Override
  public double[] simulate(double[] parameters, RandomGenerator random) {
    double[][] populations = logPopulations(parameters);
    double[] pelts = new double[2 * years];
    for (int year = 0; year < years; year++) {
      pelts[year] = pelt(populations[0][year], parameters[6], random);
      pelts[years + year] = pelt(populations[1][year], parameters[7], random);
    }
    return pelts;
  }

  /**
   * The noise-free populations.
   *
   * @param parameters the D = 8 parameters, all positive
   * @return the logarithms of the prey and of the predators, 2 rows of T values
   */
  public double[][] logPopulations(double[] parameters) {
    if (parameters.length != PARAMETERS.size()) {
      throw new IllegalArgumentException(
          parameters.length
              + " parameters given; the model takes "
              + PARAMETERS.size()
              + ": "
              + PARAMETERS);
    }
    for (int d = 0; d < parameters.length; d++) {
      if (!(parameters[d] > 0)) {
        throw new IllegalArgumentException(
            PARAMETERS.get(d) + " = " + parameters[d] + "; expected a positive value");
      }
    }
    return new PopulationDynamics(parameters[0], parameters[1], parameters[2], parameters[3])
        .logPopulations(parameters[4], parameters[5], years);
  }

  private static double pelt(double logPopulation, double deviation, RandomGenerator random) {
    return Math.max(LOG_ONE_PELT, logPopulation + deviation * random.nextGaussian());
  }
}
