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
import jdk.incubator.vector.VectorSpecies;

/**
 * Elementary functions of a vector by polynomials (those of S. Moshier's Cephes library for float32,
 * after Cody and Waite 1980), right at infinities, NaN and gradual underflow.
 *
 * <p>Constants are vectors and methods are short because the JVM's compiler stops inlining, and then
 * allocates every vector, once a loop has grown too many nodes.
 */
final class VectorMath {
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

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

  private static final FloatVector TANH_SMALL = constant(0.625f);
  private static final FloatVector T1 = constant(-5.70498872745e-3f);
  private static final FloatVector T2 = constant(2.06390887954e-2f);
  private static final FloatVector T3 = constant(-5.37397155531e-2f);
  private static final FloatVector T4 = constant(1.33314422036e-1f);
  private static final FloatVector T5 = constant(-3.33332819422e-1f);

  private VectorMath() {}

  private static FloatVector constant(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }

  private static IntVector integer(int value) {
    return FloatVector.broadcast(SPECIES, Float.intBitsToFloat(value)).reinterpretAsInts();
  }

  /** e^x. */
  static FloatVector exp(FloatVector x) {
    FloatVector shifted = x.fma(LOG2_E, ROUNDER);
    FloatVector k = shifted.sub(ROUNDER);
    FloatVector r = k.fma(MINUS_LN2_LOW, k.fma(MINUS_LN2_HIGH, x));
    FloatVector p = E1.fma(r, E2).fma(r, E3).fma(r, E4).fma(r, E5).fma(r, E6);
    p = p.fma(r.mul(r), r.add(ONE));
    // 2^k in two factors: either alone is a normal number where the result is not.
    IntVector exponent = shifted.reinterpretAsInts().sub(ROUNDER_BITS);
    IntVector half = exponent.lanewise(ASHR, 1);
    FloatVector result = p.mul(power(half)).mul(power(exponent.sub(half)));
    result = result.blend(INFINITY, x.compare(GT, OVERFLOW));
    return result.blend(ZERO, x.compare(LT, UNDERFLOW));
  }

  private static FloatVector power(IntVector exponent) {
    return exponent.add(BIAS).lanewise(LSHL, 23).reinterpretAsFloats();
  }

  /** log x. */
  static FloatVector log(FloatVector x) {
    VectorMask<Float> tiny = x.compare(LT, MIN_NORMAL);
    IntVector bits = x.blend(x.mul(TINY_SCALE), tiny).reinterpretAsInts();
    // The bits of sqrt(1/2) taken off leave a mantissa between it and its double.
    IntVector exponent = bits.sub(ROOT_HALF_BITS).lanewise(ASHR, 23);
    FloatVector mantissa = bits.sub(exponent.lanewise(LSHL, 23)).reinterpretAsFloats();
    FloatVector e = (FloatVector) exponent.convert(I2F, 0);
    e = e.blend(e.sub(TINY_EXPONENT), tiny);
    return atTheEnds(x, logOfParts(e, mantissa.sub(ONE)));
  }

  /** e ln 2 + log(1 + f). */
  private static FloatVector logOfParts(FloatVector e, FloatVector f) {
    FloatVector z = f.mul(f);
    FloatVector p = L1.fma(f, L2).fma(f, L3).fma(f, L4).fma(f, L5).fma(f, L6);
    p = p.fma(f, L7).fma(f, L8).fma(f, L9);
    FloatVector y = e.fma(LN2_LOW, p.mul(f).mul(z));
    return e.fma(LN2_HIGH, f.add(z.fma(MINUS_HALF, y)));
  }

  private static FloatVector atTheEnds(FloatVector x, FloatVector log) {
    FloatVector result = log.blend(MINUS_INFINITY, x.compare(EQ, ZERO));
    result = result.blend(NOT_A_NUMBER, x.compare(LT, ZERO));
    return result.blend(x, x.compare(EQ, INFINITY)).blend(x, x.compare(NE, x));
  }

  /** tanh x. */
  static FloatVector tanh(FloatVector x) {
    FloatVector magnitude = x.abs();
    FloatVector far = ONE.sub(TWO.div(exp(magnitude.add(magnitude)).add(ONE)));
    far = far.blend(far.neg(), x.compare(LT, ZERO));
    FloatVector z = x.mul(x);
    FloatVector p = T1.fma(z, T2).fma(z, T3).fma(z, T4).fma(z, T5);
    return far.blend(p.mul(z).fma(x, x), magnitude.compare(LT, TANH_SMALL));
  }

  /** 1 / (1 + e^-x). */
  static FloatVector sigmoid(FloatVector x) {
    FloatVector t = exp(x.abs().neg());
    FloatVector share = ONE.div(t.add(ONE));
    return t.mul(share).blend(share, x.compare(GE, ZERO));
  }

  /** log(1 + e^x). */
  static FloatVector softplus(FloatVector x) {
    FloatVector t = exp(x.abs().neg());
    FloatVector u = t.add(ONE);
    // 1 <= u <= 2: twice the least mantissa, so that the exponent is 0 or 1 without any bits.
    FloatVector e = ZERO.blend(ONE, u.compare(GT, ROOT_TWO));
    FloatVector f = u.blend(u.mul(HALF), u.compare(GT, ROOT_TWO)).sub(ONE);
    // What rounding 1 + t lost, to first order.
    FloatVector lost = t.sub(u.sub(ONE)).div(u);
    FloatVector result = logOfParts(e, f).add(lost);
    return result.add(ZERO.blend(x, x.compare(GT, ZERO))).blend(x, x.compare(NE, x));
  }

  private static final FloatVector ROOT_TWO = constant(1.41421356f);

  /** e^x - 1 = tanh(x / 2) (e^x + 1), which does not cancel near zero. */
  static FloatVector expm1(FloatVector e, FloatVector tanhOfHalf) {
    return tanhOfHalf.mul(e.add(ONE)).blend(e, e.compare(EQ, INFINITY));
  }

  static FloatVector half(FloatVector x) {
    return x.mul(HALF);
  }
}
