package io.github.sbi4j.core.mcmc;

/** A kernel that follows gradients. */
interface GradientKernel extends Kernel<DifferentiableLogDensity> {
  @Override
  default void evaluate(
      DifferentiableLogDensity target,
      int count,
      double[] positions,
      double[] values,
      double[] gradients) {
    target.logDensitiesAndGradients(count, positions, values, gradients);
  }

  @Override
  default boolean usesGradients() {
    return true;
  }
}
