package io.github.sbi4j.flows.tensor;

/**
 * A matrix of float32 values kept on an engine's device from which batches of rows are taken; freed
 * when unreachable.
 */
public interface Table {
  /** {@return the number of rows} */
  int rows();

  /** {@return the number of columns} */
  int columns();
}
