package io.github.sbi4j.flows.tensor.djl;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/**
 * The rational-quadratic spline of Durkan et al. (2019), https://arxiv.org/abs/1906.04032, in
 * coordinates where the interval is [0, 2 bound].
 *
 * <p>Dispatch costs more than arithmetic here, so widths and heights go through every operation
 * together, and points outside take no branch: clamped to the interval, where the slope at the ends
 * is one, they get back what the clamping took. The batch B is the last dimension, along which
 * PyTorch is fast.
 */
final class DjlSpline {
  private static final double MIN_SHARE = 1e-3;
  private static final double MIN_DERIVATIVE = 1e-3;

  /** The raw derivative that becomes one, the slope outside. */
  private static final double UNIT_DERIVATIVE = Math.log(Math.expm1(1 - MIN_DERIVATIVE));

  private static final int WIDTHS = 0;
  private static final int HEIGHTS = 1;

  private final DjlEngine engine;
  private final int rows;
  private final int columns;
  private final int bins;
  private final double bound;

  /** Widths and heights of the bins, D x 2 x K x B. */
  private final PtNDArray sizes;

  /** Where the bins end in x and in y, D x 2 x K x B. */
  private final PtNDArray ends;

  /** Raw derivatives at the K + 1 knots, D x 1 x (K + 1) x B. */
  private final PtNDArray derivatives;

  /** The bin of each point: D x 1 x 1 x B each. */
  private record Bin(
      PtNDArray width,
      PtNDArray height,
      PtNDArray left,
      PtNDArray bottom,
      PtNDArray slope,
      PtNDArray twiceSlope,
      PtNDArray derivativeLeft,
      PtNDArray derivativeRight,
      PtNDArray curvature) {}

  /**
   * The splines of a batch.
   *
   * @param engine where it is computed
   * @param raw the raw shapes, D (3 K - 1) x B
   * @param rows B
   * @param columns D
   * @param bins K
   * @param bound half the width of the interval
   * @param inPlace true where no graph needs what is overwritten
   */
  DjlSpline(
      DjlEngine engine,
      PtNDArray raw,
      int rows,
      int columns,
      int bins,
      double bound,
      boolean inPlace) {
    this.engine = engine;
    this.rows = rows;
    this.columns = columns;
    this.bins = bins;
    this.bound = bound;
    PtNDArray shapes = JniUtils.reshape(raw, new long[] {columns, 1, 3L * bins - 1, rows});
    NDList parts = JniUtils.split(shapes, new long[] {2L * bins, bins - 1}, 2);
    PtNDArray rawSizes =
        JniUtils.reshape((PtNDArray) parts.get(0), new long[] {columns, 2, bins, rows});
    PtNDArray shares = JniUtils.softmax(rawSizes, 2, DataType.FLOAT32);
    this.sizes = sizes(shares, inPlace);
    // A product with a triangle of ones is twice as fast as the cumulative sum.
    this.ends = JniUtils.matmul(engine.cumulation(bins), sizes);
    this.derivatives =
        JniUtils.pad((PtNDArray) parts.get(1), new long[] {0, 0, 1, 1}, UNIT_DERIVATIVE);
  }

  private PtNDArray sizes(PtNDArray shares, boolean inPlace) {
    PtNDArray factor = scalar(2 * bound * (1 - MIN_SHARE * bins));
    PtNDArray smallest = scalar(2 * bound * MIN_SHARE);
    if (!inPlace) {
      return JniUtils.add(JniUtils.mul(shares, factor), smallest);
    }
    JniUtils.muli(shares, factor);
    JniUtils.addi(shares, smallest);
    return shares;
  }

  private PtNDArray scalar(double value) {
    return engine.scalar(value);
  }

  private PtNDArray clamped(PtNDArray flat) {
    return JniUtils.min(JniUtils.max(flat, scalar(-bound)), scalar(bound));
  }

  /** The transformed points, B x D, and the sum of the logs of their derivatives, B x 1. */
  PtNDArray[] forward(PtNDArray x) {
    PtNDArray flat = batchLast(x);
    PtNDArray clamped = clamped(flat);
    PtNDArray place = JniUtils.add(clamped, scalar(bound));
    Bin bin = bin(place, WIDTHS);

    PtNDArray xi = JniUtils.div(JniUtils.sub(place, bin.left), bin.width);
    PtNDArray xiSquared = JniUtils.square(xi);
    PtNDArray both = JniUtils.sub(xi, xiSquared);
    PtNDArray restSquared = JniUtils.sub(JniUtils.sub(scalar(1), xi), both);
    PtNDArray numerator =
        JniUtils.add(JniUtils.mul(bin.slope, xiSquared), JniUtils.mul(bin.derivativeLeft, both));
    PtNDArray denominator = JniUtils.add(bin.slope, JniUtils.mul(bin.curvature, both));
    PtNDArray rise = JniUtils.div(JniUtils.mul(bin.height, numerator), denominator);
    PtNDArray inner =
        JniUtils.add(
            JniUtils.add(
                JniUtils.mul(bin.derivativeRight, xiSquared), JniUtils.mul(bin.twiceSlope, both)),
            JniUtils.mul(bin.derivativeLeft, restSquared));
    PtNDArray ratio = JniUtils.div(bin.slope, denominator);
    PtNDArray logs = JniUtils.log(JniUtils.mul(JniUtils.square(ratio), inner));
    PtNDArray y = returned(JniUtils.add(bin.bottom, rise), flat, clamped);
    return new PtNDArray[] {
      batchFirst(y),
      JniUtils.reshape(JniUtils.sum(logs, new long[] {0}, false), new long[] {rows, 1})
    };
  }

