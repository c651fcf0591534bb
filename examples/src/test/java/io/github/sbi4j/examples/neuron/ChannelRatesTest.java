package io.github.sbi4j.examples.neuron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelRatesTest {
  private static final ChannelRates RATES = new ChannelRates(-60);

  @Test
  void matchesThePublishedFormulasAwayFromTheSingularities() {
    double v = -32;
    double x = v + 60;
    assertThat(RATES.openM(v))
        .isCloseTo(
            -0.32 * (x - 13) / (Math.exp(-(x - 13) / 4) - 1), Percentage.withPercentage(1e-10));
    assertThat(RATES.closeM(v))
        .isCloseTo(
            0.28 * (x - 40) / (Math.exp((x - 40) / 5) - 1), Percentage.withPercentage(1e-10));
    assertThat(RATES.openH(v))
        .isCloseTo(0.128 * Math.exp(-(x - 17) / 18), Percentage.withPercentage(1e-10));
    assertThat(RATES.closeH(v))
        .isCloseTo(4 / (1 + Math.exp(-(x - 40) / 5)), Percentage.withPercentage(1e-10));
    assertThat(RATES.openN(v))
        .isCloseTo(
            -0.032 * (x - 15) / (Math.exp(-(x - 15) / 5) - 1), Percentage.withPercentage(1e-10));
    assertThat(RATES.closeN(v))
        .isCloseTo(0.5 * Math.exp(-(x - 10) / 40), Percentage.withPercentage(1e-10));
  }

  @Test
  void takesTheLimitAtTheRemovableSingularities() {
    assertThat(RATES.openM(-60 + 13)).isEqualTo(0.32 * 4);
    assertThat(RATES.closeM(-60 + 40)).isEqualTo(0.28 * 5);
    assertThat(RATES.openN(-60 + 15)).isEqualTo(0.032 * 5);
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        -1e-2,
        -1.0001e-3,
        -9.999e-4,
        -1e-7,
        -1e-300,
        1e-300,
        1e-12,
        9.999e-4,
        1.0001e-3,
        1e-2
      })
  void isExactNearTheSingularity(double z) {
    assertThat(ChannelRates.linoid(z)).isCloseTo(z / Math.expm1(z), within(2e-13));
  }

  @Test
  void staysFiniteAndNotNegativeFarOutsideThePhysiologicalRange() {
    List<DoubleUnaryOperator> rates =
        List.of(
            RATES::openM, RATES::closeM, RATES::openH, RATES::closeH, RATES::openN, RATES::closeN);
    for (double v = -1000; v <= 1000; v += 0.5) {
      for (DoubleUnaryOperator rate : rates) {
        assertThat(rate.applyAsDouble(v))
            .isGreaterThanOrEqualTo(0)
            .isLessThan(Double.POSITIVE_INFINITY);
      }
    }
  }

  @Test
  void shiftsWithTheThreshold() {
    assertThat(new ChannelRates(-50).openM(-20)).isEqualTo(RATES.openM(-30));
  }
}
