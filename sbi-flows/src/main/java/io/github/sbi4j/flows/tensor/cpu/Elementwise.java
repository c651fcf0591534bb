package io.github.sbi4j.flows.tensor.cpu;

import io.github.sbi4j.flows.tensor.Activation;
import io.github.sbi4j.flows.tensor.cpu.kernel.Kernels;

/** Operations on each value. */
final class Elementwise {
  private final Evaluation evaluation;
  private final Kernels kernels;
  private final Arrangement arrangement;

  Elementwise(Evaluation evaluation, Arrangement arrangement) {
    this.evaluation = evaluation;
    this.kernels = evaluation.kernels;
    this.arrangement = arrangement;
  }

  /** Combines two matrices of one size. */
  @FunctionalInterface
  private interface Pairwise {
    CpuTensor of(CpuTensor a, CpuTensor b, boolean differentiable);
  }

  private CpuTensor combined(CpuTensor a, CpuTensor b, Pairwise operation) {
    int rows = Math.max(a.rows, b.rows);
    int columns = Math.max(a.columns, b.columns);
    CpuTensor left = arrangement.broadcast(a, rows, columns);
    CpuTensor right = arrangement.broadcast(b, rows, columns);
    return operation.of(left, right, left.differentiable || right.differentiable);
  }

  CpuTensor add(CpuTensor a, CpuTensor b) {
    return combined(a, b, this::sum);
  }

  private CpuTensor sum(CpuTensor a, CpuTensor b, boolean differentiable) {
    CpuTensor y = evaluation.make(a.rows, a.columns, differentiable);
    kernels.sum(a.values, a.at, b.values, b.at, y.values, y.at, y.run());
    return evaluation.record(
        y,
        () -> {
          float[] g = evaluation.gradient(y);
          addTo(g, y.gradientAt(), a);
          addTo(g, y.gradientAt(), b);
        });
  }

  private void addTo(float[] g, int at, CpuTensor a) {
    if (a.differentiable) {
      float[] to = evaluation.gradient(a);
      kernels.add(g, at, to, a.gradientAt(), a.run());
    }
  }

  CpuTensor subtract(CpuTensor a, CpuTensor b) {
    return combined(a, b, this::difference);
  }

  private CpuTensor difference(CpuTensor a, CpuTensor b, boolean differentiable) {
    CpuTensor y = evaluation.make(a.rows, a.columns, differentiable);
    kernels.difference(a.values, a.at, b.values, b.at, y.values, y.at, y.run());
    return evaluation.record(
        y,
        () -> {
          float[] g = evaluation.gradient(y);
          addTo(g, y.gradientAt(), a);
          if (b.differentiable) {
            float[] to = evaluation.gradient(b);
            kernels.subtract(g, y.gradientAt(), to, b.gradientAt(), b.run());
          }
        });
  }

  CpuTensor multiply(CpuTensor a, CpuTensor b) {
    return combined(a, b, this::product);
  }

  private CpuTensor product(CpuTensor a, CpuTensor b, boolean differentiable) {
    CpuTensor y = evaluation.make(a.rows, a.columns, differentiable);
    kernels.product(a.values, a.at, b.values, b.at, y.values, y.at, y.run());
    return evaluation.record(
        y,
        () -> {
          addProductTo(y, b, a);
          addProductTo(y, a, b);
        });
  }

  private void addProductTo(CpuTensor y, CpuTensor factor, CpuTensor a) {
    if (a.differentiable) {
      float[] g = evaluation.gradient(y);
      float[] to = evaluation.gradient(a);
      int at = a.gradientAt();
      kernels.addProduct(g, y.gradientAt(), factor.values, factor.at, to, at, a.run());
    }
  }

  CpuTensor scale(CpuTensor matrix, double factor) {
    CpuTensor a = evaluation.dense(matrix);
    CpuTensor y = evaluation.like(a);
    kernels.scale((float) factor, a.values, a.at, y.values, y.at, y.run());
    return evaluation.record(
        y,
        () -> {
          float[] g = evaluation.gradient(y);
          float[] to = evaluation.gradient(a);
          kernels.addScaled((float) factor, g, y.gradientAt(), to, a.gradientAt(), y.run());
        });
  }

  CpuTensor shift(CpuTensor matrix, double constant) {
    CpuTensor a = evaluation.dense(matrix);
    CpuTensor y = evaluation.like(a);
    kernels.shift((float) constant, a.values, a.at, y.values, y.at, y.run());
    return evaluation.record(y, () -> addTo(evaluation.gradient(y), y.gradientAt(), a));
  }

  CpuTensor exp(CpuTensor matrix) {
    CpuTensor a = evaluation.dense(matrix);
    CpuTensor y = evaluation.like(a);
    kernels.exp(a.values, a.at, y.values, y.at, y.run());
    return evaluation.record(y, () -> addProductTo(y, y, a));
  }

  CpuTensor log(CpuTensor matrix) {
    CpuTensor a = evaluation.dense(matrix);
    CpuTensor y = evaluation.like(a);
    kernels.log(a.values, a.at, y.values, y.at, y.run());
    return evaluation.record(
        y,
        () -> {
          float[] g = evaluation.gradient(y);
          float[] to = evaluation.gradient(a);
          int from = y.gradientAt();
          int at = a.gradientAt();
          for (int j = 0; j < y.run(); j++) {
            to[at + j] += g[from + j] / a.values[a.at + j];
          }
        });
  }

  CpuTensor sigmoid(CpuTensor matrix) {
    CpuTensor a = evaluation.dense(matrix);
    CpuTensor y = evaluation.like(a);
    kernels.sigmoid(a.values, a.at, y.values, y.at, y.run());
    return evaluation.record(
        y,
        () -> {
          float[] g = evaluation.gradient(y);
          float[] to = evaluation.gradient(a);
          int from = y.gradientAt();
          int at = a.gradientAt();
          for (int j = 0; j < y.run(); j++) {
            float v = y.values[y.at + j];
            to[at + j] += g[from + j] * v * (1 - v);
          }
        });
  }

  CpuTensor softplus(CpuTensor matrix) {
    CpuTensor a = evaluation.dense(matrix);
    CpuTensor y = evaluation.like(a);
    kernels.softplus(a.values, a.at, y.values, y.at, y.run());
    return evaluation.record(
        y,
        () -> {
          CpuTensor slope = evaluation.like(a);
          kernels.sigmoid(a.values, a.at, slope.values, slope.at, a.run());
          addProductTo(y, slope, a);
        });
  }

  CpuTensor activate(CpuTensor matrix, Activation activation) {
    CpuTensor a = evaluation.dense(matrix);
    if (activation == Activation.IDENTITY) {
      return a;
    }
    CpuTensor y = evaluation.like(a);
    if (activation == Activation.GELU) {
      Gelu.forward(a.values, a.at, y.values, y.at, y.run());
    } else {
      System.arraycopy(a.values, a.at, y.values, y.at, y.run());
      Activations.apply(kernels, activation, y.values, y.at, y.run());
    }
    return evaluation.record(
        y,
        () -> {
          float[] g = evaluation.gradient(y);
          if (activation == Activation.GELU) {
            Gelu.backward(a.values, a.at, g, y.gradientAt(), y.run());
          } else {
            Activations.pullBack(kernels, activation, y.values, y.at, g, y.gradientAt(), y.run());
          }
          addTo(g, y.gradientAt(), a);
        });
  }
}
