package io.github.sbi4j.flows.tensor;

/** The loss of a batch of rows of the training table. */
@FunctionalInterface
public interface RowLoss {
  /**
   * The loss of each row.
   *
   * @param ops the evaluation
   * @param rows B indices of rows
   * @return B x 1
   */
  Tensor of(Operations ops, int[] rows);
}
