package io.github.sbi4j.analysis.plot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TicksTest {
  @Test
  void valuesAreRoundAndInside() {
    assertThat(Ticks.of(-3, 3, 4).labels()).containsExactly("−2", "0", "2");
    assertThat(Ticks.of(0, 1, 6).labels())
        .containsExactly("0.0", "0.2", "0.4", "0.6", "0.8", "1.0");
    assertThat(Ticks.of(0, 1, 5).labels()).containsExactly("0.00", "0.25", "0.50", "0.75", "1.00");
    assertThat(Ticks.of(-0.0123, 0.031, 5).labels())
        .containsExactly("−0.01", "0.00", "0.01", "0.02", "0.03");
    assertThat(Ticks.of(1200, 4100, 4).labels()).containsExactly("2000", "3000", "4000");
  }

  @Test
  void farNumbersAreScientific() {
    assertThat(Ticks.of(0, 2.1e6, 3).labels()).containsExactly("0", "1e6", "2e6");
    assertThat(Ticks.of(-1.6e-5, 1.6e-5, 4).labels()).containsExactly("−1e−5", "0", "1e−5");
  }
}
