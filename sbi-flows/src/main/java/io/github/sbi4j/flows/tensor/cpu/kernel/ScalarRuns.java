package io.github.sbi4j.flows.tensor.cpu.kernel;

/** Arithmetic on runs by scalar loops. */
abstract class ScalarRuns implements RunKernels {
  @Override
  public void add(float[] x, int xAt, float[] y, int yAt, int n) {
    for (int j = 0; j < n; j++) {
      y[yAt + j] += x[xAt + j];
    }
  }

  @Override
  public void subtract(float[] x, int xAt, float[] y, int yAt, int n) {
    for (int j = 0; j < n; j++) {
      y[yAt + j] -= x[xAt + j];
    }
  }

  @Override
  public void maximum(float[] x, int xAt, float[] y, int yAt, int n) {
    for (int j = 0; j < n; j++) {
      y[yAt + j] = Math.max(x[xAt + j], y[yAt + j]);
    }
  }

  @Override
  public void sum(float[] a, int aAt, float[] b, int bAt, float[] z, int zAt, int n) {
    for (int j = 0; j < n; j++) {
      z[zAt + j] = a[aAt + j] + b[bAt + j];
    }
  }

  @Override
  public void difference(float[] a, int aAt, float[] b, int bAt, float[] z, int zAt, int n) {
    for (int j = 0; j < n; j++) {
      z[zAt + j] = a[aAt + j] - b[bAt + j];
    }
  }

  @Override
  public void product(float[] a, int aAt, float[] b, int bAt, float[] z, int zAt, int n) {
    for (int j = 0; j < n; j++) {
      z[zAt + j] = a[aAt + j] * b[bAt + j];
    }
  }

  @Override
  public void addProduct(float[] a, int aAt, float[] b, int bAt, float[] z, int zAt, int n) {
    for (int j = 0; j < n; j++) {
      z[zAt + j] += a[aAt + j] * b[bAt + j];
    }
  }

  @Override
  public void addScaled(float factor, float[] x, int xAt, float[] y, int yAt, int n) {
    for (int j = 0; j < n; j++) {
      y[yAt + j] += factor * x[xAt + j];
    }
  }

  @Override
  public void scale(float factor, float[] x, int xAt, float[] y, int yAt, int n) {
    for (int j = 0; j < n; j++) {
      y[yAt + j] = factor * x[xAt + j];
    }
  }

  @Override
  public void shift(float constant, float[] x, int xAt, float[] y, int yAt, int n) {
    for (int j = 0; j < n; j++) {
      y[yAt + j] = x[xAt + j] + constant;
    }
  }

  @Override
  public void pullBackRelu(float[] y, int yAt, float[] g, int gAt, int n) {
    for (int j = 0; j < n; j++) {
      // 1 for every positive float, 0 for zero, without a branch.
      g[gAt + j] *= Math.min(y[yAt + j] * Float.MAX_VALUE * Float.MAX_VALUE, 1f);
    }
  }

  @Override
  public void pullBackTanh(float[] y, int yAt, float[] g, int gAt, int n) {
    for (int j = 0; j < n; j++) {
      float v = y[yAt + j];
      g[gAt + j] *= 1 - v * v;
    }
  }

  @Override
  public void pullBackElu(float[] y, int yAt, float[] g, int gAt, int n) {
    for (int j = 0; j < n; j++) {
      g[gAt + j] *= Math.min(y[yAt + j], 0f) + 1;
    }
  }
}
