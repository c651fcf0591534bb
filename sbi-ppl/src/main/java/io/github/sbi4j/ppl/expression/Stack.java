package io.github.sbi4j.ppl.expression;

/**
 * Operands of equal size side by side, along a new last axis.
 *
 * @param size the size of each operand
 * @param count the number of operands
 */
record Stack(int size, int count) implements Operation {
  @Override
  public void forward(
      int chains, double[][] in, double[] out, Object memory, boolean wantsGradient) {
    for (int k = 0; k < count; k++) {
      double[] x = in[k];
      for (int i = 0; i < chains * size; i++) {
        out[i * count + k] = x[i];
      }
    }
  }

  @Override
  public void backward(
      int chains,
      double[][] in,
      double[] out,
      double[] adjoint,
      double[][] inAdjoints,
      Object memory) {
    for (int k = 0; k < count; k++) {
      double[] target = inAdjoints[k];
      if (target.length > 0) {
        for (int i = 0; i < chains * size; i++) {
          target[i] += adjoint[i * count + k];
        }
      }
    }
  }
}
