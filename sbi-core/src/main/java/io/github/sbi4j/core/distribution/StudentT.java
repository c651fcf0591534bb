package io.github.sbi4j.core.distribution;

import java.util.Locale;
import java.util.random.RandomGenerator;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Student's t distribution, shifted and scaled.
 *
 * <p>p(x) = (1 + t<sup>2</sup> / df)<sup>-(df + 1) / 2</sup> / (scale sqrt(df) B(df / 2, 1 / 2))
 * with t = (x - location) / scale, for all real x; one degree of freedom is the Cauchy
 * distribution.
 *
 * <p>The mean is NaN where it is undefined (df &le; 1). The variance is scale<sup>2</sup> df / (df
 * - 2) for df &gt; 2, infinite for 1 &lt; df &le; 2, and NaN for df &le; 1.
 */
public final class StudentT extends Univariate {
  private final double degreesOfFreedom;
  private final double location;
  private final double scale;
  private final TDistribution standard;
  private final double logPeak;

  private StudentT(double degreesOfFreedom, double location, double scale) {
    this(degreesOfFreedom, location, scale, TDistribution.of(degreesOfFreedom));
  }

  private StudentT(double degreesOfFreedom, double location, double scale, TDistribution standard) {
    super(
        String.format(
            Locale.ROOT,
            "StudentT(degreesOfFreedom=%s, location=%s, scale=%s)",
            degreesOfFreedom,
            location,
            scale),
        standard,
        Double.NEGATIVE_INFINITY,
        Double.POSITIVE_INFINITY);
    this.degreesOfFreedom = degreesOfFreedom;
    this.location = location;
    this.scale = scale;
    this.standard = standard;
    this.logPeak = standard.logDensity(0) - Math.log(scale);
  }

  /**
   * Student's t distribution.
   *
   * @param degreesOfFreedom the degrees of freedom, df
   * @param location the centre of symmetry
   * @param scale the scale, which is not the standard deviation
   * @return the distribution
   * @throws IllegalArgumentException if the location is not finite, or the degrees of freedom or
   *     the scale are not positive
   */
  public static StudentT of(double degreesOfFreedom, double location, double scale) {
    return new StudentT(
        Checks.positive("degreesOfFreedom", degreesOfFreedom),
        Checks.finite("location", location),
        Checks.positive("scale", scale));
  }

  /** {@return the degrees of freedom} */
  public double degreesOfFreedom() {
    return degreesOfFreedom;
  }

  /** {@return the centre of symmetry} */
  public double location() {
    return location;
  }

  /** {@return the scale, which is not the standard deviation} */
  public double scale() {
    return scale;
  }

  @Override
  double logDensity(double x) {
    double t = Math.abs((x - location) / scale) / Math.sqrt(degreesOfFreedom);
    // Beyond 1e100 the one is lost anyway, and the square would overflow soon after.
    double log1pSquare = t < 1e100 ? Math.log1p(t * t) : 2 * Math.log(t);
    return logPeak - 0.5 * (degreesOfFreedom + 1) * log1pSquare;
  }

  @Override
  double draw(RandomGenerator random) {
    return location + scale * super.draw(random);
  }

  @Override
  double expectation() {
    return location + standard.getMean();
  }

  @Override
  double spread() {
    // In this order a tiny scale does not turn an infinite variance into NaN.
    return scale * (scale * standard.getVariance());
  }

  @Override
  double logDensitySlope(double x) {
    double t = (x - location) / scale;
    // Divided by t where its square would overflow.
    double slope =
        Math.abs(t) < 1e100 ? t / (degreesOfFreedom + t * t) : 1 / (degreesOfFreedom / t + t);
    return -(degreesOfFreedom + 1) * slope / scale;
  }
}
