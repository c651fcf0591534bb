package io.github.sbi4j.flows.tensor.cpu;

import io.github.sbi4j.flows.tensor.cpu.kernel.Kernels;
import io.github.sbi4j.flows.tensor.cpu.kernel.SplineRuns;

/**
 * The rational-quadratic splines of one column for a batch, and the bin of each point (Durkan et
 * al. 2019, https://arxiv.org/abs/1906.04032), in coordinates where the interval is [0, 2 bound].
 *
 * <p>A raw shape is K widths, K heights and K - 1 derivatives.
 */
abstract class SplineShape {
  static final float MIN_DERIVATIVE = 1e-3f;
  private static final float MIN_SHARE = 1e-3f;

  final Kernels kernels;
  final SplineRuns runs;

  /** The slopes at the bin's ends: 2 runs. */
  final float[] slopes;

  final int slopesAt;

  private final float bound;

  /**
   * Takes the memory that points need.
   *
   * @param n the length of a run of points
   * @param shares where the softmax of widths and heights will be
   * @param sharesAt where it begins
   */
  SplineShape(Evaluation evaluation, int n, int bins, double bound, float[] shares, int sharesAt) {
    this.kernels = evaluation.kernels;
    this.bound = (float) bound;
    Arena arena = evaluation.arena;
    int pointsAt = arena.take(SplineRuns.RUNS * n);
    float[] points = arena.array();
    float smallest = (float) (2 * bound * MIN_SHARE);
    float span = (float) (2 * bound * (1 - MIN_SHARE * bins));
    this.runs = new SplineRuns(n, bins, smallest, span, shares, sharesAt, points, pointsAt);
    this.slopesAt = arena.take(2 * n);
    this.slopes = arena.array();
  }

  /**
   * Finds the bin of each point.
   *
   * @param x the points
   * @param at where they begin
   * @param inverse true to look for the bin by its heights
   */
  abstract void find(float[] x, int at, boolean inverse);

  /**
   * Adds gradients with respect to each point's bin to those of the raw shapes.
   *
   * @param of the gradients
   * @param to those of the raw shapes
   * @param at where they begin
   */
  abstract void addGradient(Partials of, float[] to, int at);

  /** Moves points into the interval. */
  final void place(float[] x, int at) {
    float[] points = runs.points();
    int place = runs.place();
    for (int j = 0; j < runs.n(); j++) {
      points[place + j] = Math.min(Math.max(x[at + j], -bound), bound) + bound;
    }
  }

  /**
   * Softmax of raw widths and of raw heights.
   *
   * @param n the length of a run
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
}
