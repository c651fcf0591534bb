package io.github.sbi4j.core.distribution;

import java.util.random.RandomGenerator;
import org.apache.commons.statistics.distribution.ContinuousDistribution;

/**
 * What all distributions of one value share: a density of Commons Statistics on an open interval.
 *
 * <p>Subclasses override what they compute better.
 */
abstract class Univariate implements Distribution {
  private final String description;
  private final ContinuousDistribution distribution;
  private final double lower;
  private final double upper;
  private final Support support;

  Univariate(String description, ContinuousDistribution distribution, double lower, double upper) {
    this.description = description;
    this.distribution = distribution;
    this.lower = lower;
    this.upper = upper;
    this.support = Support.box(new double[] {lower}, new double[] {upper});
  }

  /** The log-density at a point strictly inside the support. */
  double logDensity(double x) {
    return distribution.logDensity(x);
  }

  /** The slope of the log-density at a point strictly inside the support. */
  abstract double logDensitySlope(double x);

  /** One draw, up to rounding, which may reach a bound. */
  double draw(RandomGenerator random) {
    return distribution.createSampler(random::nextLong).sample();
  }

  /** The mean; NaN where it is undefined. */
  double expectation() {
    return distribution.getMean();
  }

  /** The variance; NaN where it is undefined. */
  double spread() {
    return distribution.getVariance();
  }

  @Override
  public final int dimension() {
    return 1;
  }

  @Override
  public final double[] sample(RandomGenerator random) {
    return new double[] {support.clamp(0, draw(random))};
  }

  @Override
  public final double logProb(double[] value) {
    Checks.length("value", value, 1);
    double x = value[0];
    return x > lower && x < upper ? logDensity(x) : Double.NEGATIVE_INFINITY;
  }

  @Override
  public final double[] logProbGradient(double[] value) {
    Checks.inside(support, value);
    return new double[] {logDensitySlope(value[0])};
  }

  @Override
  public final Support support() {
    return support;
  }

  @Override
  public final double[] mean() {
    return new double[] {expectation()};
  }

  @Override
  public final double[] variance() {
    return new double[] {spread()};
  }

  @Override
  public final String toString() {
    return description;
  }
}
