package io.github.sbi4j.flows.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.distribution.Bijection;
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
import io.github.sbi4j.flows.potential.Potential;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
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

  /** Two draws of each of twenty chains, of which ten draws have to go. */
  @Test
  void drawsOfEveryChainAreKept() {
    McmcPosterior posterior =
        McmcPosterior.of(new NormalMean(BOX), 3).withChains(20).given(0.5, 0.5);
    Chains chains = posterior.chains(30, 4);
    Samples draws = posterior.sample(30, 4);
    assertThat(draws.rows()).isEqualTo(30);
    for (int c = 0; c < 20; c++) {
      assertThat(List.of(draws.toArray()))
          .usingElementComparator(Arrays::compare)
          .containsAnyElementsOf(List.of(chains.chain(c).draws().toArray()));
    }
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

  /** A box whose way to unconstrained space is not that of its support. */
  private record Stretched(Distribution box) implements Distribution {
    @Override
    public int dimension() {
      return box.dimension();
    }

    @Override
    public double[] sample(RandomGenerator random) {
      return box.sample(random);
    }

    @Override
    public double logProb(double[] value) {
      return box.logProb(value);
    }

    @Override
    public Support support() {
      return box.support();
    }

    @Override
    public Bijection bijection() {
      return new Twice(box.bijection());
    }
  }

  /** Every coordinate of another bijection times two. */
  private record Twice(Bijection half) implements Bijection {
    @Override
    public int dimension() {
      return half.dimension();
    }

    @Override
    public double forward(double[] value, double[] unconstrained) {
      double log = half.forward(value, unconstrained);
      Arrays.setAll(unconstrained, d -> 2 * unconstrained[d]);
      return log + dimension() * Math.log(2);
    }

    @Override
    public double inverse(double[] unconstrained, double[] value) {
      return half.inverse(halved(unconstrained), value) - dimension() * Math.log(2);
    }

    @Override
    public void pullBack(double[] unconstrained, double[] gradient, double[] result) {
      half.pullBack(halved(unconstrained), gradient, result);
      Arrays.setAll(result, d -> result[d] / 2);
    }

    private static double[] halved(double[] values) {
      return Arrays.stream(values).map(value -> value / 2).toArray();
    }
  }

  /**
   * The density was trained over the support's bijection; chains are mapped back by the prior's.
   */
  @ParameterizedTest
  @MethodSource("samplers")
  void aPriorMayHaveABijectionOfItsOwn(UnaryOperator<McmcPosterior> sampler) {
    DirectPosterior direct =
        Gaussians.posterior(
            new Stretched(BOX), BOX.support(), new double[2], new double[] {0.5, 0, 0.6, 0.4});
    Samples exact = direct.given(0.8, -0.3).sample(20_000, 1);
    Samples draws =
        sampler.apply(McmcPosterior.of(direct, 1)).withChains(20).given(0.8, -0.3).sample(8_000);
    for (int d = 0; d < 2; d++) {
      double sd = exact.sd()[d];
      assertThat(draws.mean()[d]).isCloseTo(exact.mean()[d], within(0.15 * sd));
      assertThat(draws.sd()[d]).isCloseTo(sd, within(0.1 * sd));
    }
    Potential potential = direct.potential(new double[] {0.8, -0.3});
    double[][] points = {{0.1, -0.7}, {0.9, 0.9}, {1.2, 0}};
    double[][] gradients = new double[3][2];
    double[] values = new double[3];
    potential.logProbGradient(points, gradients, values);
    assertThat(values).containsExactly(potential.logProb(points), within(1e-5));
    assertThat(values[2]).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(gradients[2]).containsOnly(0);
    for (int i = 0; i < 2; i++) {
      for (int d = 0; d < 2; d++) {
        double[][] moved = {points[i].clone(), points[i].clone()};
        moved[0][d] -= 1e-3;
        moved[1][d] += 1e-3;
        double[] logs = potential.logProb(moved);
        double slope = (logs[1] - logs[0]) / 2e-3;
        assertThat(gradients[i][d]).isCloseTo(slope, within(0.01 * (1 + Math.abs(slope))));
      }
    }
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
