package io.github.sbi4j.ppl.expression;

/**
 * The sum of all elements of all operands.
 *
 * @param sizes the size of each operand; not to be changed
 */
record Total(int[] sizes) implements Operation {
  @Override
  public void forward(
      int chains, double[][] in, double[] out, Object memory, boolean wantsGradient) {
    for (int c = 0; c < chains; c++) {
      double total = 0;
      for (int k = 0; k < sizes.length; k++) {
        double[] x = in[k];
        for (int i = c * sizes[k]; i < (c + 1) * sizes[k]; i++) {
          total += x[i];
        }
      }
      out[c] = total;
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
    for (int k = 0; k < sizes.length; k++) {
      double[] target = inAdjoints[k];
      if (target.length > 0) {
        for (int c = 0; c < chains; c++) {
          for (int i = c * sizes[k]; i < (c + 1) * sizes[k]; i++) {
            target[i] += adjoint[c];
          }
        }
      }
    }
  }
}
