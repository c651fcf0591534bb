package io.github.sbi4j.flows.tensor.cpu;

import org.apache.commons.numbers.gamma.Erfc;

/** The Gaussian error linear unit, x Phi(x) (Hendrycks and Gimpel 2016). */
final class Gelu {
  private static final double ROOT_HALF = Math.sqrt(0.5);
  private static final double DENSITY_AT_ZERO = 1 / Math.sqrt(2 * Math.PI);

  private Gelu() {}

  private static double phi(double x) {
    return 0.5 * Erfc.value(-x * ROOT_HALF);
  }

  static void forward(float[] x, int xAt, float[] y, int yAt, int n) {
    for (int j = 0; j < n; j++) {
      double v = x[xAt + j];
      y[yAt + j] = (float) (v * phi(v));
    }
  }

  /** Multiplies a gradient by the slope Phi(x) + x phi(x). */
  static void backward(float[] x, int xAt, float[] g, int gAt, int n) {
    for (int j = 0; j < n; j++) {
      double v = x[xAt + j];
      g[gAt + j] *= (float) (phi(v) + v * DENSITY_AT_ZERO * Math.exp(-0.5 * v * v));
    }
  }
}
