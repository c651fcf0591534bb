package io.github.sbi4j.flows.potential;

import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.Tensor;

/**
 * What learned networks say of each pair of a row of parameters and a trial: log q(x | theta) or
 * log r(theta, x), for M trials that stay the same.
 */
public interface PairTerms {
  /** {@return the number of trials, M} */
  int trials();

  /**
   * {@return where groups of trials end that are to be evaluated each by itself, rising; the last
   * is M}
   */
  default int[] groupEnds() {
    return new int[] {trials()};
  }

  /**
   * Prepares the pairs of some rows with some trials.
   *
   * @param parameters n x D
   * @param from the first trial
   * @param to the last and one, of the same group
   * @return the n (to - from) pairs, the trials of the first row first
   */
  Block block(double[][] parameters, int from, int to);

  /** The pairs of some rows of parameters with some trials, for one evaluation after the other. */
  interface Block {
    /**
     * {@return what is added to the term of a pair: the log-determinant of the way to the
     * coordinates that networks see, -Infinity where the trial cannot occur}
     *
     * @param pair its index
     */
    double offset(int pair);

    /**
     * Computes the terms.
     *
     * @param ops the evaluation, with the weights of the member
     * @param member the member of the ensemble, from 0
     * @param differentiable whether {@link #addGradient} will be asked for
     * @return a column of one value a pair
     */
    Tensor terms(Operations ops, int member, boolean differentiable);

    /**
     * Adds the gradient with respect to the parameters, after {@link #terms} and {@link
     * Operations#backward}.
     *
     * @param ops the evaluation
     * @param gradients n x D, added to
     */
    void addGradient(Operations ops, double[][] gradients);

    /**
     * Adds the gradient of the offsets with respect to the parameters; nothing unless they depend
     * on them.
     *
     * @param gradients n x D, added to
     */
    default void addOffsetGradient(double[][] gradients) {}
  }
}
