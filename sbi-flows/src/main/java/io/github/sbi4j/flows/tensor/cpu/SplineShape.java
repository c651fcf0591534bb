package io.github.sbi4j.flows.tensor.cpu;

import io.github.sbi4j.flows.tensor.cpu.kernel.Kernels;
import io.github.sbi4j.flows.tensor.cpu.kernel.SplineRuns;

/**
 * The rational-quadratic splines of one column for a batch, and the bin of each point (Durkan et
 * al. 2019, https://arxiv.org/abs/1906.04032), in coordinates where the interval is [0, 2 bound].
 */
final class SplineShape {
  private static final float MIN_SHARE = 1e-3f;
  private static final float MIN_DERIVATIVE = 1e-3f;

  final SplineRuns runs;

  /** The slopes at the bin's ends: 2 runs. */
  final float[] slopes;

  final int slopesAt;

  private final float bound;

  /** Of raw shapes, K widths, K heights, K - 1 derivatives, which begin at a place. */
  static SplineShape ofRaw(
      Arena arena, Kernels kernels, int n, int bins, double bound, float[] raw, int rawAt) {
    int sharesAt = arena.take(2 * bins * n);
    SplineShape shape = new SplineShape(arena, n, bins, bound, arena.array(), sharesAt);
    SplineRuns runs = shape.runs;
    // Two runs that are filled later serve as scratch.
    shares(
        kernels,
        bins,
        n,
        raw,
        rawAt,
        runs.shares(),
        sharesAt,
        runs.points(),
        runs.left(),
        runs.width());
    return shape;
  }

  /** Of shares that are known: 2 K runs from a place on. */
  SplineShape(Arena arena, int n, int bins, double bound, float[] shares, int sharesAt) {
    this.bound = (float) bound;
    int pointsAt = arena.take(SplineRuns.RUNS * n);
    float[] points = arena.array();
    float smallest = (float) (2 * bound * MIN_SHARE);
    float span = (float) (2 * bound * (1 - MIN_SHARE * bins));
    this.runs = new SplineRuns(n, bins, smallest, span, shares, sharesAt, points, pointsAt);
    this.slopesAt = arena.take(2 * n);
    this.slopes = arena.array();
  }

  /**
   * Softmax of the raw widths and of the raw heights.
   *
   * @param raw where the raw shapes are
   * @param at where they begin
   * @param shares receives 2 K runs
   * @param to where they begin
   * @param scratch two runs of it are used
   * @param one where the first begins
   * @param other where the second begins
   */
  static void shares(
      Kernels kernels,
      int bins,
      int n,
      float[] raw,
      int at,
      float[] shares,
      int to,
      float[] scratch,
      int one,
      int other) {
    for (int side = 0; side < 2 * bins; side += bins) {
      kernels.softmax(
          bins, n, raw, at + side * n, shares, to + side * n, scratch, one, scratch, other);
    }
  }

  /**
   * Finds the bin of each point.
   *
   * @param raw where the raw shapes are, of which derivatives are read
   * @param at where they begin
   * @param x the points
   * @param xAt where they begin
   * @param inverse true to look for the bin by its heights
   */
  void read(Kernels kernels, float[] raw, int at, float[] x, int xAt, boolean inverse) {
    int n = runs.n();
    int bins = runs.bins();
    float[] points = runs.points();
    int place = runs.place();
    for (int j = 0; j < n; j++) {
      points[place + j] = Math.min(Math.max(x[xAt + j], -bound), bound) + bound;
    }
    kernels.find(runs, raw, at + 2 * bins * n, inverse);
    kernels.softplus(points, runs.rawLeft(), slopes, slopesAt, 2 * n);
    kernels.shift(MIN_DERIVATIVE, slopes, slopesAt, slopes, slopesAt, 2 * n);
  }
}
