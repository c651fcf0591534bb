package io.github.sbi4j.flows.tensor.cpu;

/**
 * Splines of which each serves several points in succession. Their knots are computed once, and a
 * point costs no more than the search for its bin, however many bins there are.
 */
final class SharedShapes extends SplineShape {
  /** Of a bin: left edge, width, bottom, height, slope at the left end. */
  private static final int VALUES = 5;

  private static final int LEFT = 0;
  private static final int WIDTH = 1;
  private static final int BOTTOM = 2;
  private static final int HEIGHT = 3;
  private static final int SLOPE = 4;

  private final Evaluation evaluation;
  private final CpuTensor raw;
  private final int rawAt;

  /** How many points each spline serves. */
  private final int times;

  /** The bins of each spline one after the other, and the slope at its right end. */
  private final float[] knots;

  private final int knotsAt;
  private final int stride;

  private SharedShapes(
      Evaluation evaluation,
      CpuTensor x,
      CpuTensor raw,
      int rawAt,
      int bins,
      double bound,
      float[] shares,
      int sharesAt) {
    super(evaluation, x.columnStep, bins, bound, shares, sharesAt);
    this.evaluation = evaluation;
    this.raw = raw;
    this.rawAt = rawAt;
    this.times = x.rows / raw.rows;
    this.stride = VALUES * (bins + 1);
    this.knotsAt = evaluation.arena.take(stride * raw.rows);
    this.knots = evaluation.arena.array();
  }

  /** Of raw shapes that begin at a column, for points of which each has as many. */
  static SharedShapes of(
      Evaluation evaluation, CpuTensor x, CpuTensor raw, int column, int bins, double bound) {
    int m = raw.columnStep;
    int sharesAt = evaluation.arena.take(2 * bins * m);
    float[] shares = evaluation.arena.array();
    int scratchAt = evaluation.arena.take((bins + 1) * m);
    float[] scratch = evaluation.arena.array();
    int rawAt = raw.at + column * m;
    shares(
        evaluation.kernels,
        bins,
        m,
        raw.values,
        rawAt,
        shares,
        sharesAt,
        scratch,
        scratchAt,
        scratchAt + m);
    SharedShapes shape = new SharedShapes(evaluation, x, raw, rawAt, bins, bound, shares, sharesAt);
    shape.layKnots(scratch, scratchAt);
    return shape;
  }

  private void layKnots(float[] scratch, int scratchAt) {
    int m = raw.columnStep;
    int bins = runs.bins();
    int inner = (bins - 1) * m;
    kernels.softplus(raw.values, rawAt + 2 * bins * m, scratch, scratchAt, inner);
    float[] shares = runs.shares();
    int widths = runs.sharesAt();
    int heights = widths + bins * m;
    for (int r = 0; r < raw.rows; r++) {
      int at = knotsAt + r * stride;
      float left = 0;
      float bottom = 0;
      for (int k = 0; k < bins; k++, at += VALUES) {
        float width = Math.fma(runs.span(), shares[widths + k * m + r], runs.smallest());
        float height = Math.fma(runs.span(), shares[heights + k * m + r], runs.smallest());
        knots[at + LEFT] = left;
        knots[at + WIDTH] = width;
        knots[at + BOTTOM] = bottom;
        knots[at + HEIGHT] = height;
        knots[at + SLOPE] = k == 0 ? 1 : scratch[scratchAt + (k - 1) * m + r] + MIN_DERIVATIVE;
        left += width;
        bottom += height;
      }
      knots[at + SLOPE] = 1;
    }
  }

  @Override
  void find(float[] x, int at, boolean inverse) {
    place(x, at);
    for (int r = 0; r < raw.rows; r++) {
      find(r, r * times, (r + 1) * times, inverse ? BOTTOM : LEFT);
    }
    // What pads the last vector.
    find(raw.rows - 1, raw.rows * times, runs.n(), LEFT);
  }

  private void find(int row, int from, int to, int edge) {
    int n = runs.n();
    float[] p = runs.points();
    int first = knotsAt + row * stride;
    int end = first + stride - VALUES;
    for (int j = from; j < to; j++) {
      float place = p[runs.place() + j];
      int bin = first;
      for (int next = first + VALUES; next < end; next += VALUES) {
        bin += place >= knots[next + edge] ? VALUES : 0;
      }
      p[runs.bin() + j] = bin - first;
      p[runs.left() + j] = knots[bin + LEFT];
      p[runs.width() + j] = knots[bin + WIDTH];
      p[runs.bottom() + j] = knots[bin + BOTTOM];
      p[runs.height() + j] = knots[bin + HEIGHT];
      slopes[slopesAt + j] = knots[bin + SLOPE];
      slopes[slopesAt + n + j] = knots[bin + VALUES + SLOPE];
    }
  }

  @Override
  void addGradient(Partials of, float[] to, int at) {
    int gradientsAt = evaluation.arena.takeZeros(stride * raw.rows);
    float[] gradients = evaluation.arena.array();
    float[] p = runs.points();
    float[] g = of.values();
    int n = runs.n();
    for (int r = 0; r < raw.rows; r++) {
      int first = gradientsAt + r * stride;
      for (int j = r * times; j < (r + 1) * times; j++) {
        int bin = first + (int) p[runs.bin() + j];
        gradients[bin + LEFT] += g[of.left() + j];
        gradients[bin + WIDTH] += g[of.width() + j];
        gradients[bin + BOTTOM] += g[of.bottom() + j];
        gradients[bin + HEIGHT] += g[of.height() + j];
        gradients[bin + SLOPE] += g[of.slopes() + j];
        gradients[bin + VALUES + SLOPE] += g[of.slopes() + n + j];
      }
    }
    int m = raw.columnStep;
    int bins = runs.bins();
    for (int r = 0; r < raw.rows; r++) {
      int from = gradientsAt + r * stride;
      sizesBack(gradients, from, LEFT, runs.sharesAt() + r, to, at + r);
      sizesBack(gradients, from, BOTTOM, runs.sharesAt() + bins * m + r, to, at + bins * m + r);
    }
    derivativesBack(gradients, gradientsAt, to, at + 2 * bins * m);
  }

  /** An edge is the sum of the sizes before it, and these are shares, a softmax. */
  private void sizesBack(float[] gradients, int from, int edge, int sharesAt, float[] to, int at) {
    int m = raw.columnStep;
    float[] shares = runs.shares();
    float edges = 0;
    float mean = 0;
    for (int k = runs.bins() - 1; k >= 0; k--) {
      int bin = from + k * VALUES + edge;
      float ofEdge = gradients[bin];
      gradients[bin] = gradients[bin + 1] + edges;
      mean += shares[sharesAt + k * m] * gradients[bin];
      edges += ofEdge;
    }
    for (int k = 0; k < runs.bins(); k++) {
      float difference = gradients[from + k * VALUES + edge] - mean;
      to[at + k * m] += runs.span() * shares[sharesAt + k * m] * difference;
    }
  }

  private void derivativesBack(float[] gradients, int from, float[] to, int at) {
    int m = raw.columnStep;
    int inner = runs.bins() - 1;
    int slopeAt = evaluation.arena.take(inner * m);
    float[] slope = evaluation.arena.array();
    kernels.sigmoid(raw.values, rawAt + 2 * runs.bins() * m, slope, slopeAt, inner * m);
    for (int k = 0; k < inner; k++) {
      for (int r = 0; r < raw.rows; r++) {
        float g = gradients[from + r * stride + (k + 1) * VALUES + SLOPE];
        to[at + k * m + r] += g * slope[slopeAt + k * m + r];
      }
    }
  }
}
