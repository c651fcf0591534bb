package io.github.sbi4j.analysis.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sbi4j.core.random.RandomStreams;
import java.util.random.RandomGenerator;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EcdfBandTest {
  /** Bands of an independent implementation; gamma is a step wide. */
  @ParameterizedTest
  @CsvSource({
    "50, 50, .00642, 15, 35",
    "100, 100, .00411, 36, 64",
    "100, 20, .00855, 37, 63",
    "250, 100, .00327, 102, 148",
    "500, 100, .00301, 217, 283",
    "1000, 100, .00267, 453, 547",
    "1000, 20, .00555, 456, 544"
  })
  void agreesWithMeasuredBands(int values, int levels, double gamma, int low, int high) {
    EcdfBand band = EcdfBand.continuous(values, levels, 0.05);
    int half = levels / 2 - 1;
    assertThat(band.levels()[half]).isEqualTo(0.5);
    assertThat(band.lower()[half]).isEqualTo(low);
    assertThat(band.upper()[half]).isEqualTo(high);
    assertThat(band.gamma()).isCloseTo(gamma, Percentage.withPercentage(4));
    assertThat(band.coverage()).isBetween(0.95, 0.955);
  }

  /** The table that the authors of the method publish, which they found by simulation. */
  @ParameterizedTest
  @CsvSource({
    "100, 100, .00405",
    "1000, 100, .00260",
    "1000, 20, .00560",
    "500, 50, .00372",
    "1000, 500, .00172"
  })
  void agreesWithThePublishedTable(int values, int levels, double gamma) {
    assertThat(EcdfBand.continuous(values, levels, 0.05).gamma())
        .isCloseTo(gamma, Percentage.withPercentage(5));
  }

  /** The rate at which uniform values leave the band, within 4 standard errors of 20 000. */
  @ParameterizedTest
  @CsvSource({"100, 100", "500, 1000", "250, 7", "300, 99"})
  void uniformRanksLeaveTheBandAsOftenAsSaid(int values, int draws) {
    EcdfBand band = EcdfBand.ranks(values, draws, 0.05);
    UniformCounts counts = new UniformCounts(values, band.levels());
    int repetitions = 20_000;
    int left = 0;
    for (int r = 0; r < repetitions; r++) {
      int[] numbers = counts(band, values, draws, RandomStreams.of(values, r));
      boolean inside = band.contains(numbers);
      left += inside ? 0 : 1;
      if (r < 200) {
        assertThat(counts.pValue(numbers) > 0.05).isEqualTo(inside);
      }
    }
    double rate = (double) left / repetitions;
    double error = Math.sqrt(0.05 * 0.95 / repetitions);
    assertThat(rate).isBetween(.04, .06).isCloseTo(1 - band.coverage(), within(4 * error));
  }

  private static org.assertj.core.data.Offset<Double> within(double value) {
    return org.assertj.core.data.Offset.offset(value);
  }

  private static int[] counts(EcdfBand band, int values, int draws, RandomGenerator random) {
    int[] histogram = new int[draws + 1];
    for (int i = 0; i < values; i++) {
      histogram[random.nextInt(draws + 1)]++;
    }
    double[] levels = band.levels();
    int[] numbers = new int[levels.length];
    int sum = 0;
    int rank = 0;
    for (int k = 0; k < levels.length; k++) {
      while (rank < Math.round(levels[k] * (draws + 1))) {
        sum += histogram[rank++];
      }
      numbers[k] = sum;
    }
    return numbers;
  }

  /** P-values of uniform values are at most as often small as they say. */
  @Test
  void pValuesAreValid() {
    UniformCounts counts = new UniformCounts(60, EcdfBand.rankLevels(60, 40));
    EcdfBand band = EcdfBand.ranks(60, 40, 0.05);
    int[] small = new int[3];
    for (int r = 0; r < 4000; r++) {
      double p = counts.pValue(counts(band, 60, 40, RandomStreams.of(5, r)));
      small[0] += p <= 0.01 ? 1 : 0;
      small[1] += p <= 0.1 ? 1 : 0;
      small[2] += p <= 0.5 ? 1 : 0;
    }
    // 4 standard errors above; discrete counts leave p-values some way below.
    assertThat(small[0]).isBetween(15, 40 + 25);
    assertThat(small[1]).isBetween(300, 400 + 76);
    assertThat(small[2]).isBetween(1700, 2000 + 126);
  }

  @Test
  void twoValuesAtOneLevelAreABinomial() {
    UniformCounts counts = new UniformCounts(2, new double[] {0.25});
    assertThat(counts.coverage(new int[] {1}, new int[] {1})).isCloseTo(6.0 / 16, within(1e-12));
    assertThat(counts.pValue(new int[] {2})).isCloseTo(1.0 / 16, within(1e-12));
    assertThat(counts.pValue(new int[] {0})).isCloseTo(1, within(1e-12));
  }

  @Test
  void badInputIsNamed() {
    assertThatThrownBy(() -> EcdfBand.ranks(0, 10, 0.05))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("values must be positive, got 0");
    assertThatThrownBy(() -> EcdfBand.ranks(10, 0, 0.05))
        .hasMessage("draws must be positive, got 0");
    assertThatThrownBy(() -> EcdfBand.continuous(10, 0, 0.05))
        .hasMessage("levels must be positive, got 0");
    assertThatThrownBy(() -> EcdfBand.ranks(10, 10, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("alpha is 1.0, expected between 0 and 1");
  }
}
