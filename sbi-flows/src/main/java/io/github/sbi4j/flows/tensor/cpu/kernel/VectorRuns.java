package io.github.sbi4j.flows.tensor.cpu.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Arithmetic on runs by vectors. */
abstract class VectorRuns implements RunKernels {
  static final VectorSpecies<Float> S = VectorMath.SPECIES;
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
}
