package io.github.sbi4j.flows.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.MultivariateNormal;
import io.github.sbi4j.core.distribution.Support;
import io.github.sbi4j.core.mcmc.Chains;
import io.github.sbi4j.core.mcmc.McmcSettings;
import io.github.sbi4j.core.mcmc.Nuts;
import io.github.sbi4j.core.mcmc.Slice;
import io.github.sbi4j.core.mcmc.StopReason;
import io.github.sbi4j.core.sample.Samples;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class McmcPosteriorTest {
  private static final Distribution BOX =
      BoxUniform.of(new double[] {-1, -1}, new double[] {1, 1}).named("a", "b");

  static Stream<UnaryOperator<McmcPosterior>> samplers() {
    return Stream.of(
        p -> p, p -> p.withSampler(Slice.defaults()), p -> p.withSampler(Nuts.defaults()));
  }

  /** With a prior of variance 4 and n trials the mean is sum / (n + 1/4), the variance 1 / that. */
  @ParameterizedTest
  @MethodSource("samplers")
  void drawsFollowAConjugatePosterior(UnaryOperator<McmcPosterior> sampler) {
    Distribution prior =
        MultivariateNormal.of(new double[2], new double[][] {{4, 0}, {0, 4}}).named("m", "n");
    double[][] trials = {{1, -3}, {2, -2}, {0, -2.5}};
    McmcPosterior posterior =
        sampler
            .apply(McmcPosterior.of(new NormalMean(prior), 3))
            .withChains(20)
            .withSettings(McmcSettings.defaults().withWarmUp(200))
            .given(trials);
    Chains chains = posterior.chains(8_000, 5);
    assertThat(chains.size()).isEqualTo(20);
    assertThat(chains.draws()).isEqualTo(400);
    Samples draws = chains.toSamples();
    assertThat(draws.names()).containsExactly("m", "n");
    double precision = 3.25;
    double[] mcse = chains.diagnostics().mcseMean();
    assertThat(draws.mean()[0]).isCloseTo(3 / precision, within(4.5 * mcse[0]));
    assertThat(draws.mean()[1]).isCloseTo(-7.5 / precision, within(4.5 * mcse[1]));
    for (double sd : draws.sd()) {
      assertThat(sd).isCloseTo(1 / Math.sqrt(precision), within(0.04));
    }
    MapEstimate map = posterior.map();
    assertThat(map.toArray()[0]).isCloseTo(3 / precision, within(1e-3));
    assertThat(map.toArray()[1]).isCloseTo(-7.5 / precision, within(1e-3));
    assertThat(map.converged()).isTrue();
  }

  /** Nearly all of the mass would lie outside the box: the density falls by e across it. */
  @ParameterizedTest
  @MethodSource("samplers")
  void drawsStayInsideABoundedPrior(UnaryOperator<McmcPosterior> sampler) {
    McmcPosterior posterior =
        sampler
            .apply(McmcPosterior.of(new NormalMean(BOX), 3))
            .withChains(20)
            .withSettings(McmcSettings.defaults().withWarmUp(200))
            .given(4, 0);
    Samples draws = posterior.sample(20_000);
    double[] normalised = new double[2];
    for (int i = 0; i < 10_000; i++) {
      double x = -1 + (i + 0.5) / 5_000;
      double p = Math.exp(-0.5 * (4 - x) * (4 - x));
      normalised[0] += p;
      normalised[1] += p * x;
    }
    for (double x : draws.column(0)) {
      assertThat(x).isBetween(-1.0, 1.0);
    }
    assertThat(draws.mean()[0]).isCloseTo(normalised[1] / normalised[0], within(0.02));
    assertThat(draws.mean()[1]).isCloseTo(0, within(0.03));
  }

  @Test
  void theSameSeedGivesTheSameDrawsForAnyNumberOfThreads() {
    McmcPosterior posterior = McmcPosterior.of(new NormalMean(BOX), 3).given(0.5, 0.1);
    McmcSettings settings = posterior.settings();
    double[][] one = posterior.withSettings(settings.withThreads(1)).sample(500, 8).toArray();
    double[][] two = posterior.withSettings(settings.withThreads(2)).sample(500, 8).toArray();
    assertThat(two).isDeepEqualTo(one);
    assertThat(posterior.sample(500, 9).toArray()[0]).isNotEqualTo(one[0]);
    assertThat(posterior.sample(3)).satisfies(s -> assertThat(s.toArray()).hasNumberOfRows(3));
  }

  @Test
  void aTimeBudgetIsKept() {
    McmcPosterior posterior =
        McmcPosterior.of(new NormalMean(BOX), 3)
            .withChains(4)
            .withSettings(
                McmcSettings.defaults().withWarmUp(10).withTimeBudget(Duration.ofMillis(200)))
            .given(0.5, 0.1);
    long begin = System.nanoTime();
    Chains chains = posterior.chains(100_000_000, 1);
    assertThat((System.nanoTime() - begin) / 1e9).isLessThan(20);
    assertThat(chains.stopReason()).isEqualTo(StopReason.TIME_BUDGET);
    assertThat(chains.draws()).isPositive().isLessThan(25_000_000);
  }

  /** A posterior learned directly, cut off at the prior: as its own draws, by other means. */
  @Test
  void samplesALearnedPosterior() {
    DirectPosterior direct =
        Gaussians.posterior(
            MultivariateNormal.of(new double[2], new double[][] {{100, 0}, {0, 100}}),
            Support.real(2),
            new double[] {0.2, -1},
            new double[] {0.5, 0, -0.6, 0.3});
    Samples draws =
        McmcPosterior.of(direct, 1)
            .withSampler(Nuts.defaults())
            .withChains(8)
            .given(0.5, 1)
            .sample(8_000);
    assertThat(draws.mean()[0]).isCloseTo(0.7, within(0.05));
    assertThat(draws.mean()[1]).isCloseTo(0, within(0.06));
    assertThat(draws.sd()[0]).isCloseTo(0.5, within(0.04));
    assertThat(draws.sd()[1]).isCloseTo(Math.hypot(0.6, 0.3), within(0.05));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> direct.potential(new double[2], new double[2]))
        .withMessageContaining("2 trials were given; use SNLE or SNRE");
  }

  @Test
  void badCallsAreRefused() {
    McmcPosterior posterior = McmcPosterior.of(new NormalMean(BOX), 3);
    assertThatIllegalStateException()
        .isThrownBy(() -> posterior.sample(10))
        .withMessageContaining("call posterior.given(observed) first");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> posterior.given(0, 0).sample(0))
        .withMessageContaining("count is 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> posterior.withChains(0))
        .withMessageContaining("chains is 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> posterior.withCandidates(5))
        .withMessageContaining("5 candidates is too small for 100 chains");
  }
}
