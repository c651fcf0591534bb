package io.github.sbi4j.core.mcmc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Exponential;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InitialPointsTest {
  /** Prior Exponential(1) and likelihood exp(-3 v) give Exponential(4), with mean 1/4. */
  @Test
  void resampledPointsFollowTheTarget() {
    Distribution prior = Exponential.of(1);
    LogDensity target =
        LogDensity.of(1, v -> prior.logProb(v) - 3 * v[0]).unconstrained(prior.bijection());
    double[][] points = InitialPoints.resampled(target, prior, 100_000, 1000, 1);
    double sum = 0;
    double[] value = new double[1];
    for (double[] point : points) {
      prior.bijection().inverse(point, value);
      sum += value[0] / points.length;
    }
    // Five standard errors of the mean of a thousand.
    assertThat(sum).isCloseTo(0.25, within(5 * 0.25 / Math.sqrt(1000)));
    assertThat(InitialPoints.resampled(target, prior, 100_000, 1000, 1)).isDeepEqualTo(points);
  }

  @Test
  void noCandidateIsTakenTwice() {
    Distribution prior = BoxUniform.of(new double[2], new double[] {1, 1});
    LogDensity sharp = LogDensity.of(2, z -> -1e6 * (z[0] * z[0] + z[1] * z[1]));
    double[][] points = InitialPoints.resampled(sharp, prior, 50, 50, 1);
    Set<String> different = new HashSet<>();
    Arrays.stream(points).forEach(point -> different.add(Arrays.toString(point)));
    assertThat(different).hasSize(50);
  }

  @Test
  void mistakesAreExplained() {
    Distribution prior = Exponential.of(1);
    LogDensity empty = LogDensity.of(1, z -> Double.NaN);
    assertThatThrownBy(() -> InitialPoints.resampled(empty, prior, 100, 4, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("only 0 of 100 candidates have a finite log density")
        .hasMessageContaining("at least 4");
    assertThatThrownBy(() -> InitialPoints.resampled(empty, prior, 3, 4, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the number of candidates is 3, expected at least 4");
    assertThatThrownBy(() -> InitialPoints.resampled(Targets.banana(1), prior, 9, 4, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the proposal has 1 values, expected 2 as the target has");
    assertThatThrownBy(() -> InitialPoints.uniform(empty, 4, 2, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no point of 100 within 2.0 of the origin");
    assertThatThrownBy(() -> InitialPoints.uniform(empty, 0, 2, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("chains is 0, expected at least 1");
    assertThatThrownBy(() -> InitialPoints.uniform(empty, 1, -2, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("radius is -2.0");
  }

  @Test
  void uniformPointsAvoidZeroDensity() {
    LogDensity half = LogDensity.of(2, z -> z[0] > 0 ? 0 : Double.NEGATIVE_INFINITY);
    for (double[] point : InitialPoints.uniform(half, 50, 3, 1)) {
      assertThat(point[0]).isBetween(0.0, 3.0);
      assertThat(point[1]).isBetween(-3.0, 3.0);
    }
  }
}
