package io.github.sbi4j.ppl.expression;

/**
 * Sums of runs of elements.
 *
 * @param runs the number of sums
 * @param length the number of terms of each
 */
record Sum(int runs, int length) implements Operation {
  @Override
  public void forward(
      int chains, double[][] in, double[] out, Object memory, boolean wantsGradient) {
    double[] x = in[0];
    for (int r = 0; r < chains * runs; r++) {
      double sum = 0;
      for (int i = r * length; i < (r + 1) * length; i++) {
        sum += x[i];
      }
      out[r] = sum;
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
    for (int r = 0; r < chains * runs; r++) {
      double slope = adjoint[r];
      for (int i = r * length; i < (r + 1) * length; i++) {
        target[i] += slope;
      }
    }
  }
}