  /** The points that {@link #forward} takes to y, B x D. */
  PtNDArray inverse(PtNDArray y) {
    PtNDArray flat = batchLast(y);
    PtNDArray clamped = clamped(flat);
    PtNDArray place = JniUtils.add(clamped, scalar(bound));
    Bin bin = bin(place, HEIGHTS);

    // The root of a xi^2 + b xi + c = 0 in [0, 1], in the form that does not cancel (Durkan et al.,
    // equations 6 to 9).
    PtNDArray above = JniUtils.sub(place, bin.bottom);
    PtNDArray bent = JniUtils.mul(above, bin.curvature);
    PtNDArray a =
        JniUtils.add(JniUtils.mul(bin.height, JniUtils.sub(bin.slope, bin.derivativeLeft)), bent);
    PtNDArray b = JniUtils.sub(JniUtils.mul(bin.height, bin.derivativeLeft), bent);
    PtNDArray twiceC = JniUtils.mul(bin.twiceSlope, above);
    PtNDArray product = JniUtils.mul(JniUtils.mul(a, twiceC), scalar(2));
    PtNDArray discriminant = JniUtils.relu(JniUtils.add(JniUtils.square(b), product));
    PtNDArray xi = JniUtils.div(twiceC, JniUtils.add(b, JniUtils.sqrt(discriminant)));
    PtNDArray x = returned(JniUtils.add(JniUtils.mul(xi, bin.width), bin.left), flat, clamped);
    return batchFirst(x);
  }

  private PtNDArray batchLast(PtNDArray x) {
    return JniUtils.reshape(JniUtils.transpose(x, 0, 1), new long[] {columns, 1, 1, rows});
  }

  private PtNDArray batchFirst(PtNDArray y) {
    return JniUtils.transpose(JniUtils.reshape(y, new long[] {columns, rows}), 0, 1);
  }

  /** Back in the coordinates of the data, with what clamping took given back. */
  private PtNDArray returned(PtNDArray place, PtNDArray flat, PtNDArray clamped) {
    PtNDArray excess = JniUtils.sub(flat, JniUtils.add(clamped, scalar(bound)));
    return JniUtils.add(place, excess);
  }

  private Bin bin(PtNDArray place, int side) {
    PtNDArray bySide = JniUtils.slice(ends, 1, side, side + 1, 1);
    PtNDArray passed = JniUtils.gte(place, JniUtils.slice(bySide, 2, 0, bins - 1, 1));
    // The sum of truth values is an integer, as an index has to be.
    PtNDArray index = JniUtils.sum(passed, new long[] {2}, true);
    PtNDArray both = JniUtils.broadcast(index, new Shape(columns, 2, 1, rows));
    NDList ownSizes = JniUtils.split(JniUtils.gather(sizes, both, 2), 1, 1);
    NDList ownEnds = JniUtils.split(JniUtils.gather(ends, both, 2), 1, 1);
    PtNDArray next = JniUtils.add(index, engine.one());
    PtNDArray knots = JniUtils.cat(new PtNDArray[] {index, next}, 2);
    PtNDArray raw = JniUtils.gather(derivatives, knots, 2);
    PtNDArray width = (PtNDArray) ownSizes.get(WIDTHS);
    PtNDArray height = (PtNDArray) ownSizes.get(HEIGHTS);
    PtNDArray positive = JniUtils.add(JniUtils.softPlus(raw), scalar(MIN_DERIVATIVE));
    NDList slopes = JniUtils.split(positive, 1, 2);
    PtNDArray left = (PtNDArray) slopes.get(0);
    PtNDArray right = (PtNDArray) slopes.get(1);
    PtNDArray slope = JniUtils.div(height, width);
    PtNDArray twiceSlope = JniUtils.add(slope, slope);
    return new Bin(
        width,
        height,
        JniUtils.sub((PtNDArray) ownEnds.get(WIDTHS), width),
        JniUtils.sub((PtNDArray) ownEnds.get(HEIGHTS), height),
        slope,
        twiceSlope,
        left,
        right,
        JniUtils.sub(JniUtils.add(left, right), twiceSlope));
  }
}
