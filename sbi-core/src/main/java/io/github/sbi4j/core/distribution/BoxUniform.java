package io.github.sbi4j.core.distribution;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The uniform distribution on a box, the most common prior.
 *
 * <p>p(v) = 1 / prod<sub>d</sub> (high<sub>d</sub> - low<sub>d</sub>) inside the open box.
 */
public final class BoxUniform implements Distribution {
  private final double[] low;
  private final double[] high;
  private final Support support;
  private final double logDensity;

  private BoxUniform(double[] low, double[] high) {
    this.low = low;
    this.high = high;
    this.support = Support.box(low, high);
    double logVolume = 0;
    for (int d = 0; d < low.length; d++) {
      logVolume += Math.log(high[d] - low[d]);
    }
    this.logDensity = -logVolume;
  }

  /**
   * The uniform distribution between two corners.
   *
   * @param low D lower bounds
   * @param high D upper bounds
   * @return the distribution
   * @throws IllegalArgumentException if the arrays differ in length or are empty, a bound is not
   *     finite, or a lower bound is not below its upper one
   */
  public static BoxUniform of(double[] low, double[] high) {
    Checks.length("high", high, low.length);
    return new BoxUniform(Checks.finite("low", low.clone()), Checks.finite("high", high.clone()));
  }

  @Override
  public int dimension() {
    return low.length;
  }

  @Override
  public double[] sample(RandomGenerator random) {
    double[] draw = new double[low.length];
    for (int d = 0; d < low.length; d++) {
      draw[d] = support.clamp(d, low[d] + (high[d] - low[d]) * random.nextDouble());
    }
    return draw;
  }

  @Override
  public double logProb(double[] value) {
    return support.contains(value) ? logDensity : Double.NEGATIVE_INFINITY;
  }

  @Override
  public double[] logProbGradient(double[] value) {
    Checks.inside(support, value);
    return new double[low.length];
  }

  @Override
  public Support support() {
    return support;
  }

  @Override
  public double[] mean() {
    double[] mean = new double[low.length];
    Arrays.setAll(mean, d -> 0.5 * low[d] + 0.5 * high[d]);
    return mean;
  }

  @Override
  public double[] variance() {
    double[] variance = new double[low.length];
    Arrays.setAll(variance, d -> (high[d] - low[d]) * (high[d] - low[d]) / 12);
    return variance;
  }

  @Override
  public String toString() {
    return "BoxUniform(low=" + Arrays.toString(low) + ", high=" + Arrays.toString(high) + ")";
  }
}
