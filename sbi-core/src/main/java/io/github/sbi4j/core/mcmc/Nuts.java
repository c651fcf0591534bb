package io.github.sbi4j.core.mcmc;

/**
 * The No-U-Turn sampler with Stan's warm-up: the sampler to try first where there are gradients.
 * See {@link NutsKernel}.
 */
public final class Nuts implements ChainSampler<DifferentiableLogDensity> {
  private static final Nuts DEFAULTS = new Nuts(HamiltonianSettings.DEFAULTS, 10);

  private final HamiltonianSettings hamiltonian;
  private final int maxTreeDepth;

  private Nuts(HamiltonianSettings hamiltonian, int maxTreeDepth) {
    this.hamiltonian = hamiltonian;
    this.maxTreeDepth = maxTreeDepth;
  }

  /**
   * {@return a target acceptance of 0.8, a diagonal metric, at most 10 doublings of a trajectory}
   */
  public static Nuts defaults() {
    return DEFAULTS;
  }

  /**
   * Sets the mean acceptance to which the step size adapts; more costs evaluations and avoids
   * divergences.
   *
   * @param targetAcceptance a number between 0 and 1
   * @return the changed settings
   */
  public Nuts withTargetAcceptance(double targetAcceptance) {
    return new Nuts(hamiltonian.withTargetAcceptance(targetAcceptance), maxTreeDepth);
  }

  /**
   * Learns a full covariance matrix as metric: D<sup>2</sup> work a step, fewer steps where
   * coordinates are correlated. The warm-up needs clearly more steps than there are coordinates.
   *
   * @return the changed settings
   */
  public Nuts withDenseMetric() {
    return new Nuts(hamiltonian.withDense(true), maxTreeDepth);
  }

  /**
   * Learns a variance for each coordinate as metric.
   *
   * @return the changed settings
   */
  public Nuts withDiagonalMetric() {
    return new Nuts(hamiltonian.withDense(false), maxTreeDepth);
  }

  /**
   * Sets where the search for a step size begins.
   *
   * @param stepSize a positive number, 1 by default
   * @return the changed settings
   */
  public Nuts withInitialStepSize(double stepSize) {
    return new Nuts(hamiltonian.withStepSize(stepSize), maxTreeDepth);
  }

  /**
   * Sets how often a trajectory may double: it has up to 2<sup>depth</sup> - 1 evaluations.
   *
   * @param maxTreeDepth 1 to 20
   * @return the changed settings
   */
  public Nuts withMaxTreeDepth(int maxTreeDepth) {
    return new Nuts(hamiltonian, NutsKernel.checkDepth(maxTreeDepth));
  }

  int maxTreeDepth() {
    return maxTreeDepth;
  }

  @Override
  public Adaptation<DifferentiableLogDensity> adaptation(int dimension, int warmUp) {
    return new WindowedAdaptation(
        dimension,
        warmUp,
        hamiltonian,
        (stepSize, metric) -> NutsKernel.of(stepSize, metric, maxTreeDepth));
  }
}
