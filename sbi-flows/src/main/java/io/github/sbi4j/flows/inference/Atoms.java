package io.github.sbi4j.flows.inference;

import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.Tensor;

/** Parameters of rows beside observations of other rows, as networks see them. */
interface Atoms {
  /**
   * Pairs as networks see them.
   *
   * @param points v, a row a pair
   * @param logWeights log |det dv/dtheta| - log p(theta), one value a pair
   */
  record Seen(Tensor points, Tensor logWeights) {}

  /**
   * {@return each row of a batch beside the parameters of as many rows each}
   *
   * @param ops computes
   * @param batch the rows whose observations are taken, B
   * @param own the rows whose parameters are taken, a multiple of B, those of each row of the batch
   *     in a row
   */
  Seen of(Operations ops, int[] batch, int[] own);
}
