package io.github.sbi4j.flows.tensor.cpu.kernel;

/** Elementary functions by the library's own in double precision. */
abstract class ScalarFunctions extends ScalarRuns implements FunctionKernels {
  @Override
  public void exp(float[] x, int xAt, float[] y, int yAt, int n) {
    for (int j = 0; j < n; j++) {
      y[yAt + j] = (float) Math.exp(x[xAt + j]);
    }
  }

  @Override
  public void log(float[] x, int xAt, float[] y, int yAt, int n) {
    for (int j = 0; j < n; j++) {
      y[yAt + j] = (float) Math.log(x[xAt + j]);
    }
  }

  @Override
  public void tanh(float[] x, int xAt, float[] y, int yAt, int n) {
    for (int j = 0; j < n; j++) {
      y[yAt + j] = tanh(x[xAt + j]);
    }
  }

  /**
   * The exponential is several times faster than the library's tanh, and as good away from zero.
   */
  private static float tanh(float x) {
    if (Math.abs(x) < 0.1f) {
      return (float) Math.tanh(x);
    }
    return (float) (1 - 2 / (Math.exp(2.0 * x) + 1));
  }

  @Override
  public void sigmoid(float[] x, int xAt, float[] y, int yAt, int n) {
    for (int j = 0; j < n; j++) {
      y[yAt + j] = (float) (1 / (1 + Math.exp(-x[xAt + j])));
    }
  }

  @Override
  public void softplus(float[] x, int xAt, float[] y, int yAt, int n) {
    for (int j = 0; j < n; j++) {
      double v = x[xAt + j];
      y[yAt + j] = (float) (Math.max(v, 0) + Math.log1p(Math.exp(-Math.abs(v))));
    }
  }

  @Override
  public void expm1(float[] x, int xAt, float[] y, int yAt, int n) {
    for (int j = 0; j < n; j++) {
      y[yAt + j] = (float) Math.expm1(x[xAt + j]);
    }
  }
}
