package io.github.sbi4j.flows.tensor.cpu.kernel;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/**
 * Elementary functions by vectors: polynomials of S. Moshier's Cephes library for float32 (after
 * Cody and Waite 1980) and the rational function for tanh of the Eigen library, right at
 * infinities, NaN and gradual underflow.
 *
 * <p>Largest errors over the whole range, in units in the last place of the exact result: exp 2,
 * log 1, tanh 5, sigmoid 3, softplus 4, expm1 6; where a result is below the smallest normal
 * number, one unit of the smallest number.
 *
 * <p>Each function is written out in its loop, e<sup>x</sup> in four of them: constants are vectors
 * and no vector is handed from one method of ours to another. Where the JVM's compiler did not take
 * such a method into the loop, and in a large loop it stops doing so, it would allocate every
 * vector.
 */
abstract class VectorFunctions extends VectorRuns implements FunctionKernels {
  private static final FloatVector ZERO = constant(0);
  private static final FloatVector HALF = constant(0.5f);
  private static final FloatVector MINUS_HALF = constant(-0.5f);
  private static final FloatVector ONE = constant(1);
  private static final FloatVector TWO = constant(2);
  private static final FloatVector INFINITY = constant(Float.POSITIVE_INFINITY);
  private static final FloatVector MINUS_INFINITY = constant(Float.NEGATIVE_INFINITY);
  private static final FloatVector NOT_A_NUMBER = constant(Float.NaN);
  private static final FloatVector MIN_NORMAL = constant(Float.MIN_NORMAL);

  private static final FloatVector LOG2_E = constant(1.44269504f);

  /** ln 2 in two parts, the first of which has few bits, so that multiples of it are exact. */
  private static final FloatVector LN2_HIGH = constant(0.693359375f);

  private static final FloatVector LN2_LOW = constant(-2.12194440e-4f);
  private static final FloatVector MINUS_LN2_HIGH = constant(-0.693359375f);
  private static final FloatVector MINUS_LN2_LOW = constant(2.12194440e-4f);

  /** 1.5 2^23: added to a number below 2^22, its last bits become the number rounded. */
  private static final FloatVector ROUNDER = constant(12582912f);

  /** What the rounder's bits lack to the number and the bias of an exponent. */
  private static final IntVector ROUNDER_BITS = integer(0x4B400000);

  private static final IntVector BIAS = integer(127);
  private static final FloatVector OVERFLOW = constant(88.7228f);
  private static final FloatVector UNDERFLOW = constant(-103.98f);
  private static final FloatVector E1 = constant(1.9875691500e-4f);
  private static final FloatVector E2 = constant(1.3981999507e-3f);
  private static final FloatVector E3 = constant(8.3334519073e-3f);
  private static final FloatVector E4 = constant(4.1665795894e-2f);
  private static final FloatVector E5 = constant(1.6666665459e-1f);
  private static final FloatVector E6 = constant(5.0000001201e-1f);

  private static final IntVector ROOT_HALF_BITS = integer(0x3F3504F3);
  private static final FloatVector TINY_SCALE = constant(0x1p25f);
  private static final FloatVector TINY_EXPONENT = constant(25);
  private static final FloatVector L1 = constant(7.0376836292e-2f);
  private static final FloatVector L2 = constant(-1.1514610310e-1f);
  private static final FloatVector L3 = constant(1.1676998740e-1f);
  private static final FloatVector L4 = constant(-1.2420140846e-1f);
  private static final FloatVector L5 = constant(1.4249322787e-1f);
  private static final FloatVector L6 = constant(-1.6668057665e-1f);
  private static final FloatVector L7 = constant(2.0000714765e-1f);
  private static final FloatVector L8 = constant(-2.4999993993e-1f);
  private static final FloatVector L9 = constant(3.3333331174e-1f);

  /** Beyond this tanh rounds to one. */
  private static final FloatVector TANH_LIMIT = constant(7.90531110763549805f);

  private static final FloatVector MINUS_TANH_LIMIT = constant(-7.90531110763549805f);
  private static final FloatVector TANH_SMALL = constant(1e-4f);
  private static final FloatVector P13 = constant(-2.76076847742355e-16f);
  private static final FloatVector P11 = constant(2.00018790482477e-13f);
  private static final FloatVector P9 = constant(-8.60467152213735e-11f);
  private static final FloatVector P7 = constant(5.12229709037114e-08f);
  private static final FloatVector P5 = constant(1.48572235717979e-05f);
  private static final FloatVector P3 = constant(6.37261928875436e-04f);
  private static final FloatVector P1 = constant(4.89352455891786e-03f);
  private static final FloatVector Q6 = constant(1.19825839466702e-06f);
  private static final FloatVector Q4 = constant(1.18534705686654e-04f);
  private static final FloatVector Q2 = constant(2.26843463243900e-03f);
  private static final FloatVector Q0 = constant(4.89352518554385e-03f);

