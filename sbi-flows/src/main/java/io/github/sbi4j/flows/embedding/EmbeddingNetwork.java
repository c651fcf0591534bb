package io.github.sbi4j.flows.embedding;

import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.Tensor;

/** A built embedding network. */
public interface EmbeddingNetwork {
  /** {@return the number of features it gives} */
  int outputs();

  /**
   * Computes the features of a batch of standardised observations.
   *
   * @param ops the evaluation
   * @param observations B x L
   * @return B x outputs
   */
  Tensor apply(Operations ops, Tensor observations);
}
