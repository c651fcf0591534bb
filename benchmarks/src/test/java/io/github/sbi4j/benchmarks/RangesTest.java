package io.github.sbi4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RangesTest {
  @Test
  void readsNumbersAndRanges() {
    assertThat(Ranges.parse("--observations", "1-3, 7,9-9")).containsExactly(1, 2, 3, 7, 9);
  }

  @Test
  void namesWhatIsNoRange() {
    assertThatThrownBy(() -> Ranges.parse("--observations", "1,two"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "--observations '1,two' has 'two'; expected numbers and ranges such as 1-5 or 1,3,7-9");
  }

  @Test
  void namesARangeThatRunsBackwards() {
    assertThatThrownBy(() -> Ranges.parse("--observations", "5-1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the range 5-1, which runs backwards");
  }
}
