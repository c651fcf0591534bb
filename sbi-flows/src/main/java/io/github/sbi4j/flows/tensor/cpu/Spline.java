package io.github.sbi4j.flows.tensor.cpu;

import io.github.sbi4j.flows.tensor.Transformed;
import io.github.sbi4j.flows.tensor.cpu.kernel.Kernels;
import io.github.sbi4j.flows.tensor.cpu.kernel.SplineRuns;

/** The rational-quadratic spline and its inverse with their analytic gradients. */
final class Spline {
  private final Evaluation evaluation;
  private final Kernels kernels;

  Spline(Evaluation evaluation) {
    this.evaluation = evaluation;
    this.kernels = evaluation.kernels;
  }

  /** A spline of each column. */
  private record Columns(SplineShape[] shapes, CpuTensor raw) {}

  /** Reads shapes, one for each point or for the same number of points in succession. */
  private Columns read(CpuTensor x, CpuTensor shapes, int bins, double bound, boolean inverse) {
    CpuTensor raw = evaluation.dense(shapes);
    SplineShape[] columns = new SplineShape[x.columns];
    int n = x.columnStep;
    for (int d = 0; d < columns.length; d++) {
      int column = d * (3 * bins - 1);
      columns[d] =
          raw.rows == x.rows
              ? OwnShapes.of(evaluation, n, bins, bound, raw.values, raw.at + column * n)
              : SharedShapes.of(evaluation, x, raw, column, bins, bound);
      columns[d].find(x.values, x.at + d * n, inverse);
    }
    return new Columns(columns, raw);
  }

  Transformed forward(CpuTensor point, CpuTensor shapes, int bins, double bound) {
    CpuTensor x = evaluation.dense(point);
    boolean differentiable = x.differentiable || shapes.differentiable;
    CpuTensor y = evaluation.make(x.rows, x.columns, differentiable);
    CpuTensor logDeterminant = evaluation.makeZeros(x.rows, 1, differentiable);
    Columns columns = read(x, shapes, bins, bound, false);
    int n = x.columnStep;
    int scratchAt = evaluation.arena.take(n);
    float[] scratch = evaluation.arena.array();
    for (int d = 0; d < x.columns; d++) {
      value(columns.shapes[d], x, d, y, scratch, scratchAt);
      kernels.log(scratch, scratchAt, scratch, scratchAt, n);
      kernels.add(scratch, scratchAt, logDeterminant.values, logDeterminant.at, n);
    }
    evaluation.record(
        y, logDeterminant, () -> forwardBack(columns, x, y, logDeterminant, (float) bound));
    return new Transformed(y, logDeterminant);
  }

  /** The value and the derivative of the spline of column d. */
  private static void value(
      SplineShape s, CpuTensor x, int d, CpuTensor y, float[] slope, int slopeAt) {
    SplineRuns runs = s.runs;
    int n = runs.n();
    int from = x.at + d * n;
    int to = y.at + d * n;
    float[] p = runs.points();
    int place = runs.place();
    int leftAt = runs.left();
    int width = runs.width();
    int bottom = runs.bottom();
    int height = runs.height();
    for (int j = 0; j < n; j++) {
      float w = p[width + j];
      float h = p[height + j];
      float left = s.slopes[s.slopesAt + j];
      float right = s.slopes[s.slopesAt + n + j];
      float at = p[place + j];
      float mean = h / w;
      float xi = (at - p[leftAt + j]) / w;
      float rest = 1 - xi;
      float both = xi * rest;
      float squared = xi * xi;
      float denominator = mean + (left + right - 2 * mean) * both;
      float rise = h * (mean * squared + left * both) / denominator;
      float inner = right * squared + 2 * mean * both + left * rest * rest;
      float ratio = mean / denominator;
      slope[slopeAt + j] = ratio * ratio * inner;
      // What clamping took is given back: the identity outside.
      y.values[to + j] = p[bottom + j] + rise + (x.values[from + j] - at);
    }
  }

