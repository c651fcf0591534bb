package io.github.sbi4j.core.mcmc;

/**
 * Hamiltonian Monte Carlo with Stan's warm-up and trajectories of random length. See {@link
 * HmcKernel}.
 */
public final class Hmc implements ChainSampler<DifferentiableLogDensity> {
  private static final Hmc DEFAULTS = new Hmc(HamiltonianSettings.DEFAULTS, Math.PI);

  private final HamiltonianSettings hamiltonian;
  private final double integrationTime;

  private Hmc(HamiltonianSettings hamiltonian, double integrationTime) {
    this.hamiltonian = hamiltonian;
    this.integrationTime = integrationTime;
  }

  /**
   * {@return a target acceptance of 0.8, a diagonal metric, trajectories up to a length of &pi;}
   */
  public static Hmc defaults() {
    return DEFAULTS;
  }

  /**
   * Sets the mean acceptance to which the step size adapts; more costs evaluations and avoids
   * divergences.
   *
   * @param targetAcceptance a number between 0 and 1
   * @return the changed settings
   */
  public Hmc withTargetAcceptance(double targetAcceptance) {
    return new Hmc(hamiltonian.withTargetAcceptance(targetAcceptance), integrationTime);
  }

  /**
   * Learns a full covariance matrix as metric: D<sup>2</sup> work a step, fewer steps where
   * coordinates are correlated. The warm-up needs clearly more steps than there are coordinates.
   *
   * @return the changed settings
   */
  public Hmc withDenseMetric() {
    return new Hmc(hamiltonian.withDense(true), integrationTime);
  }

  /**
   * Learns a variance for each coordinate as metric.
   *
   * @return the changed settings
   */
  public Hmc withDiagonalMetric() {
    return new Hmc(hamiltonian.withDense(false), integrationTime);
  }

  /**
   * Sets where the search for a step size begins.
   *
   * @param stepSize a positive number, 1 by default
   * @return the changed settings
   */
  public Hmc withInitialStepSize(double stepSize) {
    return new Hmc(hamiltonian.withStepSize(stepSize), integrationTime);
  }

  /**
   * Sets the longest integration time of a trajectory, in units in which the adapted target has
   * about unit scale; lengths are uniform up to it.
   *
   * @param integrationTime a positive number
   * @return the changed settings
   */
  public Hmc withIntegrationTime(double integrationTime) {
    return new Hmc(hamiltonian, Require.positive("integration time", integrationTime));
  }

  @Override
  public Adaptation<DifferentiableLogDensity> adaptation(int dimension, int warmUp) {
    return new WindowedAdaptation(
        dimension,
        warmUp,
        hamiltonian,
        (stepSize, metric) -> HmcKernel.of(stepSize, metric, integrationTime));
  }
}
