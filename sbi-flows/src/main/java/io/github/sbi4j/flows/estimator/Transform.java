package io.github.sbi4j.flows.estimator;

import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.Tensor;
import io.github.sbi4j.flows.tensor.Transformed;

/** An invertible map of the target, given the context, from data towards the base distribution. */
interface Transform {
  /** Maps B x D targets towards the base distribution; B rows of context, or one for all. */
  Transformed forward(Operations ops, Tensor target, Tensor context);

  /** Maps B x D points back; B rows of context, or one for all. */
  Tensor inverse(Operations ops, Tensor point, Tensor context);
}
