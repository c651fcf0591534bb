package io.github.sbi4j.analysis.predictive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.distribution.Normal;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.core.simulation.Simulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PosteriorPredictiveCheckTest {
  private static final int ROWS = 20_000;
  private static final double[] OBSERVED = {1.5, -4};
  private static final Simulator SIMULATOR =
      (theta, random) ->
          new double[] {theta[0] + random.nextGaussian(), -theta[0] + 2 * random.nextGaussian()};

  private final Samples posterior = Normal.of(1, 0.75).sample(ROWS, 1);

  // theta ~ N(1, 0.75^2), so the predictions are N(1, 1.25^2) and N(-1, 0.75^2 + 4).
  @Test
  void numbersMatchTheClosedForm() {
    PosteriorPredictiveCheck check =
        PosteriorPredictiveCheck.run(SIMULATOR, posterior, OBSERVED, 2).named("mean", "spread");
    double[] means = {1, -1};
    double[] sds = {1.25, Math.sqrt(0.5625 + 4)};
    for (int j = 0; j < 2; j++) {
      PredictedStatistic s = check.statistics().get(j);
      NormalDistribution exact = new NormalDistribution(means[j], sds[j]);
      // Five standard errors of the mean and more for the others, at 20 000 draws.
      double error = 5 * sds[j] / Math.sqrt(ROWS);
      assertThat(s.observed()).isEqualTo(OBSERVED[j]);
      assertThat(s.mean()).isCloseTo(means[j], within(error));
      assertThat(s.sd()).isCloseTo(sds[j], within(error));
      assertThat(s.median()).isCloseTo(means[j], within(1.3 * error));
      assertThat(s.quantile05())
          .isCloseTo(exact.inverseCumulativeProbability(0.05), within(2.2 * error));
      assertThat(s.quantile95())
          .isCloseTo(exact.inverseCumulativeProbability(0.95), within(2.2 * error));
      double below = exact.cumulativeProbability(OBSERVED[j]);
      assertThat(s.tailProbability()).isCloseTo(2 * Math.min(below, 1 - below), within(0.03));
    }
    assertThat(check.failures()).isZero();
    assertThat(check.predicted().rows()).isEqualTo(ROWS);
  }

  @Test
  void summaryIsAlignedAndNamesEachStatistic() {
    String summary =
        PosteriorPredictiveCheck.run(SIMULATOR, posterior.head(100), OBSERVED, 2)
            .named("mean of the series", "b")
            .summary();
    List<String> lines = summary.lines().toList();
    assertThat(lines).hasSize(5);
    assertThat(lines.get(0)).isEqualTo("posterior predictive check: passes");
    assertThat(lines.get(1)).contains("observed", "sd", "5%", "median", "95%").endsWith("tail");
    assertThat(lines.get(2)).startsWith("mean of the series").contains("1.500");
    assertThat(lines.get(3)).startsWith("b ").contains("-4.000");
    assertThat(lines.subList(1, 4)).extracting(String::length).containsOnly(lines.get(1).length());
    assertThat(lines.get(4)).isEqualTo("100 simulations, 0 failed");
  }

  @Test
  void tailProbabilityCountsByHand() {
    double[] predicted = {1, 2, 3, 4};
    assertThat(PredictedStatistic.tailProbability(1.5, predicted)).isEqualTo(0.8);
    assertThat(PredictedStatistic.tailProbability(9, predicted)).isEqualTo(0.4);
    assertThat(PredictedStatistic.tailProbability(2.5, predicted)).isEqualTo(1);
  }

  @Test
  void failedSimulationsAreLeftOutAndCounted() {
    Simulator fragile =
        (theta, random) -> {
          if (theta[0] < 1) {
            throw new IllegalStateException("too small");
          }
          return new double[] {theta[0]};
        };
    PosteriorPredictiveCheck check =
        PosteriorPredictiveCheck.run(fragile, posterior.head(1000), new double[] {1}, 2);
    assertThat(check.failures()).isBetween(400, 600);
    assertThat(check.predicted().rows()).isEqualTo(1000 - check.failures());
    assertThat(check.statistics().get(0).quantile05()).isGreaterThanOrEqualTo(1);
    assertThat(check.statistics().get(0).tailProbability()).isLessThan(0.01);
  }

  @Test
  void plotMarksTheObservation(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("check.svg");
    PosteriorPredictiveCheck.run(SIMULATOR, posterior.head(500), OBSERVED, 2)
        .named("first", "second")
        .plot()
        .save(file);
    assertThat(Files.readString(file)).contains(">first<", ">second<", ">observed<", ">predicted<");
  }

  @Test
  void wrongInputIsNamed() {
    Samples few = posterior.head(10);
    assertThatThrownBy(
            () -> PosteriorPredictiveCheck.run(SIMULATOR, few, new double[] {1, 2, 3}, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 3 observed values and the simulator gives 2");
    assertThatThrownBy(
            () -> PosteriorPredictiveCheck.run(SIMULATOR, few, new double[] {1, Double.NaN}, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("observed value 1 is NaN");
    Simulations one = Simulations.run(SIMULATOR, posterior.head(1), 1);
    assertThatThrownBy(() -> PosteriorPredictiveCheck.of(one, OBSERVED))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("only 1 of 1 simulations");
  }
}
