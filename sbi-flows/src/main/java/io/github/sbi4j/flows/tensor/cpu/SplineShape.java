package io.github.sbi4j.flows.tensor.cpu;

import io.github.sbi4j.flows.tensor.cpu.kernel.Kernels;

/**
 * The rational-quadratic splines of one column for a batch, and the bin of each point (Durkan et al.
 * 2019, https://arxiv.org/abs/1906.04032), in coordinates where the interval is [0, 2 bound].
 *
 * <p>Points are chosen from by arithmetic in place of branches, along the batch.
 */
final class SplineShape {
  static final float MIN_SHARE = 1e-3f;
  static final float MIN_DERIVATIVE = 1e-3f;

  /** The raw derivative that becomes one, the slope outside. */
  private static final float UNIT_DERIVATIVE = (float) Math.log(Math.expm1(1 - 1e-3));

  private static final int RUNS = 8;

  final int n;
  final int bins;

  /** Softmax of the raw widths, then of the raw heights: 2 K runs. */
  final float[] shares;

  final int sharesAt;

  /** The runs of each point's bin follow one another here, n apart. */
  final float[] points;

  final int bin;
  final int left;
  final int width;
  final int bottom;
  final int height;
  final int rawLeft;
  final int rawRight;
  final int place;

  /** The slopes at the bin's ends: 2 runs. */
  final float[] slopes;

  final int slopesAt;

  private final float smallest;
  private final float span;
  private final float bound;

  SplineShape(Arena arena, int n, int bins, double bound) {
    this.n = n;
    this.bins = bins;
    this.bound = (float) bound;
    this.smallest = (float) (2 * bound * MIN_SHARE);
    this.span = (float) (2 * bound * (1 - MIN_SHARE * bins));
    this.sharesAt = arena.take(2 * bins * n);
    this.shares = arena.array();
    int at = arena.takeZeros(RUNS * n);
    this.points = arena.array();
    this.bin = at;
    this.left = at + n;
    this.width = at + 2 * n;
    this.bottom = at + 3 * n;
    this.height = at + 4 * n;
    this.rawLeft = at + 5 * n;
    this.rawRight = at + 6 * n;
    this.place = at + 7 * n;
    this.slopesAt = arena.take(2 * n);
    this.slopes = arena.array();
  }

  float span() {
    return span;
  }

  /**
   * Reads the shapes and finds the bin of each point.
   *
   * @param raw where the raw shapes are: K widths, K heights, K - 1 derivatives
   * @param at where they begin
   * @param x the points
   * @param xAt where they begin
   * @param inverse true to look for the bin by its heights
   */
  void read(
      Reductions reductions,
      Evaluation evaluation,
      float[] raw,
      int at,
      float[] x,
      int xAt,
      boolean inverse) {
    Kernels kernels = evaluation.kernels;
    CpuTensor total = evaluation.make(n, 1, false);
    for (int side = 0; side < 2; side++) {
      CpuTensor own = CpuTensor.dense(shares, sharesAt + side * bins * n, n, bins, n, false);
      reductions.softmax(raw, at + side * bins * n, bins, n, own, total);
    }
    for (int j = 0; j < n; j++) {
      points[place + j] = Math.min(Math.max(x[xAt + j], -bound), bound) + bound;
    }
    count(inverse ? bins : 0, total);
    gather(0, left, width);
    gather(bins, bottom, height);
    gatherDerivatives(raw, at + 2 * bins * n);
    // The two runs of raw derivatives follow one another.
    kernels.softplus(points, rawLeft, slopes, slopesAt, 2 * n);
    Loops.shift(MIN_DERIVATIVE, slopes, slopesAt, slopes, slopesAt, 2 * n);
  }

  /** The number of inner knots that each point has passed. */
  private void count(int first, CpuTensor scratch) {
    float[] edge = scratch.values;
    int edgeAt = scratch.at;
    java.util.Arrays.fill(edge, edgeAt, edgeAt + n, 0);
    for (int k = 0; k < bins - 1; k++) {
      int share = sharesAt + (first + k) * n;
      for (int j = 0; j < n; j++) {
        edge[edgeAt + j] += smallest + span * shares[share + j];
      }
      for (int j = 0; j < n; j++) {
        points[bin + j] += points[place + j] >= edge[edgeAt + j] ? 1f : 0f;
      }
    }
  }

