package io.github.sbi4j.benchmarks.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TimingTest {
  @Test
  void givesMedianAndQuartiles() {
    Timing timing = Timing.of(new double[] {4, 1, 3, 2}, 7, Map.of("batch", 200));
    assertThat(timing.median()).isEqualTo(2.5);
    assertThat(timing.results())
        .containsEntry("batch", 200)
        .containsEntry("count", 4)
        .containsEntry("median_ms", 2.5)
        .containsEntry("min_ms", 1.0)
        .containsEntry("q25_ms", 1.75)
        .containsEntry("q75_ms", 3.25)
        .containsEntry("cpu_ms", 7.0);
  }

  @Test
  void rejectsNoMeasurements() {
    assertThatThrownBy(() -> Timing.of(new double[0], 7, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no measurements");
  }
}
