package io.github.sbi4j.examples.neuron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpikeTest {
  private static List<Spike> spikes(double... millivolts) {
    return Spike.detect(VoltageTrace.copyOf(0.5, millivolts));
  }

  @Test
  void interpolatesBothCrossings() {
    List<Spike> spikes = spikes(-70, -60, 20, 0, -80);
    assertThat(spikes).hasSize(1);
    assertThat(spikes.get(0).rise()).isCloseTo(0.5 + 0.5 * 40 / 80, within(1e-12));
    assertThat(spikes.get(0).fall()).isCloseTo(1.5 + 0.5 * 20 / 80, within(1e-12));
    assertThat(spikes.get(0).width()).isCloseTo(0.875, within(1e-12));
  }

  @Test
  void findsNoneWithoutACrossing() {
    assertThat(spikes(-70, -21, -20.001, -70)).isEmpty();
    assertThat(spikes(-70)).isEmpty();
  }

  @Test
  void countsNoiseAroundTheLevelOnce() {
    List<Spike> spikes = spikes(-70, -19, -21, -18, -22, 10, -25, -70);
    assertThat(spikes).hasSize(1);
    assertThat(spikes.get(0).rise()).isLessThan(0.5);
    assertThat(spikes.get(0).fall()).isBetween(2.5, 3.0);
  }

  @Test
  void countsSpikesSeparatedByAReset() {
    assertThat(spikes(-70, 10, -31, 10, -31, 10, -70)).hasSize(3);
  }

  @Test
  void endsAnUnfinishedSpikeWithTheTrace() {
    List<Spike> spikes = spikes(-70, 0, 10, 20);
    assertThat(spikes).hasSize(1);
    assertThat(spikes.get(0).fall()).isEqualTo(1.5);
  }

  @Test
  void ignoresATraceThatStartsAboveTheLevelUntilItResets() {
    assertThat(spikes(0, -25, 5, -25, -70)).isEmpty();
    assertThat(spikes(0, -70, 5, -70)).hasSize(1);
  }

  @Test
  void rejectsAnEmptyTrace() {
    assertThatThrownBy(() -> VoltageTrace.copyOf(0.1, new double[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 values")
        .hasMessageContaining("0.1 ms");
  }
}
