package io.github.sbi4j.flows.tensor.cpu;

import io.github.sbi4j.flows.tensor.cpu.kernel.Kernels;

/** The log-density of a Gaussian mixture with full precisions U^T U. */
final class Mixture {
  private static final double LOG_2_PI = Math.log(2 * Math.PI);

  private final Evaluation evaluation;
  private final Kernels kernels;
  private final Arrangement arrangement;
  private final Reductions reductions;

  Mixture(Evaluation evaluation, Arrangement arrangement, Reductions reductions) {
    this.evaluation = evaluation;
    this.kernels = evaluation.kernels;
    this.arrangement = arrangement;
    this.reductions = reductions;
  }

  /** A mixture of each point and what the way back needs. */
  private record Parts(
      CpuTensor x,
      CpuTensor logits,
      CpuTensor means,
      CpuTensor logDiagonal,
      CpuTensor upper,
      CpuTensor difference,
      CpuTensor diagonal,
      CpuTensor whitened,
      CpuTensor weights,
      CpuTensor shares) {
    int dimension() {
      return x.columns;
    }

    int components() {
      return logits.columns;
    }

    /** The column of component k's value in row i of its triangle, column j. */
    int above(int k, int i, int j) {
      int d = dimension();
      return k * (d * (d - 1) / 2) + i * (2 * d - i - 1) / 2 + j - i - 1;
    }
  }

  CpuTensor logProb(
      CpuTensor point, CpuTensor logits, CpuTensor means, CpuTensor logDiagonal, CpuTensor upper) {
    CpuTensor x = evaluation.dense(point);
    int rows = x.rows;
    int width = means.columns;
    Parts parts =
        new Parts(
            x,
            arrangement.broadcast(logits, rows, logits.columns),
            arrangement.broadcast(means, rows, width),
            arrangement.broadcast(logDiagonal, rows, width),
            arrangement.broadcast(upper, rows, upper.columns),
            evaluation.make(rows, width, false),
            evaluation.make(rows, width, false),
            evaluation.make(rows, width, false),
            evaluation.make(rows, logits.columns, false),
            evaluation.make(rows, logits.columns, false));
    boolean differentiable =
        x.differentiable
            || logits.differentiable
            || means.differentiable
            || logDiagonal.differentiable
            || upper.differentiable;
    CpuTensor result = evaluation.make(rows, 1, differentiable);
    whiten(parts);
    CpuTensor terms = terms(parts, result);
    reductions.softmax(
        terms.values, terms.at, terms.columns, terms.columnStep, parts.shares, result);
    float constant = (float) (-0.5 * LOG_2_PI * x.columns);
    kernels.shift(constant, result.values, result.at, result.values, result.at, result.run());
    return evaluation.record(result, () -> back(parts, result));
  }

  /** U (x - mean) of each component. */
  private void whiten(Parts parts) {
    int n = parts.x.columnStep;
    int d = parts.dimension();
    CpuTensor difference = parts.difference;
    for (int k = 0; k < parts.components(); k++) {
      int at = k * d * n;
      kernels.difference(
          parts.x.values,
          parts.x.at,
          parts.means.values,
          parts.means.at + at,
          difference.values,
          difference.at + at,
          d * n);
    }
    CpuTensor logs = parts.logDiagonal;
    CpuTensor diagonal = parts.diagonal;
    kernels.exp(logs.values, logs.at, diagonal.values, diagonal.at, diagonal.run());
    CpuTensor whitened = parts.whitened;
    kernels.product(
        diagonal.values,
        diagonal.at,
        difference.values,
        difference.at,
        whitened.values,
        whitened.at,
        whitened.run());
    for (int k = 0; k < parts.components(); k++) {
      for (int i = 0; i < d; i++) {
        for (int j = i + 1; j < d; j++) {
          kernels.addProduct(
              parts.upper.values,
              parts.upper.at + parts.above(k, i, j) * n,
              difference.values,
              difference.at + (k * d + j) * n,
              whitened.values,
              whitened.at + (k * d + i) * n,
              n);
        }
      }
    }
  }

