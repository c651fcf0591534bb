package io.github.sbi4j.core.mcmc;

import java.util.random.RandomGenerator;

/** A point of phase space: a state of the chain and a momentum. Immutable; arrays are shared. */
final class PhasePoint {
  final ChainState state;
  final double[] momentum;

  /** M<sup>-1</sup> p. */
  final double[] velocity;

  /** -log p(q) + p<sup>T</sup> M<sup>-1</sup> p / 2, or +Infinity where that is no number. */
  final double energy;

  PhasePoint(ChainState state, double[] momentum, Metric metric) {
    this.state = state;
    this.momentum = momentum;
    this.velocity = metric.velocity(momentum);
    double kinetic = 0;
    for (int d = 0; d < momentum.length; d++) {
      kinetic += momentum[d] * velocity[d];
    }
    double sum = 0.5 * kinetic - state.logDensity;
    this.energy = Double.isNaN(sum) ? Double.POSITIVE_INFINITY : sum;
  }

  /** The state with a fresh momentum. */
  static PhasePoint refresh(ChainState state, Metric metric, RandomGenerator random) {
    return new PhasePoint(state, metric.momentum(random), metric);
  }
}
