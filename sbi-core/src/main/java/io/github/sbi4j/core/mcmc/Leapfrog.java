package io.github.sbi4j.core.mcmc;

import java.util.Arrays;

/**
 * The leapfrog integrator of Hamiltonian dynamics, stopped in the middle of each step for the
 * gradient at the new position: p += &epsilon;/2 grad, q += &epsilon; M<sup>-1</sup> p, p +=
 * &epsilon;/2 grad.
 */
final class Leapfrog {
  private final Metric metric;
  private double stepSize;
  private double[] halfMomentum = {};
  private double[] position = {};

  Leapfrog(Metric metric) {
    this.metric = metric;
  }

  /** Begins a step; backwards in time if the step size is negative. */
  void begin(PhasePoint from, double stepSize) {
    this.stepSize = stepSize;
    halfMomentum = kicked(from.momentum, from.state.gradient);
    double[] velocity = metric.velocity(halfMomentum);
    position = from.state.position.clone();
    for (int d = 0; d < position.length; d++) {
      position[d] += stepSize * velocity[d];
    }
  }

  void writePoint(double[] positions, int offset) {
    System.arraycopy(position, 0, positions, offset, position.length);
  }

  /** Ends the step with what the target gave at the new position. */
  PhasePoint end(double logDensity, double[] gradients, int offset) {
    double[] gradient = Arrays.copyOfRange(gradients, offset, offset + position.length);
    ChainState state = new ChainState(position, logDensity, gradient);
    return new PhasePoint(state, kicked(halfMomentum, gradient), metric);
  }

  private double[] kicked(double[] momentum, double[] gradient) {
    double[] result = momentum.clone();
    for (int d = 0; d < result.length; d++) {
      result[d] += 0.5 * stepSize * gradient[d];
    }
    return result;
  }
}
