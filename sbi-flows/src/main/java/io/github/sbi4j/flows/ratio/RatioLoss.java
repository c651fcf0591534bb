package io.github.sbi4j.flows.ratio;

import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.Tensor;

/**
 * How a classifier of pairs learns log r(theta, x): from its outputs f for each observation with
 * its own parameters and with those of other simulations, which are draws of p(theta) independent
 * of x.
 */
public sealed interface RatioLoss permits Aalr, Sre, Contrastive, Balanced {
  /** {@return the number of parameter rows that each observation is paired with, its own first} */
  int atoms();

  /**
   * {@return the loss of each observation, B x 1}
   *
   * @param ops the evaluation
   * @param logits f of each observation with K parameter rows, B x K, its own first; K is {@link
   *     #atoms()}, or less where there are fewer simulations, and at least 2
   */
  Tensor of(Operations ops, Tensor logits);

  /**
   * {@return whether the loss of a row is the same in any batch, so that a difference of losses has
   * the standard error of a mean over rows}
   */
  default boolean isSumOverRows() {
    return true;
  }
}
