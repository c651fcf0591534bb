package io.github.sbi4j.analysis.diagnostic;

/**
 * A number made of parameters and data, which is ranked as a parameter is.
 *
 * <p>Quantities of the data see what parameters alone do not: a posterior that is the prior passes
 * every test of the parameters, and fails that of the log-likelihood (Modr&aacute;k et al. 2023,
 * Simulation-based calibration checking for Bayesian computation).
 */
@FunctionalInterface
public interface TestQuantity {
  /**
   * {@return the number; not NaN}
   *
   * @param parameters D values, true ones or a posterior draw
   * @param observation L values
   */
  double of(double[] parameters, double[] observation);
}
