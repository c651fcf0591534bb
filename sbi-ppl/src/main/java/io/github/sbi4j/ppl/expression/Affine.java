package io.github.sbi4j.ppl.expression;

/** a x + b. */
record Affine(int size, double factor, double term) implements Operation {
  @Override
  public void forward(
      int chains, double[][] in, double[] out, Object memory, boolean wantsGradient) {
    double[] x = in[0];
    for (int i = 0; i < chains * size; i++) {
      out[i] = factor * x[i] + term;
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
    for (int i = 0; i < chains * size; i++) {
      target[i] += factor * adjoint[i];
    }
  }
}
