package io.github.sbi4j.examples.epidemic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.random.RandomStreams;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Cases in which the number of infections is known. */
class GridEpidemicTest {
  private static final int AGENTS = 2500;

  private static double cases(double... parameters) {
    double[] observed = new GridEpidemic().simulate(parameters, RandomStreams.of(1, 1));
    return Arrays.stream(observed).map(Math::expm1).sum();
  }

  @Test
  void nobodyIsInfectedWithoutInfection() {
    assertThat(cases(0, 0.1, 0.1)).isZero();
  }

  @Test
  void everybodyElseIsInfectedOnceIfNobodyRecovers() {
    assertThat(cases(1, 0, 0)).isCloseTo(AGENTS - 10, within(1e-6));
  }

  /** Without travel, an infection that is certain moves by one step a day. */
  @Test
  void certainInfectionSpreadsByOneStepADay() {
    double[] observed = new GridEpidemic().simulate(new double[] {1, 0, 0}, RandomStreams.of(1, 1));
    // All within seven steps of a row of ten: rows of 10 + 2 (7 - k) at distance k, both sides.
    int reached = 24;
    for (int k = 1; k <= 7; k++) {
      reached += 2 * (10 + 2 * (7 - k));
    }
    assertThat(Math.expm1(observed[0])).isCloseTo(reached - 10, within(1e-6));
  }

  @Test
  void aModelThatHasRunGivesWhatANewOneDoes() {
    double[] parameters = {0.2, 0.2, 0.1};
    GridEpidemic used = new GridEpidemic();
    used.simulate(new double[] {1, 0, 1}, RandomStreams.of(1, 1));
    assertThat(used.simulate(parameters, RandomStreams.of(1, 2)))
        .containsExactly(new GridEpidemic().simulate(parameters, RandomStreams.of(1, 2)))
        .hasSize(GridEpidemic.WEEKS);
  }
}
