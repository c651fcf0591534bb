package io.github.sbi4j.flows.tensor.cpu;

/** Arithmetic on runs of values; the JVM's compiler makes vectors of these loops. */
final class Loops {
  private Loops() {}

  /** y += x. */
  static void add(float[] x, int xAt, float[] y, int yAt, int n) {
    for (int j = 0; j < n; j++) {
      y[yAt + j] += x[xAt + j];
    }
  }

  /** y -= x. */
  static void subtract(float[] x, int xAt, float[] y, int yAt, int n) {
    for (int j = 0; j < n; j++) {
      y[yAt + j] -= x[xAt + j];
    }
  }

  /** z = a + b. */
  static void sum(float[] a, int aAt, float[] b, int bAt, float[] z, int zAt, int n) {
    for (int j = 0; j < n; j++) {
      z[zAt + j] = a[aAt + j] + b[bAt + j];
    }
  }

  /** z = a - b. */
  static void difference(float[] a, int aAt, float[] b, int bAt, float[] z, int zAt, int n) {
    for (int j = 0; j < n; j++) {
      z[zAt + j] = a[aAt + j] - b[bAt + j];
    }
  }

  /** z = a b. */
  static void product(float[] a, int aAt, float[] b, int bAt, float[] z, int zAt, int n) {
    for (int j = 0; j < n; j++) {
      z[zAt + j] = a[aAt + j] * b[bAt + j];
    }
  }

  /** z += a b. */
  static void addProduct(float[] a, int aAt, float[] b, int bAt, float[] z, int zAt, int n) {
    for (int j = 0; j < n; j++) {
      z[zAt + j] += a[aAt + j] * b[bAt + j];
    }
  }

  /** y += factor x. */
  static void addScaled(float factor, float[] x, int xAt, float[] y, int yAt, int n) {
    for (int j = 0; j < n; j++) {
      y[yAt + j] += factor * x[xAt + j];
    }
  }

  /** y = factor x. */
  static void scale(float factor, float[] x, int xAt, float[] y, int yAt, int n) {
    for (int j = 0; j < n; j++) {
      y[yAt + j] = factor * x[xAt + j];
    }
  }

  /** y = x + constant. */
  static void shift(float constant, float[] x, int xAt, float[] y, int yAt, int n) {
    for (int j = 0; j < n; j++) {
      y[yAt + j] = x[xAt + j] + constant;
    }
  }

  /** y = max(x, y). */
  static void maximum(float[] x, int xAt, float[] y, int yAt, int n) {
    for (int j = 0; j < n; j++) {
      y[yAt + j] = Math.max(x[xAt + j], y[yAt + j]);
    }
  }
}
