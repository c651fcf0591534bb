package io.github.sbi4j.core.distribution;

import org.apache.commons.statistics.distribution.NormalDistribution;

/** The map between one interval and the real line, and its derivatives. */
sealed interface CoordinateBijection {
  /** z = f(v) for v strictly inside the interval. */
  double forward(double value);

  /** v = f<sup>-1</sup>(z), up to rounding, which may reach a bound. */
  double inverse(double z);

  /** log |dv/dz|. */
  double logDeterminant(double z);

  /** dv/dz. */
  double derivative(double z);

  /** The derivative of {@link #logDeterminant}. */
  double logDeterminantDerivative(double z);

  /** The map for an interval; infinities stand for no bound. */
  static CoordinateBijection between(double lower, double upper) {
    boolean hasLower = lower > Double.NEGATIVE_INFINITY;
    boolean hasUpper = upper < Double.POSITIVE_INFINITY;
    if (hasLower && hasUpper) {
      return new Probit(lower, upper, upper - lower);
    }
    if (hasLower) {
      return new LogDistance(lower, 1);
    }
    return hasUpper ? new LogDistance(upper, -1) : new Identity();
  }

  /** z = v. */
  record Identity() implements CoordinateBijection {
    @Override
    public double forward(double value) {
      return value;
    }

    @Override
    public double inverse(double z) {
      return z;
    }

    @Override
    public double logDeterminant(double z) {
      return 0;
    }

    @Override
    public double derivative(double z) {
      return 1;
    }

    @Override
    public double logDeterminantDerivative(double z) {
      return 0;
    }
  }

  /** z = log(side (v - bound)), with side 1 above a lower bound and -1 below an upper one. */
  record LogDistance(double bound, double side) implements CoordinateBijection {
    private static final double LARGEST_LOG = Math.log(Double.MAX_VALUE);

    @Override
    public double forward(double value) {
      return Math.log(Math.min(side * (value - bound), Double.MAX_VALUE));
    }

    @Override
    public double inverse(double z) {
      return bound + side * Math.exp(z);
    }

    @Override
    public double logDeterminant(double z) {
      // Past the greatest double the value stands still; a log-determinant that went on growing
      // would give unconstrained space a mode at infinity.
      return z > LARGEST_LOG ? Double.NEGATIVE_INFINITY : z;
    }

    @Override
    public double derivative(double z) {
      // Finite, so that a gradient of zero stays zero.
      return side * Math.min(Math.exp(z), Double.MAX_VALUE);
    }

    @Override
    public double logDeterminantDerivative(double z) {
      return 1;
    }
  }

  /**
   * z = Phi<sup>-1</sup>((v - lower) / (upper - lower)), so that a uniform value becomes a standard
   * normal one: the tails of a flow's base distribution are then right, as the logit's would not
   * be.
   */
  record Probit(double lower, double upper, double width) implements CoordinateBijection {
    private static final NormalDistribution STANDARD = NormalDistribution.of(0, 1);
    private static final double HALF_LOG_2_PI = 0.5 * Math.log(2 * Math.PI);

    @Override
    public double forward(double value) {
      double below = value - lower;
      double above = upper - value;
      // Next to a bound of a wide interval the share itself may be less than the least double.
      double share = Math.max(Math.min(below, above) / width, Double.MIN_VALUE);
      double z = STANDARD.inverseCumulativeProbability(share);
      return below < above ? z : 0 - z;
    }

    @Override
    public double inverse(double z) {
      double distance = width * STANDARD.cumulativeProbability(-Math.abs(z));
      return z < 0 ? lower + distance : upper - distance;
    }

    @Override
    public double logDeterminant(double z) {
      return Math.log(width) - 0.5 * z * z - HALF_LOG_2_PI;
    }

    @Override
    public double derivative(double z) {
      return Math.exp(logDeterminant(z));
    }

    @Override
    public double logDeterminantDerivative(double z) {
      return -z;
    }
  }
}
