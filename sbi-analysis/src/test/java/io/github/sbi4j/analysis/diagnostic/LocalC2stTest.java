package io.github.sbi4j.analysis.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.analysis.exact.ExactPosterior;
import io.github.sbi4j.core.concurrent.Tasks;
import io.github.sbi4j.core.progress.Progress;
import io.github.sbi4j.core.simulation.Simulations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LocalC2stTest {
  private static final Logger LOG = LoggerFactory.getLogger(LocalC2stTest.class);
  private static final ExactPosterior EXACT = ExactPosterior.of(2, 0.7);
  private static final LocalC2st TEST = LocalC2st.defaults().trials(19).evaluations(300);
  private static final double[] X = {0.5, 0};

  /** The number of runs in which the posterior fails at the observations together. */
  private static long failures(
      LocalC2st test, ExactPosterior posterior, int runs, int pairs, double[]... observations) {
    List<Boolean> failed =
        Tasks.map(
            Tasks.allProcessors(),
            runs,
            i ->
                test.train(posterior, EXACT.simulate(pairs, 100 + i), i)
                        .evaluate(7, observations)
                        .verdict()
                    == Verdict.FAIL);
    return failed.stream().filter(f -> f).count();
  }

  // Binomial(40, 0.05): more than 8 has a chance of 0.0001.
  @Test
  void exactPosteriorFailsAtTheLevelOnly() {
    assertThat(failures(TEST, EXACT, 40, 100, X)).isLessThanOrEqualTo(8);
  }

  // Binomial(300, 0.05): outside of 4 to 28 has a chance of 0.0009, shared by two.
  @Tag("slow")
  @Test
  void falseAlarmRateIsTheLevel() {
    long one = failures(TEST, EXACT, 300, 200, X);
    long three = failures(TEST, EXACT, 300, 200, X, new double[] {-1, 1}, new double[] {2, 2});
    LOG.info("exact posterior: {} and {} of 300 fail", one, three);
    assertThat(one).isBetween(4L, 28L);
    assertThat(three).isBetween(4L, 28L);
  }

  @Test
  void wrongPosteriorsAreFoundWithFiveHundredPairs() {
    assertThat(failures(TEST, EXACT.wrong(0.8, 0), 8, 500, X)).isGreaterThanOrEqualTo(6);
    assertThat(failures(TEST, EXACT.wrong(1.25, 0), 8, 500, X)).isGreaterThanOrEqualTo(6);
    assertThat(failures(TEST, EXACT.wrong(1, 0.3), 8, 500, X)).isGreaterThanOrEqualTo(7);
  }

  /** The default with as many pairs as are usual. */
  @Tag("slow")
  @Test
  void tenThousandPairsTakeUnderAMinute() {
    for (int dimension : new int[] {2, 5}) {
      ExactPosterior exact = ExactPosterior.of(dimension, 0.7);
      Simulations pairs = exact.simulate(10_000, 1);
      long start = System.nanoTime();
      LocalC2stResult result =
          LocalC2st.defaults()
              .train(exact.wrong(0.95, 0), pairs, 2)
              .evaluate(3, new double[dimension]);
      double seconds = (System.nanoTime() - start) / 1e9;
      LOG.info("D = {}: {} s, p {}", dimension, seconds, result.pValues());
      assertThat(seconds).isLessThan(60);
    }
  }

  @Tag("slow")
  @Test
  void powerWithFiveHundredPairs() {
    for (int dimension : new int[] {2, 5}) {
      ExactPosterior exact = ExactPosterior.of(dimension, 0.7);
      double[] x = Arrays.copyOf(X, dimension);
      for (double[] wrong : new double[][] {{0.8, 0}, {1.25, 0}, {1, 0.3}}) {
        ExactPosterior posterior = exact.wrong(wrong[0], wrong[1]);
        List<Boolean> runs =
            Tasks.map(
                Tasks.allProcessors(),
                100,
                i ->
                    TEST.train(posterior, exact.simulate(500, i), i).evaluate(7, x).pValues()[0]
                        <= 0.05);
        long found = runs.stream().filter(f -> f).count();
        LOG.info(
            "D = {}, spread {}, shift {}: {} of 100 found", dimension, wrong[0], wrong[1], found);
        assertThat(found).isGreaterThanOrEqualTo(85);
      }
    }
  }

  @Test
  void correctedMomentsAreMoreThanHalfWayToTheTruth() {
    LocalC2stResult narrow =
        TEST.evaluations(2000)
            .train(EXACT.wrong(0.8, 0), EXACT.simulate(4000, 1), 2)
            .evaluate(3, X);
    LocalDiscrepancy at = narrow.observations().get(0);
    double[][] covariance = EXACT.given(X).distribution().covariance();
    for (int d = 0; d < 2; d++) {
      double sd = Math.sqrt(covariance[d][d]);
      assertThat(at.draws().sd()[d]).isCloseTo(0.8 * sd, within(0.06 * sd));
      assertThat(at.correctedSd()[d]).isBetween((at.draws().sd()[d] + sd) / 2, 1.1 * sd);
    }
    assertThat(narrow.findings().get(0).reading())
        .startsWith("the posterior differs from the true one")
        .contains("theta_");
    LocalDiscrepancy shifted =
        TEST.evaluations(2000)
            .train(EXACT.wrong(1, 0.5), EXACT.simulate(4000, 1), 2)
            .evaluate(3, X)
            .observations()
            .get(0);
    double[] mean = EXACT.given(X).distribution().mean();
    for (int d = 0; d < 2; d++) {
      double sd = Math.sqrt(covariance[d][d]);
      assertThat(shifted.draws().mean()[d]).isCloseTo(mean[d] + 0.5 * sd, within(0.2 * sd));
      assertThat(shifted.correctedMean()[d]).isCloseTo(mean[d], within(0.25 * sd));
    }
  }

  @Test
  void numbersBelongTogether() {
    LocalC2stResult result =
        TEST.train(EXACT.wrong(1, 0.5), EXACT.simulate(500, 1), 2)
            .evaluate(3, X, new double[] {1, 1});
    assertThat(result.trials()).isEqualTo(19);
    assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
    for (LocalDiscrepancy at : result.observations()) {
      double[] d = at.probabilities();
      assertThat(at.draws().rows()).isEqualTo(300);
      assertThat(d).hasSize(300);
      assertThat(at.statistic())
          .isCloseTo(
              Arrays.stream(d).map(p -> (p - 0.5) * (p - 0.5)).average().orElseThrow(),
              within(1e-15));
      double[] nulls = at.nullStatistics();
      assertThat(nulls).hasSize(19);
      long larger = Arrays.stream(nulls).filter(t -> t >= at.statistic()).count();
      assertThat(at.pValue()).isEqualTo((1 + larger) / 20.0);
      assertThat(at.familyPValue()).isGreaterThanOrEqualTo(at.pValue());
      assertThat(at.nullProbabilities(18)).hasSize(300);
      assertThat(Arrays.stream(at.nullProbabilities(18)).map(p -> (p - 0.5) * (p - 0.5)).average())
          .hasValueCloseTo(nulls[18], within(1e-15));
    }
    Finding finding = result.findings().get(1);
    assertThat(finding.quantity()).isEqualTo("observation 1");
    assertThat(finding.threshold()).isEqualTo(0.05);
    assertThat(finding.falseAlarmRate()).isEqualTo(0.05);
  }

  @Test
  void resultDependsOnTheSeedAndNotOnTheThreads() {
    Simulations pairs = EXACT.simulate(100, 1);
    List<Progress> heard = new ArrayList<>();
    LocalC2stResult one = TEST.threads(1).train(EXACT, pairs, 2).evaluate(3, X);
    LocalC2stResult three =
        TEST.threads(3).progress(heard::add).train(EXACT, pairs, 2).evaluate(3, X);
    LocalC2stResult other = TEST.train(EXACT, pairs, 5).evaluate(3, X);
    LocalDiscrepancy first = one.observations().get(0);
    assertThat(three.observations().get(0).probabilities()).isEqualTo(first.probabilities());
    assertThat(three.observations().get(0).nullStatistics()).isEqualTo(first.nullStatistics());
    assertThat(other.observations().get(0).statistic()).isNotEqualTo(first.statistic());
    assertThat(heard).hasSize(20).last().satisfies(last -> assertThat(last.finished()).isTrue());
  }

  /** As published: one draw at each observation, and an ensemble. */
  @Test
  void unscaledEnsembleFindsALargeShift() {
    LocalC2stResult result =
        TEST.scaledBy(0)
            .ensemble(2)
            .train(EXACT.wrong(1, 1), EXACT.simulate(1000, 1), 2)
            .evaluate(3, X);
    assertThat(result.pValues()[0]).isEqualTo(0.05);
  }

  @Test
  void wrongInputIsNamed() {
    Simulations pairs = EXACT.simulate(100, 1);
    assertThatThrownBy(() -> TEST.train(EXACT, EXACT.simulate(99, 1), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("99 of 99 simulations are valid; give at least 100");
    assertThatThrownBy(() -> TEST.train(ExactPosterior.of(3, 1), pairs, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("simulations have 2 parameters and the posterior 3");
    assertThatThrownBy(() -> TEST.trials(18))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("trials must be at least 19, got 18; 100 is usual");
    assertThatThrownBy(() -> TEST.ensemble(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ensemble must be at least 1, got 0");
    assertThatThrownBy(() -> TEST.evaluations(5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("evaluations must be at least 10, got 5");
    assertThatThrownBy(() -> TEST.scaledBy(3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("draws to scale by must be at least 10, got 3");
    assertThatThrownBy(() -> TEST.level(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("level must be between 0 and 1, got 1.0");
    TrainedLocalC2st trained = TEST.train(EXACT, pairs, 1);
    assertThatThrownBy(() -> trained.evaluate(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got no observations");
  }
}
