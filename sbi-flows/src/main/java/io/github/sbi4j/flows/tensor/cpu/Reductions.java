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
      Loops.add(a.values, a.at + c * pitch, y.values, y.at, pitch);
    }
    return evaluation.record(
        y,
        () -> {
          float[] g = evaluation.gradient(y);
          float[] to = evaluation.gradient(a);
          for (int c = 0; c < a.columns; c++) {
            Loops.add(g, y.gradientAt(), to, a.gradientAt() + c * pitch, pitch);
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
            Loops.addProduct(g, y.gradientAt(), shares.values, from, to, at, pitch);
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
      Loops.difference(
          a.values, a.at + at, total.values, total.at, y.values, y.at + at, pitch);
    }
    return evaluation.record(
        y,
        () -> {
          float[] g = evaluation.gradient(y);
          float[] to = evaluation.gradient(a);
          CpuTensor sum = evaluation.makeZeros(a.rows, 1, false);
          for (int c = 0; c < a.columns; c++) {
            Loops.add(g, y.gradientAt() + c * pitch, sum.values, sum.at, pitch);
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
    float[] top = total.values;
    int topAt = total.at;
    System.arraycopy(x, at, top, topAt, n);
    for (int k = 1; k < count; k++) {
      Loops.maximum(x, at + k * n, top, topAt, n);
    }
    for (int k = 0; k < count; k++) {
      Loops.difference(x, at + k * n, top, topAt, shares.values, shares.at + k * n, n);
    }
    kernels.exp(shares.values, shares.at, shares.values, shares.at, count * n);
    int sumAt = evaluation.arena.takeZeros(n);
    float[] sum = evaluation.arena.array();
    for (int k = 0; k < count; k++) {
      Loops.add(shares.values, shares.at + k * n, sum, sumAt, n);
    }
    for (int k = 0; k < count; k++) {
      int share = shares.at + k * n;
      for (int j = 0; j < n; j++) {
        shares.values[share + j] /= sum[sumAt + j];
      }
    }
    kernels.log(sum, sumAt, sum, sumAt, n);
    Loops.add(sum, sumAt, top, topAt, n);
  }
}
