package io.github.sbi4j.flows.tensor.cpu.kernel;

import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * The choice among bins by blending, for a vector of points at once.
 *
 * <p>A variable of a loop begins with a fresh vector and nothing chooses between two vectors but a
 * blend: where a constant and a computed vector meet, the JVM's compiler allocates.
 */
abstract class VectorSplines extends VectorFunctions implements SplineKernels {
  private static final FloatVector ZERO = FloatVector.zero(S);
  private static final FloatVector ONE = FloatVector.broadcast(S, 1f);

  @Override
  public void softmax(
      int count,
      int n,
      float[] x,
      int xAt,
      float[] y,
      int yAt,
      float[] top,
      int topAt,
      float[] sum,
      int sumAt) {
    for (int j = 0; j < n; j += L) {
      FloatVector most = FloatVector.fromArray(S, x, xAt + j);
      for (int k = 1, at = xAt + n + j; k < count; k++, at += n) {
        FloatVector v = FloatVector.fromArray(S, x, at);
        most = most.blend(v, v.compare(GT, most));
      }
      most.intoArray(top, topAt + j);
    }
    for (int k = 0; k < count; k++) {
      difference(x, xAt + k * n, top, topAt, y, yAt + k * n, n);
    }
    exp(y, yAt, y, yAt, count * n);
    for (int j = 0; j < n; j += L) {
      FloatVector total = FloatVector.zero(S);
      for (int k = 0, at = yAt + j; k < count; k++, at += n) {
        total = total.add(FloatVector.fromArray(S, y, at));
      }
      total.intoArray(sum, sumAt + j);
      FloatVector factor = FloatVector.broadcast(S, 1f).div(total);
      for (int k = 0, at = yAt + j; k < count; k++, at += n) {
        FloatVector.fromArray(S, y, at).mul(factor).intoArray(y, at);
      }
    }
  }

  @Override
  public void find(SplineRuns s, float[] raw, int rawAt, boolean heights) {
    int n = s.n();
    int bins = s.bins();
    float[] p = s.points();
    float[] shares = s.shares();
    int widths = s.sharesAt();
    int rises = widths + bins * n;
    FloatVector smallest = FloatVector.broadcast(S, s.smallest());
    FloatVector span = FloatVector.broadcast(S, s.span());
    int searched = heights ? rises : widths;
    for (int j = 0; j < n; j += L) {
      FloatVector place = FloatVector.fromArray(S, p, s.place() + j);
      FloatVector width = span.fma(FloatVector.fromArray(S, shares, widths + j), smallest);
      FloatVector height = span.fma(FloatVector.fromArray(S, shares, rises + j), smallest);
      FloatVector edge = span.fma(FloatVector.fromArray(S, shares, searched + j), smallest);
      FloatVector x = width;
      FloatVector y = height;
      FloatVector left = FloatVector.zero(S);
      FloatVector bottom = FloatVector.zero(S);
      FloatVector bin = FloatVector.zero(S);
      for (int at = j + n; at < bins * n; at += n) {
        FloatVector w = span.fma(FloatVector.fromArray(S, shares, widths + at), smallest);
        FloatVector h = span.fma(FloatVector.fromArray(S, shares, rises + at), smallest);
        VectorMask<Float> passed = place.compare(GE, edge);
        left = left.blend(x, passed);
        bottom = bottom.blend(y, passed);
        width = width.blend(w, passed);
        height = height.blend(h, passed);
        bin = bin.blend(bin.add(ONE), passed);
        x = x.add(w);
        y = y.add(h);
        edge = span.fma(FloatVector.fromArray(S, shares, searched + at), edge.add(smallest));
      }
      bin.intoArray(p, s.bin() + j);
      left.intoArray(p, s.left() + j);
      width.intoArray(p, s.width() + j);
      bottom.intoArray(p, s.bottom() + j);
      height.intoArray(p, s.height() + j);
    }
    endSlopes(s, raw, rawAt);
  }

  /** The raw derivatives at the ends of each point's bin. */
  private static void endSlopes(SplineRuns s, float[] raw, int rawAt) {
    int n = s.n();
    int inner = s.bins() - 1;
    float[] p = s.points();
    for (int j = 0; j < n; j += L) {
      FloatVector bin = FloatVector.fromArray(S, p, s.bin() + j);
      FloatVector before = FloatVector.broadcast(S, SplineRuns.UNIT_DERIVATIVE);
      FloatVector after = FloatVector.broadcast(S, SplineRuns.UNIT_DERIVATIVE);
      for (int k = 0; k < inner; k++) {
        FloatVector derivative = FloatVector.fromArray(S, raw, rawAt + k * n + j);
        after = after.blend(derivative, bin.compare(EQ, (float) k));
        before = before.blend(derivative, bin.compare(EQ, (float) (k + 1)));
      }
      before.intoArray(p, s.rawLeft() + j);
      after.intoArray(p, s.rawRight() + j);
    }
  }

  @Override
  public void sizesBack(
      SplineRuns s, int first, float[] of, int before, int own, float[] to, int at) {
    int n = s.n();
    int bins = s.bins();
    float[] shares = s.shares();
    int sharesAt = s.sharesAt() + first * n;
    FloatVector span = FloatVector.broadcast(S, s.span());
    for (int j = 0; j < n; j += L) {
      FloatVector bin = FloatVector.fromArray(S, s.points(), s.bin() + j);
      FloatVector ofBefore = FloatVector.fromArray(S, of, before + j);
      FloatVector ofOwn = FloatVector.fromArray(S, of, own + j);
      FloatVector mean = FloatVector.zero(S);
      for (int k = 0; k < bins; k++) {
        FloatVector share = FloatVector.fromArray(S, shares, sharesAt + k * n + j);
        FloatVector g = ZERO.blend(ofBefore, bin.compare(GT, (float) k));
        mean = share.fma(g.blend(ofOwn, bin.compare(EQ, (float) k)), mean);
      }
      for (int k = 0; k < bins; k++) {
        FloatVector share = FloatVector.fromArray(S, shares, sharesAt + k * n + j);
        FloatVector g = ZERO.blend(ofBefore, bin.compare(GT, (float) k));
        FloatVector difference = g.blend(ofOwn, bin.compare(EQ, (float) k)).sub(mean);
        int row = at + k * n + j;
        share.mul(span).fma(difference, FloatVector.fromArray(S, to, row)).intoArray(to, row);
      }
    }
  }

  @Override
  public void derivativesBack(SplineRuns s, float[] g, int gAt, float[] to, int at) {
    int n = s.n();
    for (int j = 0; j < n; j += L) {
      FloatVector bin = FloatVector.fromArray(S, s.points(), s.bin() + j);
      FloatVector left = FloatVector.fromArray(S, g, gAt + j);
      FloatVector right = FloatVector.fromArray(S, g, gAt + n + j);
      for (int k = 1; k < s.bins(); k++) {
        int row = at + (k - 1) * n + j;
        FloatVector sum = FloatVector.fromArray(S, to, row);
        sum = sum.add(ZERO.blend(left, bin.compare(EQ, (float) k)));
        sum = sum.add(ZERO.blend(right, bin.compare(EQ, (float) (k - 1))));
        sum.intoArray(to, row);
      }
    }
  }
}
