package io.github.sbi4j.flows.tensor.djl;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/**
 * The rational-quadratic spline of Durkan et al. (2019), https://arxiv.org/abs/1906.04032, in units where the interval is [0, 1].
 *
 * <p>Everything of a bin is gathered first and only then transformed, so that all but five operations work on one value a point.
 */
final class DjlSpline {
  private static final double MIN_SIZE = 1e-3;
  private static final double MIN_DERIVATIVE = 1e-3;

  /** The raw derivative that becomes one, the slope outside. */
  private static final double UNIT_DERIVATIVE = Math.log(Math.expm1(1 - MIN_DERIVATIVE));

  private final DjlEngine engine;
  private final int rows;
  private final int columns;
  private final int bins;
  private final double bound;
  private final int points;
  private final PtNDArray widths;
  private final PtNDArray heights;
  private final PtNDArray rights;
  private final PtNDArray tops;
  private final PtNDArray rawDerivatives;

  /** The bin of each point: P x 1 each. */
  private record Bin(
      PtNDArray width,
      PtNDArray left,
      PtNDArray height,
      PtNDArray bottom,
      PtNDArray slope,
      PtNDArray derivativeLeft,
      PtNDArray derivativeRight,
      PtNDArray curvature) {}

  DjlSpline(DjlEngine engine, PtNDArray raw, int rows, int columns, int bins, double bound) {
    this.engine = engine;
    this.rows = rows;
    this.columns = columns;
    this.bins = bins;
    this.bound = bound;
    this.points = rows * columns;
    PtNDArray flat = JniUtils.reshape(raw, new long[] {points, 3L * bins - 1});
    NDList parts = JniUtils.split(flat, new long[] {bins, bins, bins - 1}, 1);
    this.widths = sizes((PtNDArray) parts.get(0));
    this.heights = sizes((PtNDArray) parts.get(1));
    this.rights = JniUtils.cumSum(widths, 1);
    this.tops = JniUtils.cumSum(heights, 1);
    this.rawDerivatives = JniUtils.pad((PtNDArray) parts.get(2), new long[] {1, 1}, UNIT_DERIVATIVE);
  }

  private PtNDArray scalar(double value) {
    return engine.scalar(value);
  }

  private PtNDArray sizes(PtNDArray raw) {
    PtNDArray shares = JniUtils.softmax(raw, 1, DataType.FLOAT32);
    return JniUtils.add(
        JniUtils.mul(shares, scalar(1 - MIN_SIZE * bins)), scalar(MIN_SIZE));
  }

  /** The transformed points, B x D, and the sum of the logs of their derivatives, B x 1. */
  PtNDArray[] forward(PtNDArray x) {
    PtNDArray flat = JniUtils.reshape(x, new long[] {points, 1});
    PtNDArray inside = JniUtils.lte(JniUtils.abs(flat), scalar(bound));
    PtNDArray unit = toUnit(flat);
    Bin bin = bin(unit, rights);

    PtNDArray xi = JniUtils.div(JniUtils.sub(unit, bin.left), bin.width);
    PtNDArray rest = JniUtils.sub(scalar(1), xi);
    PtNDArray both = JniUtils.mul(xi, rest);
    PtNDArray xiSquared = JniUtils.square(xi);
    PtNDArray numerator =
        JniUtils.add(JniUtils.mul(bin.slope, xiSquared), JniUtils.mul(bin.derivativeLeft, both));
    PtNDArray denominator = JniUtils.add(bin.slope, JniUtils.mul(bin.curvature, both));
    PtNDArray value =
        JniUtils.add(bin.bottom, JniUtils.mul(bin.height, JniUtils.div(numerator, denominator)));

    PtNDArray inner =
        JniUtils.add(
            JniUtils.add(
                JniUtils.mul(bin.derivativeRight, xiSquared),
                JniUtils.mul(JniUtils.mul(bin.slope, both), scalar(2))),
            JniUtils.mul(bin.derivativeLeft, JniUtils.square(rest)));
    PtNDArray ratio = JniUtils.div(bin.slope, denominator);
    PtNDArray logDerivative = JniUtils.log(JniUtils.mul(JniUtils.square(ratio), inner));

    PtNDArray y = JniUtils.where(inside, fromUnit(value), flat);
    PtNDArray logs = JniUtils.where(inside, logDerivative, scalar(0));
    return new PtNDArray[] {
      JniUtils.reshape(y, new long[] {rows, columns}),
      JniUtils.sum(JniUtils.reshape(logs, new long[] {rows, columns}), new long[] {1}, true)
    };
  }

