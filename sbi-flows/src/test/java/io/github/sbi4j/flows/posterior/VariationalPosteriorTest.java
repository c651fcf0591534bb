package io.github.sbi4j.flows.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.MultivariateNormal;
import io.github.sbi4j.core.distribution.Support;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.flows.estimator.Maf;
import io.github.sbi4j.flows.tensor.Activation;
import io.github.sbi4j.flows.variational.VariationalFamily;
import io.github.sbi4j.flows.variational.VariationalObjective;
import io.github.sbi4j.flows.variational.VariationalReport;
import io.github.sbi4j.flows.variational.VariationalSettings;
import java.util.Arrays;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** Variational posteriors against conjugate and truncated ones. */
@Timeout(120)
class VariationalPosteriorTest {
  private static final Distribution PRIOR =
      MultivariateNormal.of(new double[2], new double[][] {{4, 0}, {0, 4}}).named("m", "n");
  private static final double[][] TRIALS = {{1, -3}, {2, -2}, {0, -2.5}};
  private static final double PRECISION = 3.25;
  private static final Distribution BOX =
      BoxUniform.of(new double[] {-1, -1}, new double[] {1, 1}).named("a", "b");
  private static final VariationalFamily SMALL =
      VariationalFamily.flow(
          Maf.defaults().withActivation(Activation.RELU).withTransforms(3).withHiddenFeatures(16));

  private static VariationalPosterior gaussian(Distribution prior) {
    return VariationalPosterior.of(new NormalMean(prior), 3)
        .withFamily(VariationalFamily.gaussian());
  }

  /** Integral of N(m; 0, 4) exp(-sum (x - m)^2 / 2) over m, for both coordinates. */
  private static double logEvidence() {
    double evidence = 0;
    for (int d = 0; d < 2; d++) {
      double sum = 0;
      double squares = 0;
      for (double[] trial : TRIALS) {
        sum += trial[d];
        squares += trial[d] * trial[d];
      }
      evidence += -0.5 * Math.log(4 * PRECISION) + 0.5 * sum * sum / PRECISION - 0.5 * squares;
    }
    return evidence;
  }

  @Test
  void theConjugatePosteriorIsFoundWithItsEvidence() {
    VariationalPosterior posterior = gaussian(PRIOR).given(TRIALS);
    MultivariateNormal exact =
        MultivariateNormal.of(
            new double[] {3 / PRECISION, -7.5 / PRECISION},
            new double[][] {{1 / PRECISION, 0}, {0, 1 / PRECISION}});
    VariationalReport report = posterior.report();
    assertThat(report.elbo()).isCloseTo(logEvidence(), within(1e-6));
    assertThat(report.logEvidence()).isCloseTo(logEvidence(), within(1e-6));
    double[][] points = exact.sample(50, 1).toArray();
    for (double[] point : points) {
      assertThat(posterior.logProb(point)).isCloseTo(exact.logProb(point), within(1e-4));
    }
    Samples draws = posterior.sample(5_000);
    assertThat(draws.names()).containsExactly("m", "n");
    assertThat(draws).isEqualTo(posterior.sample(5_000)).isNotEqualTo(posterior.sample(5_000, 9));
    NormalDistribution first = new NormalDistribution(3 / PRECISION, 1 / Math.sqrt(PRECISION));
    assertThat(new KolmogorovSmirnovTest().kolmogorovSmirnovTest(first, draws.column(0)))
        .isGreaterThan(1e-4);
    MapEstimate map = posterior.map();
    assertThat(map.toArray()[1]).isCloseTo(-7.5 / PRECISION, within(1e-3));
    assertThat(map.logProb()).isCloseTo(exact.logProb(exact.mean()), within(1e-3));
    assertThat(map.converged()).isTrue();
  }

  /** Each observation has its own fit, whatever came before, and an old one keeps its own. */
  @Test
  void nothingIsStaleAfterANewObservation() {
    VariationalPosterior untold = gaussian(PRIOR);
    VariationalPosterior first = untold.given(2, -2);
    double before = first.logProb(new double[] {1, 1});
    VariationalPosterior second = first.given(-4, 0);
    assertThat(second.sample(4_000).mean()[0]).isCloseTo(-4 / 1.25, within(0.07));
    assertThat(second.sample(100)).isEqualTo(gaussian(PRIOR).given(-4, 0).sample(100));
    assertThat(second.logProb(new double[] {1, 1}))
        .isEqualTo(untold.given(-4, 0).logProb(new double[] {1, 1}))
        .isNotEqualTo(before);
    assertThat(first.logProb(new double[] {1, 1})).isEqualTo(before);
    assertThat(first.sample(4_000).mean()[0]).isCloseTo(2 / 1.25, within(0.07));
    assertThat(first.withObjective(VariationalObjective.forwardKl()).sample(4_000).mean()[0])
        .isCloseTo(2 / 1.25, within(0.07));
    assertThatIllegalStateException()
        .isThrownBy(untold::report)
        .withMessageContaining("call posterior.given(observed) first");
  }

