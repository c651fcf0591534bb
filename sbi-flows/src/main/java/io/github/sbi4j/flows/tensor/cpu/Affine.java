package io.github.sbi4j.flows.tensor.cpu;

import io.github.sbi4j.flows.tensor.Transformed;
import io.github.sbi4j.flows.tensor.cpu.kernel.Kernels;

/** The affine transform y = (x - shift) e^-s, s = limit tanh(raw / limit), and its inverse. */
final class Affine {
  private final Evaluation evaluation;
  private final Kernels kernels;
  private final Arrangement arrangement;

  Affine(Evaluation evaluation, Arrangement arrangement) {
    this.evaluation = evaluation;
    this.kernels = evaluation.kernels;
    this.arrangement = arrangement;
  }

  /** tanh(raw / limit), and e to the power of sign s. */
  private record Scale(CpuTensor tanh, CpuTensor factor) {}

  private Scale scale(CpuTensor raw, double limit, int sign) {
    CpuTensor tanh = evaluation.make(raw.rows, raw.columns, false);
    CpuTensor factor = evaluation.make(raw.rows, raw.columns, false);
    int n = raw.run();
    kernels.scale((float) (1 / limit), raw.values, raw.at, tanh.values, tanh.at, n);
    kernels.tanh(tanh.values, tanh.at, tanh.values, tanh.at, n);
    kernels.scale((float) (sign * limit), tanh.values, tanh.at, factor.values, factor.at, n);
    kernels.exp(factor.values, factor.at, factor.values, factor.at, n);
    return new Scale(tanh, factor);
  }

  Transformed forward(CpuTensor point, CpuTensor offset, CpuTensor rawLogScale, double limit) {
    CpuTensor x = evaluation.dense(point);
    CpuTensor shift = arrangement.broadcast(offset, x.rows, x.columns);
    CpuTensor raw = arrangement.broadcast(rawLogScale, x.rows, x.columns);
    boolean differentiable = x.differentiable || shift.differentiable || raw.differentiable;
    CpuTensor y = evaluation.make(x.rows, x.columns, differentiable);
    // As many log-determinants as there are scales; the gradient of one goes back from all rows.
    CpuTensor logDeterminant = evaluation.makeZeros(rawLogScale.rows, 1, differentiable);
    Scale scale = scale(raw, limit, -1);
    int n = y.columnStep;
    for (int j = 0; j < y.run(); j++) {
      y.values[y.at + j] =
          (x.values[x.at + j] - shift.values[shift.at + j])
              * scale.factor.values[scale.factor.at + j];
    }
    int length = logDeterminant.columnStep;
    for (int c = 0; c < y.columns; c++) {
      kernels.addScaled(
          (float) -limit,
          scale.tanh.values,
          scale.tanh.at + c * n,
          logDeterminant.values,
          logDeterminant.at,
          length);
    }
    evaluation.record(
        y, logDeterminant, () -> forwardBack(x, shift, raw, scale, y, logDeterminant));
    return new Transformed(y, logDeterminant);
  }

  private void forwardBack(
      CpuTensor x,
      CpuTensor shift,
      CpuTensor raw,
      Scale scale,
      CpuTensor y,
      CpuTensor logDeterminant) {
    int n = y.columnStep;
    float[] g = evaluation.gradient(y);
    int at = y.gradientAt();
    // What y's gradient is of x; shift's is its negative, and s gets -y times y's gradient.
    CpuTensor inner = evaluation.make(y.rows, y.columns, false);
    kernels.product(g, at, scale.factor.values, scale.factor.at, inner.values, inner.at, y.run());
    if (x.differentiable) {
      float[] to = evaluation.gradient(x);
      kernels.add(inner.values, inner.at, to, x.gradientAt(), x.run());
    }
    if (shift.differentiable) {
      float[] to = evaluation.gradient(shift);
      kernels.subtract(inner.values, inner.at, to, shift.gradientAt(), shift.run());
    }
    if (raw.differentiable) {
      float[] logs = evaluation.gradient(logDeterminant);
      float[] to = evaluation.gradient(raw);
      boolean shared = logDeterminant.rows < y.rows;
      for (int c = 0; c < y.columns; c++) {
        int d = c * n;
        for (int j = 0; j < n; j++) {
          float tanh = scale.tanh.values[scale.tanh.at + d + j];
          float slope = -g[at + d + j] * y.values[y.at + d + j];
          to[raw.gradientAt() + d + j] += slope * (1 - tanh * tanh);
        }
        for (int j = 0; j < (shared ? 1 : n); j++) {
          float tanh = scale.tanh.values[scale.tanh.at + d + j];
          to[raw.gradientAt() + d + j] -= logs[logDeterminant.gradientAt() + j] * (1 - tanh * tanh);
        }
      }
    }
  }

  CpuTensor inverse(CpuTensor point, CpuTensor offset, CpuTensor rawLogScale, double limit) {
    CpuTensor y = evaluation.dense(point);
    CpuTensor shift = arrangement.broadcast(offset, y.rows, y.columns);
    CpuTensor raw = arrangement.broadcast(rawLogScale, y.rows, y.columns);
    boolean differentiable = y.differentiable || shift.differentiable || raw.differentiable;
    CpuTensor x = evaluation.make(y.rows, y.columns, differentiable);
    Scale scale = scale(raw, limit, 1);
    for (int j = 0; j < x.run(); j++) {
      x.values[x.at + j] =
          y.values[y.at + j] * scale.factor.values[scale.factor.at + j]
              + shift.values[shift.at + j];
    }
    return evaluation.record(x, () -> inverseBack(y, shift, raw, scale, x));
  }

  private void inverseBack(CpuTensor y, CpuTensor shift, CpuTensor raw, Scale scale, CpuTensor x) {
    float[] g = evaluation.gradient(x);
    int at = x.gradientAt();
    CpuTensor inner = evaluation.make(x.rows, x.columns, false);
    kernels.product(g, at, scale.factor.values, scale.factor.at, inner.values, inner.at, x.run());
    if (y.differentiable) {
      float[] to = evaluation.gradient(y);
      kernels.add(inner.values, inner.at, to, y.gradientAt(), y.run());
    }
    if (shift.differentiable) {
      float[] to = evaluation.gradient(shift);
      kernels.add(g, at, to, shift.gradientAt(), shift.run());
    }
    if (raw.differentiable) {
      float[] to = evaluation.gradient(raw);
      for (int j = 0; j < x.run(); j++) {
        float tanh = scale.tanh.values[scale.tanh.at + j];
        to[raw.gradientAt() + j] +=
            inner.values[inner.at + j] * y.values[y.at + j] * (1 - tanh * tanh);
      }
    }
  }
}
