package io.github.sbi4j.core.mcmc;

import io.github.sbi4j.core.distribution.Bijection;

/** A differentiable density under constraints as one over R^D. */
final class UnconstrainedDifferentiableLogDensity extends UnconstrainedLogDensity
    implements DifferentiableLogDensity {
  private final DifferentiableLogDensity target;

  UnconstrainedDifferentiableLogDensity(DifferentiableLogDensity target, Bijection bijection) {
    super(target, bijection);
    this.target = target;
  }

  @Override
  public DifferentiableLogDensity unconstrained(Bijection outer) {
    return new UnconstrainedDifferentiableLogDensity(this, outer);
  }

  @Override
  public void logDensitiesAndGradients(
      int count, double[] positions, double[] values, double[] gradients) {
    int dimension = dimension();
    double[] logDeterminants = new double[count];
    double[] constrained = constrain(count, positions, logDeterminants);
    target.logDensitiesAndGradients(count, constrained, values, gradients);
    add(logDeterminants, values);
    double[] point = new double[dimension];
    double[] gradient = new double[dimension];
    for (int i = 0; i < count; i++) {
      System.arraycopy(positions, i * dimension, point, 0, dimension);
      System.arraycopy(gradients, i * dimension, gradient, 0, dimension);
      bijection.pullBack(point, gradient, gradient);
      System.arraycopy(gradient, 0, gradients, i * dimension, dimension);
    }
  }
}
