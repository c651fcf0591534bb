package io.github.sbi4j.flows.tensor.djl;

import ai.djl.pytorch.engine.PtNDArray;
import io.github.sbi4j.flows.tensor.Tensor;

/** A two-dimensional array of PyTorch's; its shape is kept here because asking for it is a native call. */
record DjlTensor(PtNDArray array, int rows, int columns) implements Tensor {
  static PtNDArray arrayOf(Tensor tensor) {
    return ((DjlTensor) tensor).array;
  }
}
