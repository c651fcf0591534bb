package io.github.sbi4j.examples.neuron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SpikeSummaryTest {
  private static final CurrentStep STEP = new CurrentStep(4, 10, 20, 10);

  private static double[] resting() {
    double[] millivolts = new double[41];
    Arrays.fill(millivolts, -70);
    return millivolts;
  }

  private static SpikeSummary summary(double[] millivolts) {
    return SpikeSummary.of(VoltageTrace.copyOf(1, millivolts), STEP);
  }

  @Test
  void countsTimesAndMeasuresSpikes() {
    double[] millivolts = resting();
    millivolts[13] = 30;
    millivolts[20] = 30;
    millivolts[21] = 30;
    SpikeSummary summary = summary(millivolts);
    assertThat(summary.spikeCount()).isEqualTo(2);
    assertThat(summary.spikeRate()).isCloseTo(100, within(1e-9));
    assertThat(summary.latency()).isCloseTo(2.5, within(1e-12));
    assertThat(summary.spikeWidth()).isCloseTo((1.0 + 2.0) / 2, within(1e-12));
  }

  @Test
  void takesMomentsAtRestAndDuringTheStep() {
    double[] millivolts = resting();
    for (int i = 0; i < 5; i++) {
      millivolts[i] = 1000; // the start-up is left out
    }
    millivolts[5] = -72;
    millivolts[6] = -68;
    for (int i = 10; i < 30; i++) {
      millivolts[i] = i % 2 == 0 ? -50 : -40;
    }
    millivolts[30] = 1000; // nor does the end of the step belong to it
    SpikeSummary summary = summary(millivolts);
    assertThat(summary.restMean()).isCloseTo(-70, within(1e-12));
    assertThat(summary.restDeviation()).isCloseTo(Math.sqrt(8.0 / 5), within(1e-12));
    assertThat(summary.stepMean()).isCloseTo(-45, within(1e-12));
    assertThat(summary.stepDeviation()).isCloseTo(5, within(1e-12));
  }

  @Test
  void isFiniteWithoutSpikes() {
    SpikeSummary summary = summary(resting());
    assertThat(summary.toArray()).containsExactly(0, -70, 0, -70, 0, 20, 0);
    assertThat(SpikeSummary.names()).hasSameSizeAs(summary.toArray());
  }

  @Test
  void leavesOutSpikesBeforeAndAfterTheStep() {
    double[] millivolts = resting();
    millivolts[4] = 30;
    millivolts[35] = 30;
    assertThat(summary(millivolts).spikeCount()).isZero();
    assertThat(summary(millivolts).latency()).isEqualTo(20);
  }

  @Test
  void rejectsATraceThatIsTooShort() {
    assertThatThrownBy(
            () ->
                SpikeSummary.of(
                    VoltageTrace.copyOf(1, new double[12]), new CurrentStep(1, 11, 5, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 values between 11.0 and 16.0 ms")
        .hasMessageContaining("record longer");
  }

  @Test
  void rejectsAStepWithoutDuration() {
    assertThatThrownBy(() -> new CurrentStep(1, 10, 0, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("duration 0.0 ms")
        .hasMessageContaining("must be positive");
  }
}
