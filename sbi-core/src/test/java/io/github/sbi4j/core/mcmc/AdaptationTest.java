package io.github.sbi4j.core.mcmc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Warm-ups. */
class AdaptationTest {
  /** Ends of the windows as Stan's are, except that no window is shorter than the one before. */
  @ParameterizedTest
  @CsvSource({
    "1000, 75, 100 150 250 450 950",
    "500, 75, 100 150 250 450",
    "200, 75, 100 150",
    "151, 75, 101",
    "150, 75, 100",
    "149, 22, 135",
    "20, 3, 18",
    "19, 0, ''",
    "0, 0, ''"
  })
  void windows(int warmUp, int begin, String ends) {
    WarmUpWindows windows = new WarmUpWindows(warmUp);
    List<String> found = new ArrayList<>();
    int first = 0;
    for (int i = warmUp - 1; i >= 0; i--) {
      first = windows.contains(i) ? i : first;
      if (windows.endsAt(i)) {
        found.add(0, Integer.toString(i + 1));
      }
    }
    assertThat(String.join(" ", found)).isEqualTo(ends);
    assertThat(first).isEqualTo(begin);
  }

  /** The mean acceptance while the step size adapts is what dual averaging controls. */
  @ParameterizedTest
  @ValueSource(doubles = {0.6, 0.8, 0.95})
  void stepSizesReachTheTargetAcceptance(double target) {
    DifferentiableLogDensity density = Targets.equicorrelated(5, 0.5);
    Nuts nuts = Nuts.defaults().withTargetAcceptance(target);
    Hmc hmc = Hmc.defaults().withTargetAcceptance(target);
    for (ChainSampler<DifferentiableLogDensity> sampler : List.of(nuts, hmc)) {
      Adaptation<DifferentiableLogDensity> adaptation = sampler.adaptation(5, 3000);
      RandomGenerator random = RandomStreams.of(1, 0);
      ChainState state = adaptation.kernel().init(density, 0, 1, 0, 1, 0);
      List<Double> acceptances = new ArrayList<>();
      while (!adaptation.finished()) {
        Step step = adaptation.kernel().step(density, state, random);
        adaptation.observe(step);
        state = step.state();
        if (adaptation.steps() > 1000 && adaptation.steps() < 2900) {
          acceptances.add(step.acceptance());
        }
      }
      // About 1900 values of sd 0.2, and dual averaging's own transient of 1 / sqrt(1900).
      assertThat(acceptances.stream().mapToDouble(a -> a).average().orElseThrow())
          .isCloseTo(target, within(0.03));
    }
  }

  @Test
  void keptStepSizesAcceptAtLeastTheTarget() {
    DifferentiableLogDensity density = Targets.equicorrelated(5, 0.5);
    double[][] start = InitialPoints.uniform(density, 4, 2, 1);
    for (double target : new double[] {0.6, 0.8, 0.95}) {
      Nuts nuts = Nuts.defaults().withTargetAcceptance(target);
      Chains chains = Mcmc.sample(density, nuts, McmcSettings.defaults(), start);
      // The kept step size is the mean of the logs of those tried: smaller than their mean, so the
      // acceptance is higher, as Stan's is.
      assertThat(chains.diagnostics().meanAcceptance()).isBetween(target - 0.03, target + 0.2);
    }
  }

  @Test
  void aKernelThatAlwaysAcceptsGetsLongerSteps() {
    DualAveraging averaging = new DualAveraging(0.8);
    averaging.restart(0.1);
    double last = 0;
    for (int i = 0; i < 100; i++) {
      last = averaging.update(1);
    }
    assertThat(last).isGreaterThan(10);
    averaging.restart(0.1);
    for (int i = 0; i < 100; i++) {
      last = averaging.update(0);
    }
    assertThat(last).isLessThan(1e-3);
  }

