package io.github.sbi4j.core.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.random.RandomStreams;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WienerFirstPassageTest {
  /** The series summed in Python with mpmath at 40 digits. */
  @ParameterizedTest
  @CsvSource({
    "0.5, false, 0, 1, 0.5, 0, -1.3226712224488035",
    "1.2, true, 1.5, 2, 0.3, 0.3, -0.56397322575024051",
    "0.31, false, -1, 1, 0.7, 0.3, -18.172858198161245",
    "4, true, -2, 0.5, 0.4, 0.2, -80.728150991231453",
    "0.2005, true, 2, 2, 0.5, 0.2, -987.51858484389066",
    "30, false, 0.1, 1.5, 0.5, 1, -63.490317581831684",
    "1.8, false, -1.7, 1.9, 0.35, 0.25, -3.4793056910741714"
  })
  void logDensitiesAreThoseOfTheSeries(
      double t, boolean upper, double v, double a, double w, double tau, double expected) {
    double log = WienerFirstPassage.of(v, a, w, tau).logDensity(t, upper);
    assertThat(log).isCloseTo(expected, within(1e-12 * (1 + Math.abs(expected))));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, 0.5",
    "0, 2, 0.2",
    "1.5, 1.3, 0.6",
    "-2, 0.8, 0.35",
    "4, 2, 0.5",
    "-9, 3, 0.9"
  })
  void densitiesIntegrateToTheProbabilityOfTheirEnd(double v, double a, double w) {
    WienerFirstPassage passage = WienerFirstPassage.of(v, a, w, 0.3);
    double upper = integral(passage, true);
    assertThat(upper).isCloseTo(passage.upperProbability(), within(1e-9));
    assertThat(integral(passage, false)).isCloseTo(1 - passage.upperProbability(), within(1e-9));
  }

  /** Over the log of the time after the delay, where both tails are short. */
  private static double integral(WienerFirstPassage passage, boolean upper) {
    int n = 40_000;
    double low = Math.log(1e-5);
    double step = (Math.log(200) - low) / n;
    double sum = 0;
    for (int i = 0; i <= n; i++) {
      double u = Math.exp(low + i * step);
      sum += Math.exp(passage.logDensity(0.3 + u, upper)) * u * step;
    }
    return sum;
  }

  @Test
  void nothingHappensBeforeTheDelay() {
    WienerFirstPassage passage = WienerFirstPassage.of(1, 1, 0.5, 0.3);
    assertThat(passage.logDensity(0.3, true)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(passage.logDensity(-1, false)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(passage.logDensity(Double.POSITIVE_INFINITY, false))
        .isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(passage.logDensity(Double.NaN, false)).isNaN();
    assertThat(passage.logDensity(0.3 + 1e-9, true)).isFinite().isLessThan(-1e7);
  }

  /** Where squares leave the range of numbers: chains come by such places while they warm up. */
  @ParameterizedTest
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  @CsvSource({
    "0, 1e200, 0.5, 0.3",
    "-1e200, 1e160, 0.5, 0.3",
    "2, 1e-200, 0.5, 0.3",
    "1e160, 1, 0.5, 0.3",
    "-3, 1e-3, 0.999, 0.3",
    "0, 1, 1e-18, 0.3",
    "1, 1e9, 0.5, 0.3"
  })
  void extremeParametersHaveNoNaN(double v, double a, double w, double tau) {
    WienerFirstPassage passage = WienerFirstPassage.of(v, a, w, tau);
    for (boolean upper : new boolean[] {false, true}) {
      double[] gradient = {7, 7, 7, 7};
      double log = passage.logDensity(0.8, upper, gradient);
      assertThat(log).isLessThan(-35);
      if (log == Double.NEGATIVE_INFINITY) {
        assertThat(gradient).containsOnly(0);
      } else {
        assertThat(gradient).doesNotContain(Double.NaN);
      }
    }
  }

  /** Values and slopes of the two series where one gives way to the other. */
  @ParameterizedTest
  @ValueSource(doubles = {0.001, 0.1, 0.5, 0.8, 0.999})
  void seriesMeet(double w) {
    double[] before = new double[2];
    double[] after = new double[2];
    double brief = DriftlessPassage.logDensity(Math.nextDown(0.3), w, before);
    double late = DriftlessPassage.logDensity(0.3, w, after);
    double error = 1e-12 / Math.min(w, 1 - w);
    assertThat(brief).isCloseTo(late, within(error));
    assertThat(before[0]).isCloseTo(after[0], within(error));
    assertThat(before[1]).isCloseTo(after[1], within(error / Math.min(w, 1 - w)));
  }

  /**
   * Kolmogorov and Smirnov's distance from the integrated density at each end, and the number of
   * passages there within five standard errors. The bound, 2.2 / sqrt(n), is passed once in 8 000.
   */
  @ParameterizedTest
  @CsvSource({
    "0, 1, 0.5",
    "0, 2, 0.2",
    "1.5, 1.3, 0.6",
    "-2, 0.8, 0.35",
    "4, 2, 0.5",
    "-9, 3, 0.8"
  })
  void drawsFollowTheDensity(double v, double a, double w) {
    WienerFirstPassage passage = WienerFirstPassage.of(v, a, w, 0.3);
    RandomGenerator random = RandomStreams.of(7, 0);
    int n = 20_000;
    double[][] times = new double[2][n];
    int[] counts = new int[2];
    for (int i = 0; i < n; i++) {
      WienerFirstPassage.Passage draw = passage.sample(random);
      int end = draw.upper() ? 1 : 0;
      times[end][counts[end]++] = draw.time();
    }
    double p = passage.upperProbability();
    assertThat((double) counts[1] / n).isCloseTo(p, within(5 * Math.sqrt(p * (1 - p) / n) + 1e-9));
    for (int end = 0; end < 2; end++) {
      if (counts[end] > 500) {
        double[] sorted = Arrays.copyOf(times[end], counts[end]);
        Arrays.sort(sorted);
        double total = end == 1 ? p : 1 - p;
        assertThat(distance(passage, end == 1, sorted, total))
            .isLessThan(2.2 / Math.sqrt(sorted.length));
      }
    }
  }

  private static double distance(
      WienerFirstPassage passage, boolean upper, double[] sorted, double total) {
    double cumulative = 0;
    double largest = 0;
    double low = Math.log(1e-5);
    double step = 0.001;
    int at = 0;
    for (double x = low; at < sorted.length; x += step) {
      double u = Math.exp(x);
      cumulative += Math.exp(passage.logDensity(0.3 + u, upper)) * u * step / total;
      while (at < sorted.length && sorted[at] - 0.3 <= Math.exp(x + step / 2)) {
        largest = Math.max(largest, Math.abs(cumulative - (at + 0.5) / sorted.length));
        at++;
      }
    }
    return largest;
  }

  /** The mean of the exit time of [-1, 1] is tanh(z) / z. */
  @ParameterizedTest
  @CsvSource({"0", "0.3", "1.5", "1.7", "6", "30"})
  void exitTimesHaveTheirMean(double z) {
    RandomGenerator random = RandomStreams.of(11, 0);
    int n = 200_000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      double x = ExitTime.sample(z, random);
      sum += x;
      squares += x * x;
    }
    double mean = z == 0 ? 1 : Math.tanh(z) / z;
    double error = Math.sqrt((squares / n - sum / n * sum / n) / n);
    assertThat(sum / n).isCloseTo(mean, within(4.5 * error));
  }

  @Test
  void badParametersAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WienerFirstPassage.of(Double.NaN, 1, 0.5, 0))
        .withMessageContaining("drift is NaN, expected a finite number");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WienerFirstPassage.of(0, -1, 0.5, 0))
        .withMessageContaining("separation");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WienerFirstPassage.of(0, 1, 1, 0))
        .withMessageContaining("start is 1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WienerFirstPassage.of(0, 1, 0.5, -0.1))
        .withMessageContaining("delay is -0.1");
  }
}
