package io.github.sbi4j.flows.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitTest {
  @ParameterizedTest
  @CsvSource({
    "1000, 0.1, 100",
    "1000, 0.25, 250",
    "999, 0.1, 99",
    "10, 0.1, 1",
    "3, 0.1, 1",
    "2, 0.9, 1",
    "100, 0.5, 50",
    "100, 0.8, 80",
    "10, 0.99, 9"
  })
  void holdsOutTheFractionAndEveryRowIsInOnePart(int rows, double fraction, int held) {
    for (long seed = 0; seed < 20; seed++) {
      Split split = Split.of(rows, fraction, seed);
      assertThat(split.validation()).hasSize(held);
      int[] all =
          IntStream.concat(Arrays.stream(split.training()), Arrays.stream(split.validation()))
              .sorted()
              .toArray();
      assertThat(all).isEqualTo(IntStream.range(0, rows).toArray());
    }
  }

  @Test
  void rowsAppendedLaterLeaveTheEarlierOnesWhereTheyWere() {
    int[] before = Split.of(500, 0.1, 7).validation();
    int[] after = Split.of(1300, 0.1, 7).validation();
    assertThat(Arrays.stream(after).filter(i -> i < 500)).containsExactly(boxed(before));
  }

  private static Integer[] boxed(int[] values) {
    return Arrays.stream(values).boxed().toArray(Integer[]::new);
  }

  @Test
  void seedDecides() {
    assertThat(Split.of(100, 0.1, 1).validation()).isEqualTo(Split.of(100, 0.1, 1).validation());
    assertThat(Split.of(100, 0.1, 1).validation()).isNotEqualTo(Split.of(100, 0.1, 2).validation());
  }
}