  private static final FloatVector A15 = constant(2f / 15);
  private static final FloatVector A13 = constant(2f / 13);
  private static final FloatVector A11 = constant(2f / 11);
  private static final FloatVector A9 = constant(2f / 9);
  private static final FloatVector A7 = constant(2f / 7);
  private static final FloatVector A5 = constant(2f / 5);
  private static final FloatVector A3 = constant(2f / 3);

  private static FloatVector constant(float value) {
    return FloatVector.broadcast(S, value);
  }

  private static IntVector integer(int value) {
    return FloatVector.broadcast(S, Float.intBitsToFloat(value)).reinterpretAsInts();
  }

  @Override
  public void exp(float[] x, int xAt, float[] y, int yAt, int n) {
    for (int j = 0; j < n; j += L) {
      FloatVector v = FloatVector.fromArray(S, x, xAt + j);
      FloatVector shifted = v.fma(LOG2_E, ROUNDER);
      FloatVector k = shifted.sub(ROUNDER);
      FloatVector r = k.fma(MINUS_LN2_LOW, k.fma(MINUS_LN2_HIGH, v));
      FloatVector p = E1.fma(r, E2).fma(r, E3).fma(r, E4).fma(r, E5).fma(r, E6);
      p = p.fma(r.mul(r), r.add(ONE));
      IntVector exponent = shifted.reinterpretAsInts().sub(ROUNDER_BITS);
      IntVector half = exponent.lanewise(ASHR, 1);
      p = p.mul(half.add(BIAS).lanewise(LSHL, 23).reinterpretAsFloats());
      p = p.mul(exponent.sub(half).add(BIAS).lanewise(LSHL, 23).reinterpretAsFloats());
      FloatVector e = p.blend(INFINITY, v.compare(GT, OVERFLOW));
      e = e.blend(ZERO, v.compare(LT, UNDERFLOW));
      e.intoArray(y, yAt + j);
    }
  }

  @Override
  public void log(float[] x, int xAt, float[] y, int yAt, int n) {
    for (int j = 0; j < n; j += L) {
      FloatVector v = FloatVector.fromArray(S, x, xAt + j);
      VectorMask<Float> tiny = v.compare(LT, MIN_NORMAL);
      IntVector bits = v.blend(v.mul(TINY_SCALE), tiny).reinterpretAsInts();
      // The bits of sqrt(1/2) taken off leave a mantissa between it and its double.
      IntVector exponent = bits.sub(ROOT_HALF_BITS).lanewise(ASHR, 23);
      FloatVector f = bits.sub(exponent.lanewise(LSHL, 23)).reinterpretAsFloats().sub(ONE);
      FloatVector e = (FloatVector) exponent.convert(I2F, 0);
      e = e.blend(e.sub(TINY_EXPONENT), tiny);
      FloatVector p = L1.fma(f, L2).fma(f, L3).fma(f, L4).fma(f, L5).fma(f, L6).fma(f, L7);
      p = p.fma(f, L8).fma(f, L9).mul(f);
      // e ln 2 + f - f^2 / 2 + f^2 p, summed from the smallest on.
      FloatVector z = f.mul(f);
      FloatVector small = z.fma(MINUS_HALF, e.fma(LN2_LOW, p.mul(z)));
      FloatVector log = e.fma(LN2_HIGH, f.add(small));
      log = log.blend(MINUS_INFINITY, v.compare(EQ, ZERO));
      log = log.blend(NOT_A_NUMBER, v.compare(LT, ZERO));
      log = log.blend(v, v.compare(EQ, INFINITY)).blend(v, v.compare(NE, v));
      log.intoArray(y, yAt + j);
    }
  }

  @Override
  public void tanh(float[] x, int xAt, float[] y, int yAt, int n) {
    for (int j = 0; j < n; j += L) {
      FloatVector v = FloatVector.fromArray(S, x, xAt + j);
      FloatVector b = v.min(TANH_LIMIT).max(MINUS_TANH_LIMIT);
      FloatVector z = b.mul(b);
      FloatVector top = P13.fma(z, P11).fma(z, P9).fma(z, P7).fma(z, P5).fma(z, P3).fma(z, P1);
      FloatVector below = Q6.fma(z, Q4).fma(z, Q2).fma(z, Q0);
      FloatVector tanh = b.mul(top).div(below);
      tanh = tanh.blend(v, v.abs().compare(LT, TANH_SMALL));
      tanh.intoArray(y, yAt + j);
    }
  }

