package io.github.sbi4j.flows.potential;

import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.Tensor;

/**
 * What learned networks say of M trials that stay the same, each of one of G groups with parameters
 * of their own: log q(x<sub>m</sub> | theta<sub>g(m)</sub>) or log r(theta<sub>g(m)</sub>,
 * x<sub>m</sub>).
 *
 * <p>They are laid out as rows: each has the parameters of one group and a fixed number of terms,
 * of which some may belong to no trial, and some to several.
 */
public interface GroupedTerms {
  /** {@return the number of trials, M} */
  int trials();

  /** {@return the number of groups, G} */
  int groups();

  /** {@return the number of rows, R} */
  int rows();

  /** {@return the number of terms of each row, W} */
  int width();

  /**
   * {@return the group whose parameters a row has}
   *
   * @param row its index
   */
  int group(int row);

  /**
   * {@return the term of a trial, from 0 to R W - 1, the terms of the first row first}
   *
   * @param trial its index
   */
  int term(int trial);

  /**
   * Prepares some rows, for several chains.
   *
   * @param parameters for each chain those of each row, n (to - from) x D
   * @param from the first row
   * @param to the last and one
   * @return the n (to - from) W terms
   */
  Block block(double[][] parameters, int from, int to);

  /** The terms of some rows for several chains, for one evaluation after the other. */
  interface Block {
    /**
     * {@return what is added to a term: the log-determinant of the way to the coordinates that
     * networks see, -Infinity where the trial cannot occur}
     *
     * @param term its index in this block
     */
    double offset(int term);

    /**
     * Computes the terms.
     *
     * @param ops the evaluation, with the weights of the member
     * @param member the member of the ensemble, from 0
     * @param differentiable whether {@link #addGradient} will be asked for
     * @return as many values as there are terms, in their order
     */
    Tensor terms(Operations ops, int member, boolean differentiable);

    /**
     * Adds the gradient with respect to the parameters of each row, after {@link #terms} and {@link
     * Operations#backward}.
     *
     * @param ops the evaluation
     * @param gradients n (to - from) x D, added to
     */
    void addGradient(Operations ops, double[][] gradients);

    /**
     * Adds the gradient of the weighted sum of offsets; nothing unless they depend on the
     * parameters.
     *
     * @param weights one for each term
     * @param gradients n (to - from) x D, added to
     */
    default void addOffsetGradient(float[] weights, double[][] gradients) {}
  }
}
