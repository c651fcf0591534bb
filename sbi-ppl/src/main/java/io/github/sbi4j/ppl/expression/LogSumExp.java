package io.github.sbi4j.ppl.expression;

/** log sum exp(x<sub>i</sub>) of a vector. */
record LogSumExp() implements BlockFunction {
  @Override
  public void forward(double[][] arguments, double[] value) {
    double max = Double.NEGATIVE_INFINITY;
    for (double x : arguments[0]) {
      max = Math.max(max, x);
    }
    double sum = 0;
    for (double x : arguments[0]) {
      sum += Math.exp(x - max);
    }
    value[0] = Double.isInfinite(max) ? max : max + Math.log(sum);
  }

  @Override
  public void backward(
      double[][] arguments, double[] value, double[] adjoint, double[][] adjoints) {
    for (int i = 0; i < arguments[0].length; i++) {
      adjoints[0][i] = adjoint[0] * Math.exp(arguments[0][i] - value[0]);
    }
  }
}
