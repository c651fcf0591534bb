package io.github.sbi4j.flows.estimator;

import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.Tensor;
import io.github.sbi4j.flows.tensor.Transformed;

/** An invertible map of the target, given the context, from data towards the base distribution. */
interface Transform {
  /**
   * Maps B x D targets towards the base distribution; B rows of context, or fewer, each for as many
   * targets in succession.
   */
  Transformed forward(Operations ops, Tensor target, Tensor context);

  /** Maps B x D points back; B rows of context, or one for all. */
  Tensor inverse(Operations ops, Tensor point, Tensor context);

  /** What was computed from contexts, a row for each target; or the one row for all. */
  static Tensor forEach(Operations ops, Tensor ofContexts, int targets) {
    int rows = ofContexts.rows();
    return rows == 1 ? ofContexts : ops.repeatRows(ofContexts, targets / rows);
  }
}
