package io.github.sbi4j.ppl.expression;

/** A function of the elements of several operands of equal size, with derivatives of its own. */
record Elementwise(int size, ElementwiseFunction function) implements Operation {
  private record Derivatives(double[][] wanted, double[][] none) {}

  @Override
  public Object memory(int capacity, boolean[] active) {
    double[][] wanted = new double[active.length][];
    for (int k = 0; k < active.length; k++) {
      wanted[k] = new double[active[k] ? capacity * size : 0];
    }
    return new Derivatives(wanted, new double[active.length][0]);
  }

  @Override
  public void forward(
      int chains, double[][] in, double[] out, Object memory, boolean wantsGradient) {
    Derivatives derivatives = (Derivatives) memory;
    function.evaluate(
        chains * size, in, out, wantsGradient ? derivatives.wanted : derivatives.none);
  }

  @Override
  public void backward(
      int chains,
      double[][] in,
      double[] out,
      double[] adjoint,
      double[][] inAdjoints,
      Object memory) {
    double[][] derivatives = ((Derivatives) memory).wanted;
    for (int k = 0; k < in.length; k++) {
      double[] target = inAdjoints[k];
      double[] derivative = derivatives[k];
      if (target.length > 0) {
        for (int i = 0; i < chains * size; i++) {
          target[i] += adjoint[i] * derivative[i];
        }
      }
    }
  }
}