  /** The acceptance exp(-e) has the step size -log(0.8) for its target. */
  @Test
  void dualAveragingFindsTheRoot() {
    DualAveraging averaging = new DualAveraging(0.8);
    averaging.restart(5);
    double stepSize = 5;
    for (int i = 0; i < 5000; i++) {
      stepSize = averaging.update(Math.exp(-stepSize));
    }
    assertThat(averaging.average()).isCloseTo(-Math.log(0.8), within(0.01));
  }

  @Test
  void metricsLearnTheCovariance() {
    RandomGenerator random = RandomStreams.of(2, 0);
    double[][] rows = new double[50][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Targets.equicorrelated(3, 0.9, random);
      rows[i][1] = 1e6 + 1e-3 * rows[i][1];
    }
    double[][] expected = Samples.copyOf(List.of("a", "b", "c"), rows).covariance();
    double[][] full = estimate(rows, true).metric().inverseMass();
    double[][] own = estimate(rows, false).metric().inverseMass();
    for (int d = 0; d < 3; d++) {
      for (int e = 0; e < 3; e++) {
        double entry = expected[d][e] * (50 + (d == e ? 0.005 : 0)) / 55;
        double scale = Math.sqrt(expected[d][d] * expected[e][e]);
        assertThat(full[d][e]).isCloseTo(entry, within(1e-7 * scale));
        assertThat(own[d][e]).isCloseTo(d == e ? entry : 0, within(1e-7 * scale));
      }
    }
  }

  private static CovarianceEstimate estimate(double[][] rows, boolean dense) {
    CovarianceEstimate result = new CovarianceEstimate(rows[0].length, dense);
    Arrays.stream(rows).forEach(result::add);
    return result;
  }

  @Test
  void aChainThatHasNotMovedStillHasAMetric() {
    double[][] same = {{1, 2}, {1, 2}, {1, 2}};
    assertThat(estimate(same, true).metric().inverseMass())
        .isDeepEqualTo(new double[][] {{1e-3, 0}, {0, 1e-3}});
    assertThat(estimate(same, false).metric().inverseMass())
        .isDeepEqualTo(new double[][] {{1e-3, 0}, {0, 1e-3}});
  }

  /** Momenta have the covariance M, the inverse of the inverse mass matrix. */
  @Test
  void momentaFitTheMetric() {
    double[][] covariance = {{2, 0.9}, {0.9, 1}};
    double determinant = 2 - 0.81;
    DenseMetric metric = DenseMetric.of(covariance);
    RandomGenerator random = RandomStreams.of(3, 0);
    double[] sums = new double[3];
    int count = 100_000;
    for (int i = 0; i < count; i++) {
      double[] p = metric.momentum(random);
      sums[0] += p[0] * p[0] / count;
      sums[1] += p[0] * p[1] / count;
      sums[2] += p[1] * p[1] / count;
    }
    // Five standard errors of a second moment of about 1.7, sqrt(2) 1.7 / sqrt(100 000).
    assertThat(sums[0]).isCloseTo(1 / determinant, within(0.04));
    assertThat(sums[1]).isCloseTo(-0.9 / determinant, within(0.04));
    assertThat(sums[2]).isCloseTo(2 / determinant, within(0.04));
    assertThat(metric.velocity(new double[] {1, 2})).containsExactly(2 + 1.8, 0.9 + 2);
  }

  /** The first widths, 1, are 10 000 times too long and 500 times too short. */
  @Test
  void sliceWidthsFollowTheScale() {
    LogDensity target = Targets.normal(1e-4, 200);
    Adaptation<LogDensity> adaptation = Slice.defaults().adaptation(2, 300);
    RandomGenerator random = RandomStreams.of(1, 0);
    ChainState state = adaptation.kernel().init(target, 0, 0);
    int evaluations = 0;
    while (!adaptation.finished()) {
      Step step = adaptation.kernel().step(target, state, random);
      adaptation.observe(step);
      state = step.state();
      evaluations += adaptation.steps() > 200 ? step.evaluations() : 0;
    }
    // With fitting widths a coordinate costs about six evaluations; here 2 x 100 updates.
    assertThat(evaluations / 200.0).isLessThan(8);
  }
}