  /** The log of each component's weight and density, without the constant. */
  private CpuTensor terms(Parts parts, CpuTensor scratch) {
    int n = parts.x.columnStep;
    int d = parts.dimension();
    CpuTensor logits = parts.logits;
    reductions.softmax(logits.values, logits.at, logits.columns, n, parts.weights, scratch);
    CpuTensor terms = evaluation.make(parts.x.rows, parts.components(), false);
    for (int k = 0; k < parts.components(); k++) {
      int to = terms.at + k * n;
      kernels.difference(
          logits.values, logits.at + k * n, scratch.values, scratch.at, terms.values, to, n);
      for (int i = 0; i < d; i++) {
        int at = (k * d + i) * n;
        int log = parts.logDiagonal.at + at;
        int white = parts.whitened.at + at;
        for (int j = 0; j < n; j++) {
          float z = parts.whitened.values[white + j];
          terms.values[to + j] += parts.logDiagonal.values[log + j] - 0.5f * z * z;
        }
      }
    }
    return terms;
  }

  private void back(Parts parts, CpuTensor result) {
    int n = parts.x.columnStep;
    int d = parts.dimension();
    float[] g = evaluation.gradient(result);
    int gAt = result.gradientAt();
    // The gradient of a whitened value, then of a difference from the mean.
    int at = evaluation.arena.take((2 + d) * n);
    float[] scratch = evaluation.arena.array();
    int share = at;
    int ofWhite = at + n;
    int ofDifference = at + 2 * n;
    for (int k = 0; k < parts.components(); k++) {
      CpuTensor shares = parts.shares;
      kernels.product(g, gAt, shares.values, shares.at + k * n, scratch, share, n);
      logitsBack(parts, k, g, gAt, scratch, share);
      java.util.Arrays.fill(scratch, ofDifference, ofDifference + d * n, 0);
      for (int i = 0; i < d; i++) {
        rowBack(parts, k, i, scratch, share, ofWhite, ofDifference);
      }
      if (parts.means.differentiable) {
        float[] to = evaluation.gradient(parts.means);
        kernels.subtract(scratch, ofDifference, to, parts.means.gradientAt() + k * d * n, d * n);
      }
      if (parts.x.differentiable) {
        float[] to = evaluation.gradient(parts.x);
        kernels.add(scratch, ofDifference, to, parts.x.gradientAt(), d * n);
      }
    }
  }

  private void logitsBack(Parts parts, int k, float[] g, int gAt, float[] scratch, int share) {
    if (parts.logits.differentiable) {
      int n = parts.x.columnStep;
      float[] to = evaluation.gradient(parts.logits);
      int at = parts.logits.gradientAt() + k * n;
      int weight = parts.weights.at + k * n;
      for (int j = 0; j < n; j++) {
        to[at + j] += scratch[share + j] - g[gAt + j] * parts.weights.values[weight + j];
      }
    }
  }

  /** Row i of component k's triangle. */
  private void rowBack(
      Parts parts, int k, int i, float[] scratch, int share, int ofWhite, int ofDifference) {
    int n = parts.x.columnStep;
    int d = parts.dimension();
    int own = (k * d + i) * n;
    int white = parts.whitened.at + own;
    for (int j = 0; j < n; j++) {
      scratch[ofWhite + j] = -scratch[share + j] * parts.whitened.values[white + j];
    }
    float[] diagonal = parts.diagonal.values;
    float[] difference = parts.difference.values;
    int diagonalAt = parts.diagonal.at + own;
    int differenceAt = parts.difference.at + own;
    if (parts.logDiagonal.differentiable) {
      float[] to = evaluation.gradient(parts.logDiagonal);
      int at = parts.logDiagonal.gradientAt() + own;
      for (int j = 0; j < n; j++) {
        to[at + j] +=
            scratch[share + j]
                + scratch[ofWhite + j] * diagonal[diagonalAt + j] * difference[differenceAt + j];
      }
    }
    kernels.addProduct(scratch, ofWhite, diagonal, diagonalAt, scratch, ofDifference + i * n, n);
    for (int c = i + 1; c < d; c++) {
      int above = parts.above(k, i, c) * n;
      if (parts.upper.differentiable) {
        float[] to = evaluation.gradient(parts.upper);
        int from = parts.difference.at + (k * d + c) * n;
        int at = parts.upper.gradientAt() + above;
        kernels.addProduct(scratch, ofWhite, difference, from, to, at, n);
      }
      int upper = parts.upper.at + above;
      int to = ofDifference + c * n;
      kernels.addProduct(scratch, ofWhite, parts.upper.values, upper, scratch, to, n);
    }
  }
}
