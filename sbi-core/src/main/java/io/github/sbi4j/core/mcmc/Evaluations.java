package io.github.sbi4j.core.mcmc;

/** What samplers make of a target's values. */
final class Evaluations {
  private Evaluations() {}

  /** NaN and +Infinity are no densities: a chain must neither go there nor wait there. */
  static double clean(double logDensity) {
    return logDensity < Double.POSITIVE_INFINITY ? logDensity : Double.NEGATIVE_INFINITY;
  }
}
