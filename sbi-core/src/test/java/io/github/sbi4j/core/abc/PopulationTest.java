package io.github.sbi4j.core.abc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class PopulationTest {
  private static Population population(double tolerance, double[] weights, double... distances) {
    double[][] rows = new double[distances.length][1];
    for (int i = 0; i < rows.length; i++) {
      rows[i][0] = i + 1;
    }
    Samples table = Samples.copyOf(List.of("theta"), rows);
    return new Population(table, weights, distances, table, new double[] {0}, tolerance);
  }

  @Test
  void momentsAreWeighted() {
    Population three = population(9, new double[] {2, 0, 2}, 1, 2, 3);
    assertThat(three.weights()).containsExactly(0.5, 0, 0.5);
    assertThat(three.mean()).containsExactly(2);
    assertThat(three.sd()).containsExactly(1);
    assertThat(three.effectiveSampleSize()).isEqualTo(2);
    assertThat(three.size()).isEqualTo(3);
    assertThat(three.toString()).contains("tolerance 9.0");
  }

  @Test
  void drawsComeAsOftenAsTheirWeightUpToOne() {
    Population three = population(9, new double[] {0.25, 0, 0.75}, 1, 2, 3);
    double[] column = three.sample(1001, 5).column(0);
    assertThat(column).containsOnly(1, 3);
    long first = java.util.Arrays.stream(column).filter(value -> value == 1).count();
    assertThat(first).isBetween(250L, 251L);
    assertThat(three.sample(7, 5)).isEqualTo(three.sample(7, 5));
  }

  // Each count has an sd under 87 in 30 000 draws.
  @Test
  void oneDrawComesByWeight() {
    double[] cumulative = Weights.cumulative(new double[] {0, 0.5, 0, 0.3, 0.2, 0});
    int[] counts = new int[6];
    var random = RandomStreams.of(1, 2);
    for (int i = 0; i < 30_000; i++) {
      counts[Weights.draw(cumulative, random)]++;
    }
    assertThat(counts[0] + counts[2] + counts[5]).isZero();
    assertThat(counts[1]).isCloseTo(15_000, within(435));
    assertThat(counts[3]).isCloseTo(9_000, within(435));
  }

  @Test
  void adaptiveToleranceKeepsAShareOfTheEffectiveSampleSize() {
    ToleranceSchedule half = ToleranceSchedule.adaptive(0.5);
    double[] equal = {1, 1, 1, 1};
    assertThat(half.next(population(4, equal, 4, 1, 3, 2))).hasValue(2);
    assertThat(ToleranceSchedule.adaptive(0.6).next(population(4, equal, 4, 1, 3, 2))).hasValue(3);
    // The effective sample size is 2.27; that of the closest two, with 3 and 1, is 1.6.
    assertThat(half.next(population(9, new double[] {3, 1, 1}, 1, 2, 3))).hasValue(2);
    assertThat(half.next(population(3, equal, 3, 2, 3, 3))).hasValue(2);
    assertThat(half.next(population(3, equal, 2, 1, 1, 1))).hasValue(1);
    assertThat(half.next(population(3, equal, 3, 3, 3, 3))).isEmpty();
    assertThat(half.next(population(0, equal, 0, 0, 0, 0))).isEmpty();
  }

  @Test
  void givenTolerancesAreTakenInTheirOrder() {
    ToleranceSchedule given = ToleranceSchedule.of(3, 2, 1);
    double[] one = {1};
    assertThat(given.next(population(9, one, 1))).hasValue(3);
    assertThat(given.next(population(2.5, one, 1))).hasValue(2);
    assertThat(given.next(population(1, one, 1))).isEmpty();
    ToleranceSchedule factor = ToleranceSchedule.geometric(0.25);
    assertThat(factor.next(population(8, one, 1))).hasValue(2);
    ToleranceSchedule ending = factor.downTo(1);
    assertThat(ending.next(population(2, one, 1))).hasValue(1);
    assertThat(ending.next(population(1, one, 1))).isEmpty();
    ToleranceSchedule none = last -> OptionalDouble.empty();
    assertThat(none.downTo(1).next(population(2, one, 1))).isEmpty();
  }

  @Test
  void saysWhatDoesNotServe() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> population(1, new double[] {1, -1}, 1, 2))
        .withMessage("weight 1 is -1.0, expected zero or more");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> population(1, new double[] {0, 0}, 1, 2))
        .withMessage("the weights add up to 0.0, expected a positive finite number");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> population(1, new double[] {1}, 1, 2))
        .withMessage(
            "2 rows of parameters, 1 weights, 2 distances and 2 rows of observations, expected the"
                + " same number of each and at least 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> population(1, new double[] {1}, 1).sample(0, 1))
        .withMessage("count is 0, expected at least 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ToleranceSchedule.of(1, 2))
        .withMessage("tolerance 2 is 2.0, expected it below 1.0, the one before");
    assertThatIllegalArgumentException()
        .isThrownBy(ToleranceSchedule::of)
        .withMessage("no tolerances given, expected at least 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ToleranceSchedule.of(-1))
        .withMessage("tolerance 1 is -1.0, expected a positive finite number");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ToleranceSchedule.geometric(1))
        .withMessage("factor is 1.0, expected a number strictly between 0 and 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ToleranceSchedule.adaptive(0))
        .withMessage(
            "share of the effective sample size is 0.0, expected a number strictly between 0 and 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ToleranceSchedule.adaptive(0.5).downTo(0))
        .withMessage("smallest tolerance is 0.0, expected a positive finite number");
  }
}
