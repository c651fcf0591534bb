package io.github.sbi4j.flows.tensor;

/** A matrix of float32 values that an engine owns: rows are the batch, columns the features. */
public interface Tensor {
  /** The number of rows. */
  int rows();

  /** The number of columns. */
  int columns();
}