  @Override
  public void sigmoid(float[] x, int xAt, float[] y, int yAt, int n) {
    for (int j = 0; j < n; j += L) {
      FloatVector v = FloatVector.fromArray(S, x, xAt + j);
      FloatVector m = v.abs().neg();
      FloatVector shifted = m.fma(LOG2_E, ROUNDER);
      FloatVector k = shifted.sub(ROUNDER);
      FloatVector r = k.fma(MINUS_LN2_LOW, k.fma(MINUS_LN2_HIGH, m));
      FloatVector p = E1.fma(r, E2).fma(r, E3).fma(r, E4).fma(r, E5).fma(r, E6);
      p = p.fma(r.mul(r), r.add(ONE));
      IntVector exponent = shifted.reinterpretAsInts().sub(ROUNDER_BITS);
      IntVector half = exponent.lanewise(ASHR, 1);
      p = p.mul(half.add(BIAS).lanewise(LSHL, 23).reinterpretAsFloats());
      p = p.mul(exponent.sub(half).add(BIAS).lanewise(LSHL, 23).reinterpretAsFloats());
      FloatVector t = p.blend(INFINITY, m.compare(GT, OVERFLOW));
      t = t.blend(ZERO, m.compare(LT, UNDERFLOW));
      // 1 / (1 + e^-x) of t = e^-|x|.
      FloatVector share = ONE.div(t.add(ONE));
      t.mul(share).blend(share, v.compare(GE, ZERO)).intoArray(y, yAt + j);
    }
  }

  @Override
  public void softplus(float[] x, int xAt, float[] y, int yAt, int n) {
    for (int j = 0; j < n; j += L) {
      FloatVector v = FloatVector.fromArray(S, x, xAt + j);
      FloatVector m = v.abs().neg();
      FloatVector shifted = m.fma(LOG2_E, ROUNDER);
      FloatVector k = shifted.sub(ROUNDER);
      FloatVector r = k.fma(MINUS_LN2_LOW, k.fma(MINUS_LN2_HIGH, m));
      FloatVector p = E1.fma(r, E2).fma(r, E3).fma(r, E4).fma(r, E5).fma(r, E6);
      p = p.fma(r.mul(r), r.add(ONE));
      IntVector exponent = shifted.reinterpretAsInts().sub(ROUNDER_BITS);
      IntVector half = exponent.lanewise(ASHR, 1);
      p = p.mul(half.add(BIAS).lanewise(LSHL, 23).reinterpretAsFloats());
      p = p.mul(exponent.sub(half).add(BIAS).lanewise(LSHL, 23).reinterpretAsFloats());
      FloatVector t = p.blend(INFINITY, m.compare(GT, OVERFLOW));
      t = t.blend(ZERO, m.compare(LT, UNDERFLOW));
      // log(1 + t) = 2 artanh q with q = t / (2 + t), at most 1/3 here: a series in q^2.
      FloatVector q = t.div(t.add(TWO));
      FloatVector z = q.mul(q);
      FloatVector log = A15.fma(z, A13).fma(z, A11).fma(z, A9).fma(z, A7).fma(z, A5).fma(z, A3);
      log = log.fma(z, TWO).mul(q);
      log = log.add(ZERO.blend(v, v.compare(GT, ZERO)));
      log.blend(v, v.compare(NE, v)).intoArray(y, yAt + j);
    }
  }

  @Override
  public void expm1(float[] x, int xAt, float[] y, int yAt, int n) {
    for (int j = 0; j < n; j += L) {
      FloatVector v = FloatVector.fromArray(S, x, xAt + j);
      FloatVector shifted = v.fma(LOG2_E, ROUNDER);
      FloatVector k = shifted.sub(ROUNDER);
      FloatVector r = k.fma(MINUS_LN2_LOW, k.fma(MINUS_LN2_HIGH, v));
      FloatVector p = E1.fma(r, E2).fma(r, E3).fma(r, E4).fma(r, E5).fma(r, E6);
      p = p.fma(r.mul(r), r.add(ONE));
      IntVector exponent = shifted.reinterpretAsInts().sub(ROUNDER_BITS);
      IntVector first = exponent.lanewise(ASHR, 1);
      p = p.mul(first.add(BIAS).lanewise(LSHL, 23).reinterpretAsFloats());
      p = p.mul(exponent.sub(first).add(BIAS).lanewise(LSHL, 23).reinterpretAsFloats());
      FloatVector e = p.blend(INFINITY, v.compare(GT, OVERFLOW));
      e = e.blend(ZERO, v.compare(LT, UNDERFLOW));
      FloatVector w = v.mul(HALF);
      FloatVector b = w.min(TANH_LIMIT).max(MINUS_TANH_LIMIT);
      FloatVector z = b.mul(b);
      FloatVector top = P13.fma(z, P11).fma(z, P9).fma(z, P7).fma(z, P5).fma(z, P3).fma(z, P1);
      FloatVector below = Q6.fma(z, Q4).fma(z, Q2).fma(z, Q0);
      FloatVector tanh = b.mul(top).div(below);
      tanh = tanh.blend(w, w.abs().compare(LT, TANH_SMALL));
      // e^x - 1 = tanh(x / 2) (e^x + 1), which does not cancel near zero.
      FloatVector result = tanh.mul(e.add(ONE));
      result.blend(e, e.compare(EQ, INFINITY)).intoArray(y, yAt + j);
    }
  }
}
