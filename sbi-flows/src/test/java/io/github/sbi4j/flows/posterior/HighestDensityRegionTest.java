package io.github.sbi4j.flows.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.distribution.Acceptance;
import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.MultivariateNormal;
import io.github.sbi4j.core.distribution.RestrictedPrior;
import io.github.sbi4j.core.sample.Samples;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The region of a standard normal posterior of two parameters around its observation is a disc
 * whose squared radius is -2 log of the mass left out.
 */
class HighestDensityRegionTest {
  private static final Distribution PRIOR =
      BoxUniform.of(new double[] {-50, -50}, new double[] {50, 50}).named("a", "b");

  /** theta ~ N(x, I); far inside of the box, whose bounds do not matter. */
  private record Normal(double[] x) implements Posterior {
    private MultivariateNormal normal() {
      return MultivariateNormal.of(x, new double[][] {{1, 0}, {0, 1}});
    }

    @Override
    public Distribution prior() {
      return PRIOR;
    }

    @Override
    public Normal given(double... observation) {
      return new Normal(observation.clone());
    }

    @Override
    public Samples sample(int count) {
      return sample(count, 1);
    }

    @Override
    public Samples sample(int count, long seed) {
      return normal().sample(count, seed).named("a", "b");
    }

    @Override
    public double[] logProb(double[][] parameters) {
      return Arrays.stream(parameters).mapToDouble(normal()::logProb).toArray();
    }

    @Override
    public MapEstimate map() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<double[]> observation() {
      return Optional.of(x.clone());
    }
  }

  private static Normal at(double... x) {
    return new Normal(x);
  }

  /**
   * Over seeds the mass left out is k / (n + 1) on average, here the one asked for, with the
   * standard deviation of a beta distribution, k<sup>-1/2</sup> of it: the mean of 40 is off by
   * four standard errors in one of 16 000 cases.
   */
  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.1, 0.01})
  void leavesOutTheMassAskedFor(double excluded) {
    int runs = 40;
    int draws = 999;
    double sum = 0;
    for (int seed = 0; seed < runs; seed++) {
      HighestDensityRegion region = HighestDensityRegion.of(at(0, 0), excluded, draws, seed);
      double squaredRadius = -2 * (region.logThreshold() + Math.log(2 * Math.PI));
      sum += Math.exp(-squaredRadius / 2) / runs;
    }
    double error = Math.sqrt(excluded * (1 - excluded) / (draws + 2) / runs);
    assertThat(sum).isCloseTo(excluded, within(4 * error));
  }

  @Test
  void isTheDiscWithTheUsualMass() {
    HighestDensityRegion region = HighestDensityRegion.of(at(3, -2), 1);
    assertThat(region.excludedMass()).isEqualTo(1e-4);
    double squaredRadius = -2 * (region.logThreshold() + Math.log(2 * Math.PI));
    // Five of 50 000 draws are outside; the mass out there is within a factor of four of 1e-4 in
    // all but one of a thousand regions.
    assertThat(Math.exp(-squaredRadius / 2)).isBetween(0.25e-4, 4e-4);
    double radius = Math.sqrt(squaredRadius);
    double[][] points = {
      {3, -2}, {3 + 0.99 * radius, -2}, {3 + 1.01 * radius, -2}, {3, -2 - 0.99 * radius}, {40, 40}
    };
    assertThat(region.contains(points)).containsExactly(true, true, false, true, false);
    for (double[] point : points) {
      assertThat(region.contains(point)).isEqualTo(region.contains(new double[][] {point})[0]);
    }
    assertThat(region.bounds().orElseThrow().lower()[0]).isBetween(3 - 1.3 * radius, 3 - radius);
    assertThat(region.observation()).hasValueSatisfying(x -> assertThat(x).containsExactly(3, -2));
  }

  @Test
  void restrictsAPriorThatIsFarWider() {
    HighestDensityRegion region = HighestDensityRegion.of(at(3, -2), 1);
    RestrictedPrior prior = RestrictedPrior.of(PRIOR, region);
    double squaredRadius = -2 * (region.logThreshold() + Math.log(2 * Math.PI));
    Samples draws = prior.sample(2_000, 1);
    for (double[] draw : draws.toArray()) {
      double squared = Math.pow(draw[0] - 3, 2) + Math.pow(draw[1] + 2, 2);
      assertThat(squared).isLessThanOrEqualTo(squaredRadius);
    }
    // Uniform in the disc: the variance of a coordinate is a quarter of the squared radius.
    assertThat(draws.sd()[0]).isCloseTo(Math.sqrt(squaredRadius) / 2, within(0.1));
    Acceptance acceptance = prior.acceptance();
    assertThat(acceptance.rate()).isCloseTo(Math.PI * squaredRadius / 1e4, within(1e-4));
    assertThat(prior.observation()).isPresent();
  }

  /** What the posterior is given later does not move the region. */
  @Test
  void remembersItsObservation() {
    Normal posterior = at(3, -2);
    HighestDensityRegion region = HighestDensityRegion.of(posterior, 1);
    Posterior elsewhere = posterior.given(-30, 30);
    assertThat(region.contains(new double[] {3, -2})).isTrue();
    assertThat(region.contains(new double[] {-30, 30})).isFalse();
    assertThat(HighestDensityRegion.of(elsewhere, 1).contains(new double[] {-30, 30})).isTrue();
  }

  @Test
  void refusesMassesThatAreNone() {
    for (double share : new double[] {0, 1, -0.1, Double.NaN}) {
      assertThatThrownBy(() -> HighestDensityRegion.of(at(0, 0), share, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("excluded mass is " + share);
    }
    assertThatThrownBy(() -> HighestDensityRegion.of(at(0, 0), 1e-4, 1_000, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1000 draws do not reach")
        .hasMessageContaining("at least 10000");
  }
}
