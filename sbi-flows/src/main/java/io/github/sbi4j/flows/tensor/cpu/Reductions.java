package io.github.sbi4j.flows.tensor.cpu;

import io.github.sbi4j.flows.tensor.cpu.kernel.Kernels;

/** Sums and log-sums. */
final class Reductions {
  private final Evaluation evaluation;
  private final Kernels kernels;

  Reductions(Evaluation evaluation) {
    this.evaluation = evaluation;
    this.kernels = evaluation.kernels;
  }

  CpuTensor sumColumns(CpuTensor matrix) {
    CpuTensor a = evaluation.dense(matrix);
    CpuTensor y = evaluation.makeZeros(a.rows, 1, a.differentiable);
    int pitch = y.columnStep;
    for (int c = 0; c < a.columns; c++) {
      kernels.add(a.values, a.at + c * pitch, y.values, y.at, pitch);
    }
    return evaluation.record(
        y,
        () -> {
          float[] g = evaluation.gradient(y);
          float[] to = evaluation.gradient(a);
          for (int c = 0; c < a.columns; c++) {
            kernels.add(g, y.gradientAt(), to, a.gradientAt() + c * pitch, pitch);
          }
        });
  }

  CpuTensor mean(CpuTensor matrix) {
    CpuTensor a = evaluation.dense(matrix);
    CpuTensor y = evaluation.makeZeros(1, 1, a.differentiable);
    double sum = 0;
    for (int c = 0; c < a.columns; c++) {
      int from = a.at + c * a.columnStep;
      for (int r = 0; r < a.rows; r++) {
        sum += a.values[from + r];
      }
    }
    double count = (double) a.rows * a.columns;
    y.values[y.at] = (float) (sum / count);
    return evaluation.record(
        y,
        () -> {
          float g = (float) (evaluation.gradient(y)[y.gradientAt()] / count);
          float[] to = evaluation.gradient(a);
          for (int c = 0; c < a.columns; c++) {
            int at = a.gradientAt() + c * a.columnStep;
            for (int r = 0; r < a.rows; r++) {
              to[at + r] += g;
            }
          }
        });
  }

  CpuTensor logSumExp(CpuTensor matrix) {
    CpuTensor a = evaluation.dense(matrix);
    CpuTensor y = evaluation.make(a.rows, 1, a.differentiable);
    int pitch = y.columnStep;
    CpuTensor shares = evaluation.make(a.rows, a.columns, false);
    softmax(a.values, a.at, a.columns, pitch, shares, y);
    return evaluation.record(
        y,
        () -> {
          float[] g = evaluation.gradient(y);
          float[] to = evaluation.gradient(a);
          for (int c = 0; c < a.columns; c++) {
            int at = a.gradientAt() + c * pitch;
            int from = shares.at + c * pitch;
            kernels.addProduct(g, y.gradientAt(), shares.values, from, to, at, pitch);
          }
        });
  }

  CpuTensor logSoftmax(CpuTensor matrix) {
    CpuTensor a = evaluation.dense(matrix);
    CpuTensor y = evaluation.like(a);
    int pitch = y.columnStep;
    CpuTensor shares = evaluation.make(a.rows, a.columns, false);
    CpuTensor total = evaluation.make(a.rows, 1, false);
    softmax(a.values, a.at, a.columns, pitch, shares, total);
    for (int c = 0; c < a.columns; c++) {
      int at = c * pitch;
      kernels.difference(a.values, a.at + at, total.values, total.at, y.values, y.at + at, pitch);
    }
    return evaluation.record(
        y,
        () -> {
          float[] g = evaluation.gradient(y);
          float[] to = evaluation.gradient(a);
          CpuTensor sum = evaluation.makeZeros(a.rows, 1, false);
          for (int c = 0; c < a.columns; c++) {
            kernels.add(g, y.gradientAt() + c * pitch, sum.values, sum.at, pitch);
          }
          for (int c = 0; c < a.columns; c++) {
            int at = a.gradientAt() + c * pitch;
            int from = y.gradientAt() + c * pitch;
            int share = shares.at + c * pitch;
            for (int j = 0; j < pitch; j++) {
              to[at + j] += g[from + j] - shares.values[share + j] * sum.values[sum.at + j];
            }
          }
        });
  }

  /**
   * Softmax over runs, stable because the largest is taken off, and the log of the sum.
   *
   * @param x where the runs are
   * @param at where they begin
   * @param count how many there are
   * @param n from one to the next
   * @param shares receives the softmax
   * @param total receives the log of the sum of e^x
   */
  void softmax(float[] x, int at, int count, int n, CpuTensor shares, CpuTensor total) {
    int sumAt = evaluation.arena.take(n);
    float[] sum = evaluation.arena.array();
    kernels.softmax(count, n, x, at, shares.values, shares.at, total.values, total.at, sum, sumAt);
    kernels.log(sum, sumAt, sum, sumAt, n);
    kernels.add(sum, sumAt, total.values, total.at, n);
  }
}
