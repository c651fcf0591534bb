package io.github.sbi4j.ppl.expression;

/** A function of each element. */
record Unary(int size, UnaryFunction function) implements Operation {
  @Override
  public void forward(
      int chains, double[][] in, double[] out, Object memory, boolean wantsGradient) {
    double[] x = in[0];
    for (int i = 0; i < chains * size; i++) {
      out[i] = function.value(x[i]);
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
    double[] x = in[0];
    double[] target = inAdjoints[0];
    for (int i = 0; i < chains * size; i++) {
      target[i] += adjoint[i] * function.slope(x[i], out[i]);
    }
  }
}
