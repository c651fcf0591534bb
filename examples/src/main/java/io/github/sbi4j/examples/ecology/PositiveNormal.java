package io.github.sbi4j.examples.ecology;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Support;
import java.util.random.RandomGenerator;
import org.apache.commons.statistics.distribution.TruncatedNormalDistribution;

/**
 * A normal distribution cut off at zero, as an example of a prior of one's own.
 *
 * <p>p(x) = phi((x - mean) / sd) / (sd (1 - Phi(-mean / sd))) for x &gt; 0.
 */
public final class PositiveNormal implements Distribution {
  private final TruncatedNormalDistribution distribution;

  private PositiveNormal(TruncatedNormalDistribution distribution) {
    this.distribution = distribution;
  }

  /**
   * The distribution.
   *
   * @param mean the mean before the cut
   * @param sd the standard deviation before the cut, positive
   * @return the distribution
   */
  public static PositiveNormal of(double mean, double sd) {
    return new PositiveNormal(
        TruncatedNormalDistribution.of(mean, sd, 0, Double.POSITIVE_INFINITY));
  }

  @Override
  public int dimension() {
    return 1;
  }

  @Override
  public double[] sample(RandomGenerator random) {
    return new double[] {distribution.createSampler(random::nextLong).sample()};
  }

  @Override
  public double logProb(double[] value) {
    return distribution.logDensity(value[0]);
  }

  @Override
  public Support support() {
    return Support.box(new double[] {0}, new double[] {Double.POSITIVE_INFINITY});
  }
}
