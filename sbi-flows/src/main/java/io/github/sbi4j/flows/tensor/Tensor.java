package io.github.sbi4j.flows.tensor;

/** A matrix of float32 values that an engine owns: rows are the batch, columns the features. */
public interface Tensor {
  /** {@return the number of rows} */
  int rows();

  /** {@return the number of columns} */
  int columns();
}
