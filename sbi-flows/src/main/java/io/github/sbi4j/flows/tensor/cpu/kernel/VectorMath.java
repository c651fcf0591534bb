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
 * The pieces of elementary functions of a vector: polynomials of S. Moshier's Cephes library for
 * float32 (after Cody and Waite 1980) and the rational function for tanh of the Eigen library,
 * right at infinities, NaN and gradual underflow.
 *
 * <p>Constants are vectors and no method has more than 35 bytes of code, which the JVM's compiler
 * always takes into a loop; where it does not, it allocates every vector.
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

  private VectorMath() {}

  private static FloatVector constant(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }

  private static IntVector integer(int value) {
    return FloatVector.broadcast(SPECIES, Float.intBitsToFloat(value)).reinterpretAsInts();
  }

  // ---- e^x: limits(x, scaled(expTail(expHead(r), r), exponent(s))), s = shifted(x), r = rest(x,
  // s)

  /** x log2 e, rounded, in the last bits of the result. */
  static FloatVector shifted(FloatVector x) {
    return x.fma(LOG2_E, ROUNDER);
  }

  /** What x is above k ln 2. */
  static FloatVector rest(FloatVector x, FloatVector shifted) {
    FloatVector k = shifted.sub(ROUNDER);
    return k.fma(MINUS_LN2_LOW, k.fma(MINUS_LN2_HIGH, x));
  }

  static FloatVector expHead(FloatVector r) {
    return E1.fma(r, E2).fma(r, E3).fma(r, E4);
  }

  static FloatVector expTail(FloatVector p, FloatVector r) {
    return p.fma(r, E5).fma(r, E6).fma(r.mul(r), r.add(ONE));
  }

  static IntVector exponent(FloatVector shifted) {
    return shifted.reinterpretAsInts().sub(ROUNDER_BITS);
  }

  /** p 2^exponent, in two factors: either alone is a normal number where the result is not. */
  static FloatVector scaled(FloatVector p, IntVector exponent) {
    IntVector half = exponent.lanewise(ASHR, 1);
    return p.mul(power(half)).mul(power(exponent.sub(half)));
  }

  private static FloatVector power(IntVector exponent) {
    return exponent.add(BIAS).lanewise(LSHL, 23).reinterpretAsFloats();
  }

  static FloatVector limits(FloatVector x, FloatVector e) {
    return e.blend(INFINITY, x.compare(GT, OVERFLOW)).blend(ZERO, x.compare(LT, UNDERFLOW));
  }

  // ---- log x: the exponent e of x, and log(1 + f) of its mantissa 1 + f

  static VectorMask<Float> tiny(FloatVector x) {
    return x.compare(LT, MIN_NORMAL);
  }

  static IntVector bits(FloatVector x, VectorMask<Float> tiny) {
    return x.blend(x.mul(TINY_SCALE), tiny).reinterpretAsInts();
  }

  /** The bits of sqrt(1/2) taken off leave a mantissa between it and its double. */
  static IntVector logExponent(IntVector bits) {
    return bits.sub(ROOT_HALF_BITS).lanewise(ASHR, 23);
  }

  static FloatVector mantissa(IntVector bits, IntVector exponent) {
    return bits.sub(exponent.lanewise(LSHL, 23)).reinterpretAsFloats();
  }

  static FloatVector toFloat(IntVector exponent, VectorMask<Float> tiny) {
    FloatVector e = (FloatVector) exponent.convert(I2F, 0);
    return e.blend(e.sub(TINY_EXPONENT), tiny);
  }

  static FloatVector logHead(FloatVector f) {
    return L1.fma(f, L2).fma(f, L3).fma(f, L4);
  }

  static FloatVector logMiddle(FloatVector p, FloatVector f) {
    return p.fma(f, L5).fma(f, L6).fma(f, L7);
  }

  static FloatVector logTail(FloatVector p, FloatVector f) {
    return p.fma(f, L8).fma(f, L9).mul(f);
  }

  /** e ln 2 + f - f^2 / 2 + f^2 p, summed from the smallest on. */
  static FloatVector logSum(FloatVector e, FloatVector f, FloatVector p) {
    return e.fma(LN2_HIGH, f.add(logSmall(e, f.mul(f), p)));
  }

  private static FloatVector logSmall(FloatVector e, FloatVector z, FloatVector p) {
    return z.fma(MINUS_HALF, e.fma(LN2_LOW, p.mul(z)));
  }

  static FloatVector logBelowZero(FloatVector x, FloatVector log) {
    FloatVector result = log.blend(MINUS_INFINITY, x.compare(EQ, ZERO));
    return result.blend(NOT_A_NUMBER, x.compare(LT, ZERO));
  }

  static FloatVector logAbove(FloatVector x, FloatVector log) {
    return log.blend(x, x.compare(EQ, INFINITY)).blend(x, x.compare(NE, x));
  }

  // ---- tanh x = x P(x^2) / Q(x^2)

  static FloatVector bounded(FloatVector x) {
    return x.min(TANH_LIMIT).max(MINUS_TANH_LIMIT);
  }

  static FloatVector tanhHead(FloatVector z) {
    return P13.fma(z, P11).fma(z, P9).fma(z, P7);
  }

  static FloatVector tanhTail(FloatVector p, FloatVector z) {
    return p.fma(z, P5).fma(z, P3).fma(z, P1);
  }

  /** Near zero tanh x rounds to x, which the quotient might not where it underflows. */
  static FloatVector tanhNearZero(FloatVector x, FloatVector tanh) {
    return tanh.blend(x, x.abs().compare(LT, TANH_SMALL));
  }

  static FloatVector tanhBelow(FloatVector z) {
    return Q6.fma(z, Q4).fma(z, Q2).fma(z, Q0);
  }

  // ---- sigmoid, softplus, e^x - 1

  /** 1 / (1 + e^-x) of t = e^-|x|. */
  static FloatVector sigmoid(FloatVector x, FloatVector t) {
    FloatVector share = ONE.div(t.add(ONE));
    return t.mul(share).blend(share, x.compare(GE, ZERO));
  }

  /** log(1 + t) = 2 artanh q with q = t / (2 + t), at most 1/3 here: a series in q^2. */
  static FloatVector quotient(FloatVector t) {
    return t.div(t.add(TWO));
  }

  static FloatVector artanhHead(FloatVector z) {
    return A15.fma(z, A13).fma(z, A11).fma(z, A9);
  }

  static FloatVector artanhTail(FloatVector p, FloatVector z) {
    return p.fma(z, A7).fma(z, A5).fma(z, A3).fma(z, TWO);
  }

  /** log(1 + e^x) of log(1 + e^-|x|). */
  static FloatVector softplus(FloatVector x, FloatVector log) {
    return log.add(ZERO.blend(x, x.compare(GT, ZERO))).blend(x, x.compare(NE, x));
  }

  static FloatVector half(FloatVector x) {
    return x.mul(HALF);
  }

  /** e^x - 1 = tanh(x / 2) (e^x + 1), which does not cancel near zero. */
  static FloatVector expm1(FloatVector e, FloatVector tanhOfHalf) {
    return tanhOfHalf.mul(e.add(ONE)).blend(e, e.compare(EQ, INFINITY));
  }
}
