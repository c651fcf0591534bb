package io.github.sbi4j.core.mcmc;

import java.util.random.RandomGenerator;

/**
 * A Markov kernel that leaves a target unchanged: if the state is drawn from the target, so is the
 * one after a step. Immutable; adaptation makes another kernel.
 *
 * @param <T> what it needs of a target
 */
public interface Kernel<T extends LogDensity> {
  /**
   * Begins a transition, to be driven along with those of other chains.
   *
   * @param state where the chain is
   * @param random the chain's source of chance
   * @return the transition, stopped at its first point
   */
  Transition begin(ChainState state, RandomGenerator random);

  /**
   * Evaluates of a target what this kernel needs.
   *
   * @param target the target
   * @param count the number of points, B
   * @param positions the points, B x D numbers
   * @param values receives B log densities
   * @param gradients receives B x D derivatives if the kernel uses them
   */
  void evaluate(T target, int count, double[] positions, double[] values, double[] gradients);

  /** {@return whether the kernel uses gradients} */
  boolean usesGradients();

  /**
   * The state of a chain at a point.
   *
   * @param target the target
   * @param position the point, D numbers
   * @return the state there
   * @throws IllegalArgumentException if the point does not have D numbers or the log density or
   *     gradient there is not finite
   */
  default ChainState init(T target, double... position) {
    double[] point = Require.length("position", position, target.dimension()).clone();
    double[] value = new double[1];
    double[] gradient = new double[usesGradients() ? point.length : 0];
    evaluate(target, 1, point.clone(), value, gradient);
    Require.startable("the initial point", point, value[0], gradient);
    return new ChainState(point, value[0], gradient);
  }

  /**
   * One step of a single chain.
   *
   * @param target the target
   * @param state where the chain is
   * @param random the source of chance
   * @return the next state and how it came about
   */
  default Step step(T target, ChainState state, RandomGenerator random) {
    Transition transition = begin(state, random);
    double[] point = new double[target.dimension()];
    double[] value = new double[1];
    double[] gradient = new double[usesGradients() ? point.length : 0];
    do {
      transition.writePoint(point, 0);
      evaluate(target, 1, point, value, gradient);
    } while (transition.advance(Evaluations.clean(value[0]), gradient, 0));
    return transition.step();
  }
}
