package io.github.sbi4j.core.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParetoSmoothingTest {
  /** -a log(1 - u) of uniform numbers from a linear congruence, which Python can repeat. */
  private static double[] logRatios(int n, double a) {
    double[] logs = new double[n];
    long x = n;
    for (int i = 0; i < n; i++) {
      x = x * 6364136223846793005L + 1442695040888963407L;
      logs[i] = -a * Math.log1p(-((x >>> 11) * 0x1p-53));
    }
    return logs;
  }

  /** What {@code psislw} of ArviZ 0.23.4 gives for the same numbers. */
  @ParameterizedTest
  @CsvSource({
    "200, 1, 1.1690508428584026, 12.644074849391604, -1.4151656517788977, -7.152857899704493",
    "1000, 3, 3.3126113919678613, 1.1458878693610686, -0.06966146728068533, -23.515510561078678",
    "2000, 0.5, 0.36603196642426067, 1146.2559514487832, -5.175947038236915, -8.198575778582335"
  })
  void agreesWithArviz(int n, double a, double k, double ess, double largest, double first) {
    ParetoSmoothing smoothed = ParetoSmoothing.of(logRatios(n, a));
    double[] logs = smoothed.logWeights();
    assertThat(smoothed.shape()).isCloseTo(k, within(1e-8));
    assertThat(smoothed.effectiveSampleSize()).isCloseTo(ess, within(1e-7 * ess));
    assertThat(Arrays.stream(logs).max().orElseThrow()).isCloseTo(largest, within(1e-8));
    assertThat(logs[0]).isCloseTo(first, within(1e-8));
    assertThat(Arrays.stream(smoothed.weights()).sum()).isCloseTo(1, within(1e-12));
  }

  @Test
  void equalWeightsStayEqual() {
    double[] zeros = new double[100];
    for (double weight : ParetoSmoothing.of(zeros).weights()) {
      assertThat(weight).isCloseTo(0.01, within(1e-15));
    }
    assertThat(ParetoSmoothing.of(zeros).shape()).isEqualTo(Double.NEGATIVE_INFINITY);
    zeros[3] = Double.NEGATIVE_INFINITY;
    ParetoSmoothing smoothed = ParetoSmoothing.of(zeros);
    assertThat(smoothed.weights()[3]).isZero();
    assertThat(smoothed.effectiveSampleSize()).isCloseTo(99, within(1e-9));
  }

  /** Such as the weights of a proposal that is the target. */
  @Test
  void weightsThatAreEqualButForRoundingStayEqual() {
    double[] logs = new double[4_000];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = 5 + (i % 7) * Math.ulp(5.0);
    }
    ParetoSmoothing smoothed = ParetoSmoothing.of(logs);
    assertThat(smoothed.shape()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(smoothed.effectiveSampleSize()).isCloseTo(4_000, within(1e-6));
  }

  @Test
  void fewDrawsHaveNoTailToJudge() {
    assertThat(ParetoSmoothing.of(new double[] {0, 1, 2}).shape())
        .isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void badRatiosAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ParetoSmoothing.of(new double[] {0, Double.NaN}))
        .withMessageContaining("log ratio 1 is NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ParetoSmoothing.of(new double[] {Double.NEGATIVE_INFINITY}))
        .withMessageContaining("none of 1 draws has a positive weight");
  }
}
