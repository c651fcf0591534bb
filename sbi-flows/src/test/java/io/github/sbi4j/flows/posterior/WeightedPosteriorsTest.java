package io.github.sbi4j.flows.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.MultivariateNormal;
import io.github.sbi4j.core.distribution.Support;
import io.github.sbi4j.core.sample.Samples;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Posteriors by importance sampling and by rejection, against a conjugate one. */
class WeightedPosteriorsTest {
  private static final Distribution PRIOR =
      MultivariateNormal.of(new double[2], new double[][] {{4, 0}, {0, 4}}).named("m", "n");
  private static final double[][] TRIALS = {{1, -3}, {2, -2}, {0, -2.5}};
  private static final double PRECISION = 3.25;
  private static final NormalDistribution FIRST =
      new NormalDistribution(3 / PRECISION, 1 / Math.sqrt(PRECISION));

  /** The level of the test is one in ten thousand for each seed. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void rejectionDrawsExactly(long seed) {
    Samples draws =
        RejectionPosterior.of(new NormalMean(PRIOR), 3).given(TRIALS).sample(2_000, seed);
    assertThat(new KolmogorovSmirnovTest().kolmogorovSmirnovTest(FIRST, draws.column(0)))
        .isGreaterThan(1e-4);
    assertThat(draws.mean()[1])
        .isCloseTo(-7.5 / PRECISION, within(4.5 * FIRST.getStandardDeviation() / Math.sqrt(2_000)));
  }

  @Test
  void rejectionKeepsItsBudget() {
    RejectionPosterior narrow =
        RejectionPosterior.of(new NormalMean(PRIOR), 3).withProposalsPerDraw(1).given(9, 9);
    assertThatThrownBy(() -> narrow.sample(20_000))
        .isInstanceOf(LowAcceptanceException.class)
        .hasMessageContaining("20000 are wanted");
  }

  @Test
  void importanceWeightsGiveMeanAndEvidence() {
    ImportancePosterior posterior = ImportancePosterior.of(new NormalMean(PRIOR), 3).given(TRIALS);
    ImportanceSamples weighted = posterior.weighted(200_000, 4);
    double mean = 0;
    double total = 0;
    double[] first = weighted.draws().column(0);
    for (int i = 0; i < first.length; i++) {
      double w = Math.exp(weighted.logWeights().get(i));
      mean += w * first[i];
      total += w;
    }
    double error = FIRST.getStandardDeviation() / Math.sqrt(weighted.effectiveSampleSize());
    assertThat(total).isCloseTo(1, within(1e-9));
    assertThat(mean).isCloseTo(FIRST.getMean(), within(5 * error));
    assertThat(weighted.paretoK()).isLessThan(0.7);
    // Integral of N(m; 0, 4) exp(-sum (x - m)^2 / 2) over m, for both coordinates.
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
    assertThat(weighted.logEvidence()).isCloseTo(evidence, within(0.03));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void resampledDrawsFollowThePosterior(long seed) {
    Samples draws =
        ImportancePosterior.of(new NormalMean(PRIOR), 3).given(TRIALS).sample(1_000, seed);
    assertThat(new KolmogorovSmirnovTest().kolmogorovSmirnovTest(FIRST, draws.column(0)))
        .isGreaterThan(1e-4);
    assertThat(draws.toArray()).hasDimensions(1_000, 2);
  }

  /** The proposal follows the observation, and its own density is divided out. */
  @Test
  void anotherPosteriorIsCorrected() {
    double[] shift = {0.3, -0.2};
    DirectPosterior wrong =
        Gaussians.posterior(PRIOR, Support.real(2), shift, new double[] {1.2, 0, 0, 1.2});
    ImportancePosterior corrected =
        ImportancePosterior.of(new NormalMean(PRIOR), 3).withProposal(wrong).withOversampling(4);
    for (double x : new double[] {1, -2}) {
      Samples draws = corrected.given(x, 0).sample(4_000);
      assertThat(draws.mean()[0]).isCloseTo(x / 1.25, within(0.08));
      assertThat(draws.sd()[0]).isCloseTo(1 / Math.sqrt(1.25), within(0.05));
    }
    ImportanceSamples weighted = corrected.given(1, 0).weighted(10_000, 1);
    assertThat(weighted.effectiveSampleSize()).isBetween(5_000.0, 10_000.0);
  }

  @Test
  void badCallsAreRefused() {
    ImportancePosterior posterior = ImportancePosterior.of(new NormalMean(PRIOR), 3);
    assertThatIllegalStateException()
        .isThrownBy(() -> posterior.sample(10))
        .withMessageContaining("call posterior.given(observed) first");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> posterior.withOversampling(0))
        .withMessageContaining("oversampling is 0");
    Distribution one = BoxUniform.of(new double[] {0}, new double[] {1});
    assertThatIllegalArgumentException()
        .isThrownBy(() -> posterior.withProposal(Gaussians.truncated(one, 0.5)))
        .withMessageContaining("the proposal has 1 parameters, expected 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RejectionPosterior.of(new NormalMean(PRIOR), 1).given(1, 2).sample(0))
        .withMessageContaining("count is 0");
  }
}
