package io.github.sbi4j.flows.estimator;

import org.apache.commons.numbers.gamma.Erfc;
import org.apache.commons.numbers.gamma.Erfcx;
import org.apache.commons.numbers.gamma.InverseErfc;

/**
 * A standard normal distribution between two finite bounds a and b, with relative precision in both
 * tails however far out the bounds are.
 */
final class TruncatedNormal {
  private static final double SQRT_HALF = Math.sqrt(0.5);
  private static final double LOG_HALF = Math.log(0.5);
  private static final double HALF_LOG_2_PI = 0.5 * Math.log(2 * Math.PI);

  /** The tail beyond it is less than the rounding of one. */
  private static final double NO_TAIL = 9;

  /** Over so short an interval the density is a straight line. */
  private static final double SHORT = 1e-5;

  private static final double LEAST_LOG = -700;
  private static final double LEAST_DIFFERENCE = 1e-4;
  private static final double LEAST_SHARE = 1e-8;

  private final double a;
  private final double b;

  /** Of the whole normal distribution, where its mean is inside; otherwise zero. */
  private final double below;

  private final double above;
  private final double mass;

  TruncatedNormal(double a, double b) {
    boolean inside = a < 0 && b > 0 && b - a > SHORT;
    this.a = a;
    this.b = b;
    this.below = inside ? tail(-a) : 0;
    this.above = inside ? tail(b) : 0;
    this.mass = inside ? 1 - below - above : 0;
  }

  /** {@return log(Phi(b) - Phi(a))} */
  double logMass() {
    return mass > 0 ? Math.log(mass) : logMass(a, b);
  }

  /** {@return the v of which Phi(v) is the share of the distribution below t} */
  double toNormal(double t) {
    if (mass > 0) {
      // Without logarithms where no digits are lost, which is nearly everywhere.
      double nearer = tail(Math.abs(t));
      double between = nearer - (t < 0 ? below : above);
      double share = between / mass;
      if (between > LEAST_DIFFERENCE * nearer && share > LEAST_SHARE && share < 1 - LEAST_SHARE) {
        double v = InverseErfc.value(2 * share) / SQRT_HALF;
        return t < 0 ? -v : v;
      }
    }
    double logMass = logMass();
    double share = logMass(a, t) - logMass;
    return share < LOG_HALF
        ? -inverseLogTail(share)
        : inverseLogTail(Math.min(LOG_HALF, logMass(t, b) - logMass));
  }

  /** {@return the t of which {@link #toNormal} is v} */
  double fromNormal(double v) {
    return v <= 0 ? fromLower(-v, a, logMass()) : -fromLower(v, -b, logMass());
  }

  /** {@return log(Phi(b) - Phi(a)) for a below b} */
  static double logMass(double a, double b) {
    if (a >= 0) {
      return logMassOfTail(a, b);
    }
    if (b <= 0) {
      return logMassOfTail(-b, -a);
    }
    if (b - a < SHORT) {
      return logShort(a, b);
    }
    return Math.log1p(-tail(-a) - tail(b));
  }

  private static double logMassOfTail(double a, double b) {
    if ((b - a) * (1 + a) < SHORT) {
      return logShort(a, b);
    }
    // The exponential of the nearer bound taken out.
    double decay = Math.exp(-0.5 * (b - a) * (b + a));
    double scaled = Erfcx.value(a * SQRT_HALF);
    if (decay > 0) {
      scaled -= decay * Erfcx.value(b * SQRT_HALF);
    }
    return LOG_HALF + Math.log(scaled) - 0.5 * a * a;
  }

  private static double logShort(double a, double b) {
    double middle = 0.5 * (a + b);
    return Math.log(Math.max(b - a, Double.MIN_NORMAL)) - 0.5 * middle * middle - HALF_LOG_2_PI;
  }

  /** 1 - Phi(x) for x at least zero. */
  private static double tail(double x) {
    return x > NO_TAIL ? 0 : 0.5 * Erfc.value(x * SQRT_HALF);
  }

  /** log(1 - Phi(x)) for x at least zero. */
  private static double logTail(double x) {
    return LOG_HALF + Math.log(Erfcx.value(x * SQRT_HALF)) - 0.5 * x * x;
  }

  /** The x of which {@link #logTail} is the given one, at most log(1/2). */
  private static double inverseLogTail(double log) {
    if (log > LEAST_LOG) {
      return InverseErfc.value(Math.min(1, 2 * Math.exp(log))) / SQRT_HALF;
    }
    double x = Math.sqrt(-2 * log);
    for (int i = 0; i < 4; i++) {
      x += (logTail(x) - log) * millsRatio(x);
    }
    return x;
  }

  /** {@return (1 - Phi(x)) / phi(x) for x at least zero} */
  static double millsRatio(double x) {
    return Math.sqrt(Math.PI / 2) * Erfcx.value(x * SQRT_HALF);
  }

  /** The t with the share Phi(-v) below it, v at least zero. */
  private static double fromLower(double v, double a, double logMass) {
    double log = logTail(v) + logMass;
    if (a >= 0) {
      double above = logTail(a);
      return inverseLogTail(above + Math.log1p(-Math.exp(Math.min(0, log - above))));
    }
    double belowA = logTail(-a);
    double high = Math.max(belowA, log);
    double below = high + Math.log1p(Math.exp(Math.min(belowA, log) - high));
    return below <= LOG_HALF
        ? -inverseLogTail(below)
        : inverseLogTail(Math.log(-Math.expm1(below)));
  }

  /** {@return the mean between a and b, (phi(a) - phi(b)) / (Phi(b) - Phi(a))} */
  static double mean(double a, double b) {
    if (a + b < 0) {
      return -mean(-b, -a);
    }
    if ((b - a) * (1 + Math.abs(a)) < SHORT) {
      return 0.5 * (a + b);
    }
    double decay = -Math.expm1(-0.5 * (b - a) * (b + a));
    return decay * Math.exp(-0.5 * a * a - HALF_LOG_2_PI - logMass(a, b));
  }
}