  /** Nearly all of the normal's mass lies outside the box: the density falls by e across it. */
  @Test
  void drawsStayInsideABoundedPrior() {
    VariationalPosterior posterior =
        VariationalPosterior.of(new NormalMean(BOX), 3).withFamily(SMALL).given(4, 0);
    VariationalReport report = posterior.report();
    Samples draws = posterior.sample(20_000);
    double[] moments = new double[2];
    double mass = 0;
    for (int i = 0; i < 10_000; i++) {
      double x = -1 + (i + 0.5) / 5_000;
      double p = Math.exp(-0.5 * (4 - x) * (4 - x));
      moments[0] += p;
      moments[1] += p * x;
      mass += Math.exp(-0.5 * x * x) / 5_000;
    }
    for (double[] row : draws.toArray()) {
      assertThat(BOX.support().contains(row)).isTrue();
    }
    assertThat(draws.mean()[0]).isCloseTo(moments[1] / moments[0], within(0.02));
    assertThat(draws.mean()[1]).isCloseTo(0, within(0.03));
    double evidence = Math.log(moments[0] / 5_000 * mass / 4);
    assertThat(report.logEvidence()).isCloseTo(evidence, within(0.01));
    assertThat(report.elbo()).isBetween(evidence - 0.05, evidence + 3 * report.elboStandardError());
    assertThat(report.importanceWeightedBound(8))
        .isBetween(report.elbo(), evidence + 3 * report.elboStandardError());
    assertThat(posterior.logProb(new double[] {1.01, 0})).isEqualTo(Double.NEGATIVE_INFINITY);
    int side = 200;
    double[][] grid = new double[side * side][];
    Arrays.setAll(
        grid,
        i -> new double[] {-1 + 2 * (i % side + 0.5) / side, -1 + 2 * (i / side + 0.5) / side});
    double total = Arrays.stream(posterior.logProb(grid)).map(Math::exp).sum() * 4 / side / side;
    assertThat(total).isCloseTo(1, within(0.02));
  }

  /** One parameter, for which the flow is chosen anew: a normal cut off at its mean. */
  @Test
  void oneParameterHasAFlowThatIsNotGaussian() {
    Distribution half = BoxUniform.of(new double[] {0}, new double[] {9});
    VariationalPosterior posterior =
        VariationalPosterior.of(new NormalMean(half), 3)
            .withSettings(VariationalSettings.defaults().withDraws(64))
            .given(0.0);
    assertThat(posterior.report().warnings()).isEmpty();
    Samples draws = posterior.sample(20_000);
    assertThat(draws.mean()[0]).isCloseTo(Math.sqrt(2 / Math.PI), within(0.03));
    assertThat(posterior.report().logEvidence())
        .isCloseTo(Math.log(Math.sqrt(Math.PI / 2) / 9), within(0.02));
  }

  /** A posterior learned directly: its constant is one, and its draws are found again. */
  @Test
  void approximatesALearnedPosterior() {
    DirectPosterior direct =
        Gaussians.posterior(
            MultivariateNormal.of(new double[2], new double[][] {{100, 0}, {0, 100}}),
            Support.real(2),
            new double[] {0.2, -1},
            new double[] {0.5, 0, -0.6, 0.3});
    VariationalPosterior posterior =
        VariationalPosterior.of(direct, 1).withFamily(VariationalFamily.gaussian()).given(0.5, 1);
    assertThat(posterior.report().logEvidence()).isCloseTo(0, within(1e-3));
    double[][] points = direct.given(0.5, 1).sample(100, 2).toArray();
    double[] expected = direct.given(0.5, 1).logProb(points);
    double[] logs = posterior.logProb(points);
    for (int i = 0; i < logs.length; i++) {
      assertThat(logs[i]).isCloseTo(expected[i], within(1e-2));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> posterior.given(new double[][] {{0, 0}, {1, 1}}))
        .withMessageContaining("2 trials were given");
  }

  /** As a proposal it follows the trials, and weights take its error away. */
  @Test
  void weightsCorrectIt() {
    VariationalPosterior wrong =
        gaussian(PRIOR).withSettings(VariationalSettings.defaults().withSteps(3));
    try (LoggedWarnings warnings =
        LoggedWarnings.of(LoggerFactory.getLogger(VariationalPosterior.class))) {
      ImportanceSamples weighted =
          ImportancePosterior.of(new NormalMean(PRIOR), 3)
              .withProposal(wrong)
              .given(TRIALS)
              .weighted(20_000, 1);
      assertThat(weighted.logEvidence()).isCloseTo(logEvidence(), within(0.05));
      assertThat(weighted.effectiveSampleSize()).isGreaterThan(2_000);
      assertThat(warnings.text())
          .contains("had not come to rest after 3 steps")
          .contains("give more steps");
    }
  }
}
