package io.github.sbi4j.flows.tensor;

/** Turns the gradient that the last evaluations left into a step of the weights. */
public interface Optimizer {
  /**
   * Clips the gradient by its global norm, steps, and clears the gradient.
   *
   * @param learningRate the step size
   * @param maxNorm the largest norm let through; infinity for no clipping
   * @return the norm before clipping; where it is not finite no step is made
   */
  double step(double learningRate, double maxNorm);
}
