package io.github.sbi4j.flows.tensor.cpu;

import io.github.sbi4j.flows.tensor.cpu.kernel.SplineRuns;

/** Splines of which each serves one point, as many points side by side as a vector holds. */
final class OwnShapes extends SplineShape {
  private final float[] raw;
  private final int rawAt;

  private OwnShapes(
      Evaluation evaluation,
      int n,
      int bins,
      double bound,
      float[] shares,
      int sharesAt,
      float[] raw,
      int rawAt) {
    super(evaluation, n, bins, bound, shares, sharesAt);
    this.raw = raw;
    this.rawAt = rawAt;
  }

  /** Of raw shapes, 3 K - 1 runs of n. */
  static OwnShapes of(
      Evaluation evaluation, int n, int bins, double bound, float[] raw, int rawAt) {
    int at = evaluation.arena.take(2 * bins * n);
    float[] shares = evaluation.arena.array();
    OwnShapes shape = new OwnShapes(evaluation, n, bins, bound, shares, at, raw, rawAt);
    SplineRuns runs = shape.runs;
    // Two runs that are filled later serve as scratch.
    float[] scratch = runs.points();
    shares(shape.kernels, bins, n, raw, rawAt, shares, at, scratch, runs.left(), runs.width());
    return shape;
  }

  @Override
  void find(float[] x, int at, boolean inverse) {
    place(x, at);
    int n = runs.n();
    kernels.find(runs, raw, rawAt + 2 * runs.bins() * n, inverse);
    kernels.softplus(runs.points(), runs.rawLeft(), slopes, slopesAt, 2 * n);
    kernels.shift(MIN_DERIVATIVE, slopes, slopesAt, slopes, slopesAt, 2 * n);
  }

  @Override
  void addGradient(Partials of, float[] to, int at) {
    int n = runs.n();
    int bins = runs.bins();
    float[] g = of.values();
    kernels.sizesBack(runs, 0, g, of.left(), of.width(), to, at);
    kernels.sizesBack(runs, bins, g, of.bottom(), of.height(), to, at + bins * n);
    kernels.sigmoid(runs.points(), runs.rawLeft(), g, of.scratch(), 2 * n);
    kernels.product(g, of.scratch(), g, of.slopes(), g, of.slopes(), 2 * n);
    kernels.derivativesBack(runs, g, of.slopes(), to, at + 2 * bins * n);
  }
}