  /** The points that {@link #forward} takes to y, B x D. */
  PtNDArray inverse(PtNDArray y) {
    PtNDArray flat = JniUtils.reshape(y, new long[] {points, 1});
    PtNDArray inside = JniUtils.lte(JniUtils.abs(flat), scalar(bound));
    PtNDArray unit = toUnit(flat);
    Bin bin = bin(unit, tops);

    // The root of a xi^2 + b xi + c = 0 in [0, 1], in the form that does not cancel (Durkan et al., equations 6 to 9).
    PtNDArray above = JniUtils.sub(unit, bin.bottom);
    PtNDArray bent = JniUtils.mul(above, bin.curvature);
    PtNDArray a =
        JniUtils.add(JniUtils.mul(bin.height, JniUtils.sub(bin.slope, bin.derivativeLeft)), bent);
    PtNDArray b = JniUtils.sub(JniUtils.mul(bin.height, bin.derivativeLeft), bent);
    PtNDArray c = JniUtils.neg(JniUtils.mul(bin.slope, above));
    PtNDArray discriminant =
        JniUtils.relu(
            JniUtils.sub(JniUtils.square(b), JniUtils.mul(JniUtils.mul(a, c), scalar(4))));
    PtNDArray xi =
        JniUtils.div(
            JniUtils.mul(c, scalar(-2)), JniUtils.add(b, JniUtils.sqrt(discriminant)));
    PtNDArray value = JniUtils.add(JniUtils.mul(xi, bin.width), bin.left);
    PtNDArray x = JniUtils.where(inside, fromUnit(value), flat);
    return JniUtils.reshape(x, new long[] {rows, columns});
  }

  private PtNDArray toUnit(PtNDArray x) {
    PtNDArray unit = JniUtils.add(JniUtils.mul(x, scalar(0.5 / bound)), scalar(0.5));
    // Points outside keep a harmless place, so that no infinite gradient enters through the branch not taken.
    return JniUtils.min(JniUtils.max(unit, scalar(0)), scalar(1));
  }

  private PtNDArray fromUnit(PtNDArray unit) {
    return JniUtils.mul(JniUtils.sub(unit, scalar(0.5)), scalar(2 * bound));
  }

  private Bin bin(PtNDArray unit, PtNDArray ends) {
    PtNDArray passed = JniUtils.gte(unit, JniUtils.slice(ends, 1, 0, bins - 1, 1));
    PtNDArray index = JniUtils.sum(JniUtils.to(passed, DataType.INT64, engine.device()), new long[] {1}, true);
    PtNDArray knots = JniUtils.stack(new PtNDArray[] {widths, rights, heights, tops}, 1);
    PtNDArray wide =
        JniUtils.broadcast(JniUtils.unsqueeze(index, 1), new Shape(points, 4, 1));
    PtNDArray gathered =
        JniUtils.reshape(JniUtils.gather(knots, wide, 2), new long[] {points, 4});
    NDList own = JniUtils.split(gathered, 1, 1);
    PtNDArray width = (PtNDArray) own.get(0);
    PtNDArray height = (PtNDArray) own.get(2);

    PtNDArray ends2 =
        JniUtils.cat(new PtNDArray[] {index, JniUtils.add(index, engine.one())}, 1);
    PtNDArray derivatives =
        JniUtils.add(
            JniUtils.softPlus(JniUtils.gather(rawDerivatives, ends2, 1)), scalar(MIN_DERIVATIVE));
    NDList slopes = JniUtils.split(derivatives, 1, 1);
    PtNDArray left = (PtNDArray) slopes.get(0);
    PtNDArray right = (PtNDArray) slopes.get(1);
    PtNDArray slope = JniUtils.div(height, width);
    PtNDArray curvature =
        JniUtils.sub(JniUtils.add(left, right), JniUtils.mul(slope, scalar(2)));
    return new Bin(
        width,
        JniUtils.sub((PtNDArray) own.get(1), width),
        height,
        JniUtils.sub((PtNDArray) own.get(3), height),
        slope,
        left,
        right,
        curvature);
  }
}