  /** The size of each point's bin and of all those before it. */
  private void gather(int first, int before, int own) {
    for (int k = 0; k < bins; k++) {
      int share = sharesAt + (first + k) * n;
      for (int j = 0; j < n; j++) {
        float size = smallest + span * shares[share + j];
        float distance = points[bin + j] - k;
        points[before + j] += Math.min(Math.max(distance, 0f), 1f) * size;
        points[own + j] += (1 - Math.min(Math.abs(distance), 1f)) * size;
      }
    }
  }

  private void gatherDerivatives(float[] raw, int at) {
    for (int k = 0; k <= bins; k++) {
      boolean inner = k > 0 && k < bins;
      int from = at + (k - 1) * n;
      for (int j = 0; j < n; j++) {
        float value = inner ? raw[from + j] : UNIT_DERIVATIVE;
        float distance = points[bin + j] - k;
        points[rawLeft + j] += (1 - Math.min(Math.abs(distance), 1f)) * value;
        points[rawRight + j] += (1 - Math.min(Math.abs(distance + 1), 1f)) * value;
      }
    }
  }

  /**
   * Adds the gradient of the raw sizes of one side.
   *
   * @param first 0 for widths, K for heights
   * @param g the gradients: of the sizes of all bins before the point's, then of its own
   * @param before where the former begin
   * @param own where the latter begin
   * @param scratch a run of values
   * @param scratchAt where it begins
   * @param to receives the gradient of K runs
   * @param at where they begin
   */
  void sizesBack(
      int first,
      float[] g,
      int before,
      int own,
      float[] scratch,
      int scratchAt,
      float[] to,
      int at) {
    java.util.Arrays.fill(scratch, scratchAt, scratchAt + n, 0);
    for (int k = 0; k < bins; k++) {
      int share = sharesAt + (first + k) * n;
      for (int j = 0; j < n; j++) {
        scratch[scratchAt + j] += shares[share + j] * ofSize(g, before, own, j, k);
      }
    }
    for (int k = 0; k < bins; k++) {
      int share = sharesAt + (first + k) * n;
      int row = at + k * n;
      for (int j = 0; j < n; j++) {
        float difference = ofSize(g, before, own, j, k) - scratch[scratchAt + j];
        to[row + j] += span * shares[share + j] * difference;
      }
    }
  }

  private float ofSize(float[] g, int before, int own, int j, int k) {
    float distance = points[bin + j] - k;
    return Math.min(Math.max(distance, 0f), 1f) * g[before + j]
        + (1 - Math.min(Math.abs(distance), 1f)) * g[own + j];
  }

  /**
   * Adds the gradient of the K - 1 raw derivatives.
   *
   * @param kernels for the slope of softplus
   * @param g the gradients of the slopes at the left and right ends, two runs in succession that are
   *     overwritten
   * @param gAt where they begin
   * @param scratch two runs of values
   * @param scratchAt where they begin
   * @param to receives the gradient
   * @param at where it begins
   */
  void derivativesBack(
      Kernels kernels, float[] g, int gAt, float[] scratch, int scratchAt, float[] to, int at) {
    kernels.sigmoid(points, rawLeft, scratch, scratchAt, 2 * n);
    for (int j = 0; j < 2 * n; j++) {
      g[gAt + j] *= scratch[scratchAt + j];
    }
    for (int k = 1; k < bins; k++) {
      int row = at + (k - 1) * n;
      for (int j = 0; j < n; j++) {
        float distance = points[bin + j] - k;
        to[row + j] +=
            (1 - Math.min(Math.abs(distance), 1f)) * g[gAt + j]
                + (1 - Math.min(Math.abs(distance + 1), 1f)) * g[gAt + n + j];
      }
    }
  }
}
