package io.github.sbi4j.benchmarks.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.mcmc.LogDensity;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Learned likelihoods of the drift-diffusion model against the published errors. */
class DriftDiffusionTest {
  private static final int SIMULATIONS = 100_000;

  /** Draws of a fitted proposal, resampled, against weighted draws of the prior. */
  @Test
  void theExactPosteriorIsThatOfWeightedDraws() {
    double[][] trials = PosteriorError.trials(1, 10);
    double[][] pool = DriftDiffusion.PRIOR.sample(200_000, 1).toArray();
    double[] weights = new double[pool.length];
    Arrays.setAll(
        weights, i -> Math.exp(Arrays.stream(DriftDiffusion.logLikelihood(trials, pool[i])).sum()));
    double all = Arrays.stream(weights).sum();
    LogDensity exact = DriftDiffusion.posterior(trials);
    double[][] draws =
        Proposal.fit(exact, 2).resample(exact, DriftDiffusion.PRIOR.bijection(), 2000, 3);
    for (int d = 0; d < 4; d++) {
      double mean = 0;
      double square = 0;
      for (int i = 0; i < pool.length; i++) {
        mean += weights[i] / all * pool[i][d];
        square += weights[i] / all * pool[i][d] * pool[i][d];
      }
      int column = d;
      double found = Arrays.stream(draws).mapToDouble(row -> row[column]).average().orElseThrow();
      // Five standard errors of some thousand independent draws of either.
      assertThat(found).isCloseTo(mean, within(0.15 * Math.sqrt(square - mean * mean)));
    }
  }

  /** Boelts et al. (2022) report 0.234, the mean over ten networks, with the same floor. */
  @Tag("slow")
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theLikelihoodIsCloserThanPublished(long seed) {
    LikelihoodError error =
        LikelihoodError.of(new LearnedLikelihood(SIMULATIONS, 1, true, 2, seed).train());
    assertThat(error.belowDelay()).isZero();
    assertThat(error.huberOfLog()).isLessThan(0.234);
    assertThat(error.huber()).isLessThan(0.0038);
    assertThat(error.squared()).isLessThan(0.0072);
  }

  /** They report a C2ST of .622 and .837 for ensembles, means over 99 data sets. */
  @Tag("slow")
  @Test
  void posteriorsAreCloserThanPublished() {
    DriftDiffusionStudy study = new DriftDiffusionStudy(SIMULATIONS, 5, true, 2, 1);
    Map<String, Object> results = study.run(List.of(100, 1000), 12);
    assertThat((Double) results.get("c2st_100")).isLessThan(0.62);
    assertThat((Double) results.get("c2st_1000")).isLessThan(0.83);
  }
}
