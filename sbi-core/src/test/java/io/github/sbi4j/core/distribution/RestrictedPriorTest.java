package io.github.sbi4j.core.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Restricted priors against truncated distributions in closed form; statistical tests have fixed
 * seeds and a false-alarm rate of 1e-6 each.
 */
class RestrictedPriorTest {
  private static final double Z = 4.892;
  private static final long SEED = 7;

  private static final Distribution NORMAL =
      MultivariateNormal.of(new double[2], new double[][] {{1, 0}, {0, 1}}).named("a", "b");
  private static final Distribution BOX =
      BoxUniform.of(new double[] {-2, -2}, new double[] {2, 2}).named("a", "b");
  private static final Region DISC = v -> v[0] * v[0] + v[1] * v[1] < 1;

  /** A disc of which it is known where it lies. */
  private record BoundedDisc(double[] centre, double radius, AtomicLong asked) implements Region {
    @Override
    public boolean contains(double[] v) {
      asked.incrementAndGet();
      return Math.hypot(v[0] - centre[0], v[1] - centre[1]) < radius;
    }

    @Override
    public Optional<Support> bounds() {
      return Optional.of(
          Support.box(
              new double[] {centre[0] - radius, centre[1] - radius},
              new double[] {centre[0] + radius, centre[1] + radius}));
    }
  }

  @Test
  void drawsAreTheTruncatedDistribution() {
    RestrictedPrior prior = RestrictedPrior.of(NORMAL, v -> v[0] > 1);
    int n = 20_000;
    Samples draws = prior.sample(n, SEED);
    assertThat(draws.names()).containsExactly("a", "b");
    assertThat(Arrays.stream(draws.column("a")).min().orElseThrow()).isGreaterThan(1);
    NormalDistribution normal = NormalDistribution.of(0, 1);
    double tail = normal.survivalProbability(1);
    double mean = normal.density(1) / tail;
    double variance = 1 + mean - mean * mean;
    assertThat(draws.mean()[0]).isCloseTo(mean, within(Z * Math.sqrt(variance / n)));
    assertThat(draws.mean()[1]).isCloseTo(0, within(Z / Math.sqrt(n)));
    Acceptance acceptance = prior.acceptance();
    assertThat(acceptance.standardError()).isLessThanOrEqualTo(0.005 * acceptance.rate());
    assertThat(acceptance.rate()).isCloseTo(tail, within(Z * acceptance.standardError()));
    assertThat(prior.logProb(new double[] {2, 0.5}))
        .isCloseTo(
            NORMAL.logProb(new double[] {2, 0.5}) - Math.log(tail),
            within(Z * acceptance.standardError() / acceptance.rate()));
    assertThat(prior.logProb(new double[] {0.5, 0.5})).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(prior.mean()[0]).isCloseTo(mean, within(Z * Math.sqrt(variance / 2_000)));
    assertThat(prior.variance()[1]).isCloseTo(1, within(Z * Math.sqrt(2.0 / 2_000)));
  }

  @Test
  void rowsDependOnTheirStreamAlone() {
    RestrictedPrior prior = RestrictedPrior.of(NORMAL, v -> v[0] > 1.5);
    Samples many = prior.sample(3_000, SEED);
    assertThat(prior.sample(10, SEED)).isEqualTo(many.head(10));
    assertThat(prior.sample(RandomStreams.of(SEED, 2_999))).isEqualTo(many.row(2_999));
    RestrictedPrior resampled = prior.resampledFrom(of(Normal.of(2, 1), Normal.of(0, 1)), 20);
    Samples others = resampled.sample(50, SEED);
    assertThat(resampled.sample(10, SEED)).isEqualTo(others.head(10));
    assertThat(resampled.sample(RandomStreams.of(SEED, 49))).isEqualTo(others.row(49));
  }

  @Test
  void densityIntegratesToOne() {
    for (Distribution prior : List.of(NORMAL, BOX)) {
      for (RestrictedPrior restricted :
          List.of(
              RestrictedPrior.of(prior, DISC),
              RestrictedPrior.of(prior, DISC)
                  .resampledFrom(of(Normal.of(0, 0.8), Normal.of(0, 0.8)), 100))) {
        int side = 500;
        double step = 4.0 / side;
        double sum = 0;
        for (int i = 0; i < side * side; i++) {
          double[] cell = {-2 + step * (i / side + 0.5), -2 + step * (i % side + 0.5)};
          sum += Math.exp(restricted.logProb(cell)) * step * step;
        }
        // A standard error is at most half a per cent.
        assertThat(sum).isCloseTo(1, within(0.015));
      }
    }
  }