  private void forwardBack(
      Columns columns, CpuTensor x, CpuTensor y, CpuTensor logDeterminant, float bound) {
    int n = x.columnStep;
    float[] gy = evaluation.gradient(y);
    float[] gl = evaluation.gradient(logDeterminant);
    Partials partials = new Partials(evaluation, n);
    for (int d = 0; d < x.columns; d++) {
      SplineShape s = columns.shapes[d];
      partials.of(s, gy, y.gradientAt() + d * n, gl, logDeterminant.gradientAt());
      if (x.differentiable) {
        float[] to = evaluation.gradient(x);
        int at = x.gradientAt() + d * n;
        for (int j = 0; j < n; j++) {
          boolean outside = Math.abs(x.values[x.at + d * n + j]) > bound;
          to[at + j] += outside ? gy[y.gradientAt() + d * n + j] : partials.ofPlace(j);
        }
      }
      rawBack(columns, partials, s, d);
    }
  }

  private void rawBack(Columns columns, Partials partials, SplineShape s, int d) {
    CpuTensor raw = columns.raw;
    if (raw.differentiable) {
      float[] to = evaluation.gradient(raw);
      int column = d * (3 * s.runs.bins() - 1);
      s.addGradient(partials, to, raw.gradientAt() + column * raw.columnStep);
    }
  }

  CpuTensor inverse(CpuTensor point, CpuTensor shapes, int bins, double bound) {
    CpuTensor y = evaluation.dense(point);
    CpuTensor x = evaluation.make(y.rows, y.columns, y.differentiable || shapes.differentiable);
    Columns columns = read(y, shapes, bins, bound, true);
    for (int d = 0; d < y.columns; d++) {
      root(columns.shapes[d], y, d, x);
    }
    return evaluation.record(x, () -> inverseBack(columns, y, x, (float) bound));
  }

  /**
   * The root of a xi^2 + b xi + c = 0 in [0, 1], in the form that does not cancel (Durkan et al.,
   * equations 6 to 9).
   */
  private static void root(SplineShape s, CpuTensor y, int d, CpuTensor x) {
    SplineRuns runs = s.runs;
    int n = runs.n();
    int from = y.at + d * n;
    int to = x.at + d * n;
    float[] p = runs.points();
    int place = runs.place();
    int leftAt = runs.left();
    int width = runs.width();
    int bottom = runs.bottom();
    int height = runs.height();
    for (int j = 0; j < n; j++) {
      float w = p[width + j];
      float h = p[height + j];
      float left = s.slopes[s.slopesAt + j];
      float right = s.slopes[s.slopesAt + n + j];
      float at = p[place + j];
      float mean = h / w;
      float above = at - p[bottom + j];
      float bent = above * (left + right - 2 * mean);
      float a = h * (mean - left) + bent;
      float b = h * left - bent;
      float twiceC = 2 * mean * above;
      float discriminant = Math.max(b * b + 2 * a * twiceC, 0f);
      float xi = twiceC / (b + (float) Math.sqrt(discriminant));
      x.values[to + j] = xi * w + p[leftAt + j] + (y.values[from + j] - at);
      p[place + j] = xi * w + p[leftAt + j];
    }
  }

  /**
   * With y = f(x, shape): the gradient of y is that of x over f', and the shape's is f's with the
   * negative of it.
   */
  private void inverseBack(Columns columns, CpuTensor y, CpuTensor x, float bound) {
    int n = x.columnStep;
    float[] gx = evaluation.gradient(x);
    Partials partials = new Partials(evaluation, n);
    int at = evaluation.arena.take(4 * n);
    float[] scratch = evaluation.arena.array();
    CpuTensor unused = CpuTensor.dense(scratch, at, n, 1, n, false);
    CpuTensor zero = evaluation.makeZeros(n, 1, false);
    for (int d = 0; d < x.columns; d++) {
      SplineShape s = columns.shapes[d];
      CpuTensor column = CpuTensor.dense(x.values, x.at + d * n, n, 1, n, false);
      value(s, column, 0, unused, scratch, at + n);
      for (int j = 0; j < n; j++) {
        boolean outside = Math.abs(y.values[y.at + d * n + j]) > bound;
        float slope = outside ? 1 : scratch[at + n + j];
        float g = gx[x.gradientAt() + d * n + j] / slope;
        scratch[at + 2 * n + j] = g;
        scratch[at + 3 * n + j] = outside ? 0 : -g;
      }
      if (y.differentiable) {
        float[] to = evaluation.gradient(y);
        kernels.add(scratch, at + 2 * n, to, y.gradientAt() + d * n, n);
      }
      partials.of(s, scratch, at + 3 * n, zero.values, zero.at);
      rawBack(columns, partials, s, d);
    }
  }
}
