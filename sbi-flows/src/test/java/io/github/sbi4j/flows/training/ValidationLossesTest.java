package io.github.sbi4j.flows.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ValidationLossesTest {
  private static final ValidationLosses START = new ValidationLosses(new double[] {3, 1, 2, 2});

  @Test
  void aGainOfMoreThanAStandardErrorIsClear() {
    // Gains 2, 0, 1, 1: sum 4, variance 2 / 3, standard error of the sum 1.63.
    assertThat(new ValidationLosses(new double[] {1, 1, 1, 1}).clearlyBelow(START)).isTrue();
    // Gains 2, -2, 1, 0: sum 1, variance 35 / 12, standard error 3.4.
    assertThat(new ValidationLosses(new double[] {1, 3, 1, 2}).clearlyBelow(START)).isFalse();
  }

  @Test
  void noGainAndALossAreNotClear() {
    assertThat(START.clearlyBelow(START)).isFalse();
    assertThat(new ValidationLosses(new double[] {4, 2, 3, 3}).clearlyBelow(START)).isFalse();
  }

  @Test
  void lossesThatAreNotNumbersAreNotClear() {
    ValidationLosses broken = new ValidationLosses(new double[] {Double.NaN, 1, 1, 1});
    assertThat(broken.clearlyBelow(START)).isFalse();
  }
}
