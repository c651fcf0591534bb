package io.github.sbi4j.flows.tensor.cpu.kernel;

/** Plain loops, written so that the JVM's compiler vectorises those that it can. */
public final class ScalarKernels extends ScalarSplines implements Kernels {
  private static final int LANES = 8;

  /** Kernels without state. */
  public ScalarKernels() {}

  @Override
  public String name() {
    return "scalar loops";
  }

  @Override
  public int lanes() {
    return LANES;
  }

  @Override
  public void multiply(
      int outputs,
      int inputs,
      int n,
      float[] w,
      int wAt,
      int wOut,
      int wIn,
      float[] x,
      int xAt,
      int xPitch,
      float[] y,
      int yAt,
      int yPitch) {
    for (int o = 0; o < outputs; o++) {
      int row = wAt + o * wOut;
      int to = yAt + o * yPitch;
      int i = 0;
      for (; i + 4 <= inputs; i += 4) {
        int at = row + i * wIn;
        float a = w[at];
        float b = w[at + wIn];
        float c = w[at + 2 * wIn];
        float d = w[at + 3 * wIn];
        if (a != 0 || b != 0 || c != 0 || d != 0) {
          addFour(n, a, b, c, d, x, xAt + i * xPitch, xPitch, y, to);
        }
      }
      for (; i < inputs; i++) {
        addOne(n, w[row + i * wIn], x, xAt + i * xPitch, y, to);
      }
    }
  }

  private static void addFour(
      int n,
      float a,
      float b,
      float c,
      float d,
      float[] x,
      int from,
      int pitch,
      float[] y,
      int to) {
    int second = from + pitch;
    int third = second + pitch;
    int fourth = third + pitch;
    for (int j = 0; j < n; j++) {
      y[to + j] += a * x[from + j] + b * x[second + j] + (c * x[third + j] + d * x[fourth + j]);
    }
  }

  private static void addOne(int n, float a, float[] x, int from, float[] y, int to) {
    for (int j = 0; j < n; j++) {
      y[to + j] += a * x[from + j];
    }
  }

  @Override
  public void outer(
      int outputs,
      int inputs,
      int n,
      float[] y,
      int yAt,
      int yPitch,
      float[] x,
      int xAt,
      int xPitch,
      float[] w,
      int wAt,
      int wOut,
      int wIn) {
    for (int o = 0; o < outputs; o++) {
      for (int i = 0; i < inputs; i++) {
        w[wAt + o * wOut + i * wIn] += dot(y, yAt + o * yPitch, x, xAt + i * xPitch, n);
      }
    }
  }

  private static float dot(float[] y, int yAt, float[] x, int xAt, int n) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    for (int j = 0; j < n; j += 4) {
      a += y[yAt + j] * x[xAt + j];
      b += y[yAt + j + 1] * x[xAt + j + 1];
      c += y[yAt + j + 2] * x[xAt + j + 2];
      d += y[yAt + j + 3] * x[xAt + j + 3];
    }
    return a + b + (c + d);
  }

  @Override
  public float sum(float[] x, int at, int n) {
    double sum = 0;
    for (int j = at; j < at + n; j++) {
      sum += x[j];
    }
    return (float) sum;
  }

  @Override
  public double sumOfSquares(float[] x, int n) {
    double sum = 0;
    for (int j = 0; j < n; j++) {
      sum += (double) x[j] * x[j];
    }
    return sum;
  }

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
