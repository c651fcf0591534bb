package io.github.sbi4j.analysis.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.analysis.diagnostic.Verdict;
import io.github.sbi4j.analysis.exact.ExactPosterior;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Normal;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.flows.posterior.EnsemblePosterior;
import io.github.sbi4j.flows.posterior.MapEstimate;
import io.github.sbi4j.flows.posterior.McmcPosterior;
import io.github.sbi4j.flows.posterior.Posterior;
import java.util.List;
import org.junit.jupiter.api.Test;

class NegativeLogProbabilityTest {
  private static final ExactPosterior POSTERIOR = ExactPosterior.of(2, 0.5);
  private static final Simulations PAIRS = POSTERIOR.simulate(2000, 1);

  // The entropy of a normal is D/2 log(2 pi e) + log(det S) / 2; spread f costs
  // D (log f + 1/(2 f^2) - 1/2) more.
  @Test
  void meanIsTheEntropyAndIsWorseForWrongPosteriors() {
    double[][] s = POSTERIOR.given(0, 0).distribution().covariance();
    double entropy =
        Math.log(2 * Math.PI * Math.E) + 0.5 * Math.log(s[0][0] * s[1][1] - s[0][1] * s[1][0]);
    NegativeLogProbability exact = NegativeLogProbability.of(POSTERIOR, PAIRS);
    // -log q varies like half a chi-square of D degrees of freedom: sd 1 for D = 2.
    assertThat(exact.standardError()).isCloseTo(1 / Math.sqrt(2000), within(0.003));
    assertThat(exact.mean()).isCloseTo(entropy, within(4 / Math.sqrt(2000)));
    double ofPrior = Math.log(2 * Math.PI * Math.E);
    assertThat(exact.gain()).isCloseTo(ofPrior - entropy, within(4 * exact.gainError()));
    assertThat(exact.verdict()).isEqualTo(Verdict.PASS);
    assertThat(exact.findings().get(1).reading()).contains("nats better than the prior");
    double narrow = NegativeLogProbability.of(POSTERIOR.wrong(0.7, 0), PAIRS).mean();
    double cost = 2 * (Math.log(0.7) + 1 / (2 * 0.49) - 0.5);
    // The difference has a standard deviation of |1/f^2 - 1| a pair.
    assertThat(narrow - exact.mean()).isCloseTo(cost, within(4 * 1.04 / Math.sqrt(2000)));
  }

  @Test
  void posteriorThatKnowsLessThanNothingFails() {
    NegativeLogProbability far = NegativeLogProbability.of(POSTERIOR.wrong(0.2, 2), PAIRS);
    assertThat(far.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(far.findings().get(1).reading()).contains("nats worse than the prior");
  }

  @Test
  void impossibleParametersAreFlagged() {
    Simulations pairs =
        Simulations.of(new double[][] {{0.5}, {-1}, {2}}, new double[][] {{0}, {0}, {0}});
    NegativeLogProbability result = NegativeLogProbability.of(new Positive(), pairs);
    assertThat(result.impossible()).containsExactly(1);
    assertThat(result.mean()).isInfinite().isPositive();
    assertThat(result.standardError()).isNaN();
    assertThat(result.gain()).isCloseTo(Math.log(2), within(1e-12));
    assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(result.summary())
        .contains("1 of 3 true parameters are impossible")
        .contains("row 1");
  }

  /** A posterior that is the positive half of its prior. */
  private record Positive() implements Posterior {
    @Override
    public Distribution prior() {
      return Normal.of(0, 1);
    }

    @Override
    public Posterior given(double... observation) {
      return this;
    }

    @Override
    public Samples sample(int count) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Samples sample(int count, long seed) {
      throw new UnsupportedOperationException();
    }

    @Override
    public double[] logProb(double[][] parameters) {
      double[] logs = new double[parameters.length];
      for (int i = 0; i < logs.length; i++) {
        logs[i] =
            parameters[i][0] > 0
                ? Math.log(2) + prior().logProb(parameters[i])
                : Double.NEGATIVE_INFINITY;
      }
      return logs;
    }

    @Override
    public MapEstimate map() {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void wrongInputIsNamed() {
    assertThatThrownBy(() -> NegativeLogProbability.of(McmcPosterior.of(POSTERIOR, 1), PAIRS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("McmcPosterior is known up to a constant")
        .hasMessageContaining("SNPE");
    EnsemblePosterior ensemble =
        EnsemblePosterior.of(List.of(POSTERIOR, McmcPosterior.of(POSTERIOR, 1)), 1);
    assertThatThrownBy(() -> NegativeLogProbability.of(ensemble, PAIRS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("EnsemblePosterior is known up to a constant");
    assertThatThrownBy(() -> NegativeLogProbability.of(POSTERIOR, POSTERIOR.simulate(1, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 of 1 simulations are valid; give at least 2");
  }
}
