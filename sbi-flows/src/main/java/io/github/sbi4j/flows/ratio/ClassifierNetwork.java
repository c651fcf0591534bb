package io.github.sbi4j.flows.ratio;

import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.Tensor;

/** A built classifier. */
@FunctionalInterface
public interface ClassifierNetwork {
  /**
   * {@return one number for each pair, B x 1}
   *
   * @param ops the evaluation
   * @param pairs features of parameters and observation side by side, B x I
   */
  Tensor apply(Operations ops, Tensor pairs);
}
