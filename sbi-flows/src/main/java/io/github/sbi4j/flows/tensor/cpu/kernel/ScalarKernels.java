package io.github.sbi4j.flows.tensor.cpu.kernel;

import java.util.Arrays;

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
  public boolean fastOnBlocks() {
    return false;
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
    ScalarRows own = ScalarRows.get();
    float[][] rows = own.copy(inputs, n, x, xAt, xPitch);
    float[] sum = own.sum();
    for (int o = 0; o < outputs; o++) {
      int to = yAt + o * yPitch;
      System.arraycopy(y, to, sum, 0, n);
      ScalarRows.add(inputs, n, w, wAt + o * wOut, wIn, rows, sum);
      System.arraycopy(sum, 0, y, to, n);
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
    // The longer side runs along the rows.
    if (inputs >= outputs) {
      outerAlong(outputs, inputs, n, y, yAt, yPitch, x, xAt, xPitch, w, wAt, wOut, wIn);
    } else {
      outerAlong(inputs, outputs, n, x, xAt, xPitch, y, yAt, yPitch, w, wAt, wIn, wOut);
    }
  }

  private static void outerAlong(
      int few,
      int many,
      int n,
      float[] a,
      int aAt,
      int aPitch,
      float[] b,
      int bAt,
      int bPitch,
      float[] w,
      int wAt,
      int fewStep,
      int manyStep) {
    ScalarRows own = ScalarRows.get();
    float[][] rows = own.transposed(many, n, b, bAt, bPitch);
    float[] sum = own.sum();
    for (int i = 0; i < few; i++) {
      Arrays.fill(sum, 0, many, 0);
      ScalarRows.add(n, many, a, aAt + i * aPitch, 1, rows, sum);
      int to = wAt + i * fewStep;
      for (int j = 0; j < many; j++) {
        w[to + j * manyStep] += sum[j];
      }
    }
  }

  @Override
  public void sums(int count, int n, float[] x, int at, int pitch, float[] to, int toAt, int step) {
    for (int o = 0; o < count; o++) {
      double sum = 0;
      for (int j = at + o * pitch; j < at + o * pitch + n; j++) {
        sum += x[j];
      }
      to[toAt + o * step] += (float) sum;
    }
  }

  @Override
  public double sumOfSquares(float[] x, int n) {
    double sum = 0;
    for (int j = 0; j < n; j++) {
      sum += (double) x[j] * x[j];
    }
    return sum;
  }
}
