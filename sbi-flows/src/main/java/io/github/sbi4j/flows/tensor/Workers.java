package io.github.sbi4j.flows.tensor;

/**
 * Threads that share the batches of one training, which ends them by closing this. Results do not
 * depend on how many there are.
 */
public interface Workers extends AutoCloseable {
  /**
   * Adds the gradient of the mean loss of a batch to that of the weights.
   *
   * @param weights the weights, of this engine
   * @param rows the batch, B indices
   * @param loss the loss of each row; may be asked for parts of the batch, by several threads
   * @return the mean loss
   */
  double gradient(Weights weights, int[] rows, RowLoss loss);

  /**
   * Sums the loss over rows, without a gradient.
   *
   * @param weights the weights, of this engine
   * @param rows indices of any number of rows
   * @param loss the loss of each row; may be asked for parts of them, by several threads
   * @return the sum
   */
  double sum(Weights weights, int[] rows, RowLoss loss);

  /** Ends the threads. */
  @Override
  void close();
}
