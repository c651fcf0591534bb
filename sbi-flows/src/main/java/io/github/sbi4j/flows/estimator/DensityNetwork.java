package io.github.sbi4j.flows.estimator;

import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.Tensor;
import java.util.random.RandomGenerator;

/**
 * A conditional density q(target | context) whose weights lie in a layout; targets and contexts are
 * standardised.
 */
public interface DensityNetwork {
  /** {@return the number of target values, D} */
  int targets();

  /** {@return the number of context values, L} */
  int contexts();

  /**
   * The log-density of each target given the context of its row.
   *
   * @param ops the evaluation
   * @param target B x D
   * @param context B x L, or 1 x L for all
   * @return B x 1
   */
  Tensor logProb(Operations ops, Tensor target, Tensor context);

  /**
   * The log-density of some targets for each context; those of one context have the same values in
   * categorical columns.
   *
   * @param ops the evaluation
   * @param target (N draws) x D, those of the first context first
   * @param context N x L
   * @param draws the number of targets of each context
   * @return (N draws) x 1
   */
  default Tensor logProb(Operations ops, Tensor target, Tensor context, int draws) {
    return logProb(ops, target, context.rows() == 1 ? context : ops.repeatRows(context, draws));
  }

  /**
   * Draws for each context.
   *
   * @param ops the evaluation
   * @param context N x L
   * @param draws the number of draws for each context
   * @param random the source of chance
   * @return (N draws) x D, the draws of the first context first
   */
  Tensor sample(Operations ops, Tensor context, int draws, RandomGenerator random);
}
