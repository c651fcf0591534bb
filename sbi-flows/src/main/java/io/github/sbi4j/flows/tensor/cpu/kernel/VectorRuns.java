package io.github.sbi4j.flows.tensor.cpu.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Arithmetic on runs by vectors. */
abstract class VectorRuns implements RunKernels {
  static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  static final int L = S.length();

  @Override
  public void add(float[] x, int xAt, float[] y, int yAt, int n) {
    for (int j = 0; j < n; j += L) {
      FloatVector xj = FloatVector.fromArray(S, x, xAt + j);
      FloatVector yj = FloatVector.fromArray(S, y, yAt + j);
      yj.add(xj).intoArray(y, yAt + j);
    }
  }

  @Override
  public void subtract(float[] x, int xAt, float[] y, int yAt, int n) {
    for (int j = 0; j < n; j += L) {
      FloatVector xj = FloatVector.fromArray(S, x, xAt + j);
      FloatVector yj = FloatVector.fromArray(S, y, yAt + j);
      yj.sub(xj).intoArray(y, yAt + j);
    }
  }

  @Override
  public void maximum(float[] x, int xAt, float[] y, int yAt, int n) {
    for (int j = 0; j < n; j += L) {
      FloatVector xj = FloatVector.fromArray(S, x, xAt + j);
      FloatVector yj = FloatVector.fromArray(S, y, yAt + j);
      yj.max(xj).intoArray(y, yAt + j);
    }
  }

  @Override
  public void sum(float[] a, int aAt, float[] b, int bAt, float[] z, int zAt, int n) {
    for (int j = 0; j < n; j += L) {
      FloatVector aj = FloatVector.fromArray(S, a, aAt + j);
      FloatVector bj = FloatVector.fromArray(S, b, bAt + j);
      aj.add(bj).intoArray(z, zAt + j);
    }
  }

  @Override
  public void difference(float[] a, int aAt, float[] b, int bAt, float[] z, int zAt, int n) {
    for (int j = 0; j < n; j += L) {
      FloatVector aj = FloatVector.fromArray(S, a, aAt + j);
      FloatVector bj = FloatVector.fromArray(S, b, bAt + j);
      aj.sub(bj).intoArray(z, zAt + j);
    }
  }

  @Override
  public void product(float[] a, int aAt, float[] b, int bAt, float[] z, int zAt, int n) {
    for (int j = 0; j < n; j += L) {
      FloatVector aj = FloatVector.fromArray(S, a, aAt + j);
      FloatVector bj = FloatVector.fromArray(S, b, bAt + j);
      aj.mul(bj).intoArray(z, zAt + j);
    }
  }

  @Override
  public void addProduct(float[] a, int aAt, float[] b, int bAt, float[] z, int zAt, int n) {
    for (int j = 0; j < n; j += L) {
      FloatVector aj = FloatVector.fromArray(S, a, aAt + j);
      FloatVector bj = FloatVector.fromArray(S, b, bAt + j);
      FloatVector zj = FloatVector.fromArray(S, z, zAt + j);
      aj.fma(bj, zj).intoArray(z, zAt + j);
    }
  }

  @Override
  public void addScaled(float factor, float[] x, int xAt, float[] y, int yAt, int n) {
    FloatVector scale = FloatVector.broadcast(S, factor);
    for (int j = 0; j < n; j += L) {
      FloatVector xj = FloatVector.fromArray(S, x, xAt + j);
      FloatVector yj = FloatVector.fromArray(S, y, yAt + j);
      xj.fma(scale, yj).intoArray(y, yAt + j);
    }
  }

  @Override
  public void scale(float factor, float[] x, int xAt, float[] y, int yAt, int n) {
    FloatVector scale = FloatVector.broadcast(S, factor);
    for (int j = 0; j < n; j += L) {
      FloatVector xj = FloatVector.fromArray(S, x, xAt + j);
      xj.mul(scale).intoArray(y, yAt + j);
    }
  }

  @Override
  public void shift(float constant, float[] x, int xAt, float[] y, int yAt, int n) {
    FloatVector offset = FloatVector.broadcast(S, constant);
    for (int j = 0; j < n; j += L) {
      FloatVector xj = FloatVector.fromArray(S, x, xAt + j);
      xj.add(offset).intoArray(y, yAt + j);
    }
  }

  @Override
  public void pullBackRelu(float[] y, int yAt, float[] g, int gAt, int n) {
    for (int j = 0; j < n; j += L) {
      FloatVector gj = FloatVector.fromArray(S, g, gAt + j);
      FloatVector yj = FloatVector.fromArray(S, y, yAt + j);
      // 1 for every positive float, 0 for zero: cheaper than a mask.
      FloatVector one = yj.mul(Float.MAX_VALUE).mul(Float.MAX_VALUE).min(1f);
      gj.mul(one).intoArray(g, gAt + j);
    }
  }

  @Override
  public void pullBackTanh(float[] y, int yAt, float[] g, int gAt, int n) {
    for (int j = 0; j < n; j += L) {
      FloatVector gj = FloatVector.fromArray(S, g, gAt + j);
      FloatVector yj = FloatVector.fromArray(S, y, yAt + j);
      yj.mul(yj).neg().add(1f).mul(gj).intoArray(g, gAt + j);
    }
  }

  @Override
  public void pullBackElu(float[] y, int yAt, float[] g, int gAt, int n) {
    for (int j = 0; j < n; j += L) {
      FloatVector gj = FloatVector.fromArray(S, g, gAt + j);
      FloatVector yj = FloatVector.fromArray(S, y, yAt + j);
      yj.min(0f).fma(gj, gj).intoArray(g, gAt + j);
    }
  }
}