  /** The region has one twentieth of the prior, and candidates are mostly outside of it. */
  @Test
  void everyResampledDrawLiesInTheRegion() {
    double edge = NormalDistribution.of(0, 1).inverseSurvivalProbability(0.05);
    RestrictedPrior prior =
        RestrictedPrior.of(NORMAL, v -> v[0] > edge)
            .resampledFrom(of(Normal.of(0, 1), Normal.of(0, 1)), 500);
    int n = 2_000;
    Samples draws = prior.sample(n, SEED);
    assertThat(Arrays.stream(draws.column("a")).filter(a -> a > edge).count()).isEqualTo(n);
    double mean = NormalDistribution.of(0, 1).density(edge) / 0.05;
    double sd = Math.sqrt(1 + edge * mean - mean * mean);
    assertThat(draws.mean()[0]).isCloseTo(mean, within(Z * sd / Math.sqrt(n)));
    assertThat(prior.acceptance().rate())
        .isCloseTo(0.05, within(Z * prior.acceptance().standardError()));
  }

  /** Weights undo where candidates tend to. */
  @Test
  void resamplingIsRightForCandidatesOfAnotherShape() {
    RestrictedPrior prior =
        RestrictedPrior.of(BOX, DISC)
            .resampledFrom(of(Normal.of(0.2, 0.7), Normal.of(0, 0.7)), 400);
    int n = 4_000;
    Samples draws = prior.sample(n, SEED);
    // Each coordinate of a uniform point of the disc has the mean 0 and the variance 1/4.
    assertThat(draws.mean()[0]).isCloseTo(0, within(Z * 0.5 / Math.sqrt(n)));
    assertThat(draws.sd()[1]).isCloseTo(0.5, within(0.02));
    assertThat(prior.acceptance().rate())
        .isCloseTo(Math.PI / 16, within(Z * prior.acceptance().standardError()));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 1e-4})
  void uniformPriorsAreSearchedInTheBoxAroundTheRegionAlone(double radius) {
    Distribution independent =
        Independent.of(Uniform.of(-2, 2).named("a"), Uniform.of(-2, 2).named("b"));
    for (Distribution uniform : List.of(BOX, independent)) {
      AtomicLong asked = new AtomicLong();
      double[] centre = {0.5, -0.5};
      RestrictedPrior prior = RestrictedPrior.of(uniform, new BoundedDisc(centre, radius, asked));
      int n = 5_000;
      Samples draws = prior.sample(n, SEED);
      assertThat(asked.get()).isLessThan(10L * n);
      assertThat(draws.mean()[0]).isCloseTo(centre[0], within(Z * 0.5 * radius / Math.sqrt(n)));
      double truth = Math.PI * radius * radius / 16;
      assertThat(prior.acceptance().rate()).isCloseTo(truth, within(0.02 * truth));
      assertThat(prior.names()).containsExactly("a", "b");
    }
  }

  /** A normal part is left as it is, beside a uniform one that is narrowed. */
  @Test
  void onlyUniformPartsAreNarrowed() {
    Distribution mixed = Independent.of(Uniform.of(-2, 2), Normal.of(0, 1));
    Region disc = new BoundedDisc(new double[] {0, 0}, 1, new AtomicLong());
    RestrictedPrior narrowed = RestrictedPrior.of(mixed, disc);
    RestrictedPrior plain = RestrictedPrior.of(mixed, disc::contains);
    double error =
        Math.hypot(narrowed.acceptance().standardError(), plain.acceptance().standardError());
    assertThat(narrowed.acceptance().rate())
        .isCloseTo(plain.acceptance().rate(), within(Z * error));
    assertThat(narrowed.sample(2_000, SEED).sd()[0])
        .isCloseTo(plain.sample(2_000, SEED + 1).sd()[0], within(0.05));
  }

  @Test
  void restrictsWhatIsRestricted() {
    RestrictedPrior once = RestrictedPrior.of(BOX, v -> v[0] > 0);
    RestrictedPrior twice = RestrictedPrior.of(once.named("c", "d"), v -> v[1] > 1);
    assertThat(twice.names()).containsExactly("c", "d");
    assertThat(twice.prior().unwrapped()).isSameAs(BOX.unwrapped());
    for (double[] draw : twice.sample(500, SEED).toArray()) {
      assertThat(draw[0]).isGreaterThan(0);
      assertThat(draw[1]).isGreaterThan(1);
      assertThat(twice.contains(draw)).isTrue();
    }
    Acceptance acceptance = twice.acceptance();
    assertThat(acceptance.rate()).isCloseTo(0.125, within(Z * acceptance.standardError()));
    assertThat(twice.restrictionOf()).contains(twice.prior());
    double[][] points = {{1, 1.5}, {-1, 1.5}, {1, 0.5}, {-1, 0.5}, {1, 3}};
    assertThat(twice.contains(points)).containsExactly(true, false, false, false, false);
    assertThat(twice.logProb(points))
        .containsExactly(Arrays.stream(points).mapToDouble(twice::logProb).toArray());
  }

  @Test
  void keepsThePriorsSupportAndBijection() {
    RestrictedPrior prior = RestrictedPrior.of(BOX, DISC);
    assertThat(prior.support()).isEqualTo(BOX.support());
    assertThat(prior.bijection()).isEqualTo(BOX.bijection());
    assertThat(prior.dimension()).isEqualTo(2);
    assertThat(prior.logProbGradient(new double[2])).containsExactly(0, 0);
    assertThat(RestrictedPrior.of(NORMAL, DISC).logProbGradient(new double[] {0.5, -0.5}))
        .containsExactly(-0.5, 0.5);
    assertThat(prior.contains(new double[] {Double.NaN, 0})).isFalse();
    assertThat(RestrictedPrior.of(BOX, v -> true).contains(new double[] {3, 0})).isFalse();
  }

  @Test
  void givesUpWithTheRateAndTheWayOut() {
    RestrictedPrior none = RestrictedPrior.of(NORMAL, v -> v[0] > 100).withProposalsPerDraw(10);
    assertThatThrownBy(() -> none.sample(100, SEED))
        .isInstanceOf(RestrictionException.class)
        .hasMessageContaining("only 0 of 100100 draws")
        .hasMessageContaining("100 are wanted")
        .hasMessageContaining("resampledFrom")
        .hasMessageContaining("withProposalsPerDraw");
    RestrictedPrior few = RestrictedPrior.of(NORMAL, v -> v[0] > 3.5).withProposalsPerDraw(1);
    assertThatThrownBy(() -> few.sample(5_000, SEED))
        .isInstanceOfSatisfying(
            RestrictionException.class, e -> assertThat(e.acceptanceRate()).isBetween(1e-4, 4e-4));
    assertThatThrownBy(() -> none.sample(RandomStreams.of(1, 1)))
        .isInstanceOf(RestrictionException.class);
    assertThatThrownBy(none::acceptance).isInstanceOf(RestrictionException.class);
    RestrictedPrior resampled = none.resampledFrom(of(Normal.of(0, 1), Normal.of(0, 1)), 100);
    assertThatThrownBy(() -> resampled.sample(1, SEED))
        .isInstanceOf(RestrictionException.class)
        .hasMessageContaining("the candidates");
    assertThatThrownBy(resampled::acceptance).isInstanceOf(RestrictionException.class);
  }

  @Test
  void refusesBadInput() {
    RestrictedPrior prior = RestrictedPrior.of(NORMAL, DISC);
    assertThatThrownBy(() -> prior.withProposalsPerDraw(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("proposals per draw is 0, expected at least 1");
    assertThatThrownBy(() -> prior.resampledFrom(of(Normal.of(0, 1), Normal.of(0, 1)), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("candidates for each draw are 1");
    assertThatThrownBy(() -> prior.resampledFrom(Normal.of(0, 1), 100))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the candidates have 1 values, [theta_1], but the prior has 2");
    assertThatThrownBy(() -> prior.logProbGradient(new double[] {2, 2}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("outside of the region");
    assertThatThrownBy(() -> prior.sample(-1, SEED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("count is -1");
    assertThat(prior.sample(0, SEED).rows()).isZero();
  }

  private static Distribution of(Distribution first, Distribution second) {
    return Independent.of(first, second);
  }
}
