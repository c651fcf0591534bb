package io.github.sbi4j.ppl.expression;

/**
 * Elements picked by their index: indexing, slices, transposition and meeting a larger shape are
 * all of this kind. Gradients add up where an element is picked more than once.
 *
 * @param sourceSize the number of elements to pick from
 * @param index which element each of the result is; not to be changed
 */
record Gather(int sourceSize, int[] index) implements Operation {
  @Override
  public void forward(
      int chains, double[][] in, double[] out, Object memory, boolean wantsGradient) {
    double[] x = in[0];
    int n = index.length;
    for (int c = 0; c < chains; c++) {
      int from = c * sourceSize;
      int to = c * n;
      for (int i = 0; i < n; i++) {
        out[to + i] = x[from + index[i]];
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
    double[] target = inAdjoints[0];
    int n = index.length;
    for (int c = 0; c < chains; c++) {
      int from = c * sourceSize;
      int to = c * n;
      if (sourceSize == 1) {
        // One number for all: no store within the loop.
        double sum = 0;
        for (int i = 0; i < n; i++) {
          sum += adjoint[to + i];
        }
        target[from] += sum;
      } else {
        for (int i = 0; i < n; i++) {
          target[from + index[i]] += adjoint[to + i];
        }
      }
    }
  }
}
