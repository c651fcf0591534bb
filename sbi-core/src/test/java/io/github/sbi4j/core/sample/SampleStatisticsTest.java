package io.github.sbi4j.core.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SampleStatisticsTest {
  private static final Samples TABLE =
      Samples.copyOf(List.of("a", "b"), new double[][] {{1, 2}, {2, -1}, {3, 4}, {4, 0}, {10, 5}});

  private static Samples column(double... values) {
    return Samples.ofRowMajor(List.of("v"), values);
  }

  @Test
  void matchesHandCalculation() {
    assertThat(TABLE.mean()).containsExactly(4, 2);
    // Squared residuals: 9+4+1+0+36 = 50 and 0+9+4+4+9 = 26; products: 0+6-2+0+18 = 22.
    assertThat(TABLE.sd()).containsExactly(Math.sqrt(12.5), Math.sqrt(6.5));
    assertThat(TABLE.covariance()).isDeepEqualTo(new double[][] {{12.5, 5.5}, {5.5, 6.5}});
    double[][] r = TABLE.correlation();
    assertThat(r[0][1]).isEqualTo(22 / Math.sqrt(50 * 26), within(1e-15));
    assertThat(r[1][0]).isEqualTo(r[0][1]);
    assertThat(r[0][0]).isEqualTo(1);
  }

  /** Values from the definition of type 7, which R's quantile(c(1, 2, 3, 4, 10), p) follows. */
  @Test
  void quantilesAreOfTypeSeven() {
    assertThat(TABLE.quantile(0)).containsExactly(1, -1);
    assertThat(TABLE.quantile(0.5)).containsExactly(3, 2);
    assertThat(TABLE.quantile(1)).containsExactly(10, 5);
    assertThat(TABLE.quantile(0.9)[0]).isEqualTo(4 + 0.6 * 6, within(1e-14));
    assertThat(TABLE.quantiles(0.25, 0.1)[1][0]).isEqualTo(1.4, within(1e-15));
    assertThat(TABLE.quantiles(0.25, 0.1)[0]).containsExactly(2, 0);
    assertThat(column(7).quantile(0.3)).containsExactly(7);
    assertThat(column(1, Double.POSITIVE_INFINITY).quantile(0)).containsExactly(1);
  }

  @Test
  void rejectsWhatIsNoProbability() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TABLE.quantile(97.5))
        .withMessage("probability 97.5 is not between 0 and 1; 97.5 % is 0.975");
    assertThatIllegalArgumentException().isThrownBy(() -> TABLE.quantiles(0.5, Double.NaN));
  }

  /** 16 digits leave a naive sum of squares nothing at an offset of 1e9. */
  @Test
  void keepsDigitsAtALargeOffset() {
    double offset = 1e9;
    double[] values = new double[20_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = offset + (i % 2 == 0 ? 0.25 : -0.25);
    }
    Samples samples = column(values);

    assertThat(samples.mean()[0]).isEqualTo(offset);
    double expected = 0.0625 * values.length / (values.length - 1);
    assertThat(samples.covariance()[0][0]).isEqualTo(expected, within(1e-15));
    assertThat(samples.sd()[0]).isEqualTo(Math.sqrt(expected), within(1e-15));
  }

  @Test
  void meanLosesNothingOverAMillionRows() {
    double[] values = new double[1_000_000];
    java.util.Arrays.fill(values, 0.1);
    assertThat(column(values).mean()[0]).isEqualTo(0.1);
    assertThat(column(values).sd()[0]).isZero();
  }

  /**
   * Standard errors at N = 100 000: mean 0.003, sd 0.0022, correlation 0.002; 5 of them, false
   * alarm below 3e-6.
   */
  @Test
  void findsTheMomentsOfANormal() {
    SplittableRandom random = new SplittableRandom(1);
    double[][] rows = new double[100_000][];
    for (int i = 0; i < rows.length; i++) {
      double z = random.nextGaussian();
      rows[i] = new double[] {3 + z, 0.6 * z + 0.8 * random.nextGaussian()};
    }
    Samples samples = Samples.copyOf(List.of("a", "b"), rows);

    assertThat(samples.mean()[0]).isEqualTo(3, within(0.016));
    assertThat(samples.sd()[1]).isEqualTo(1, within(0.012));
    assertThat(samples.correlation()[0][1]).isEqualTo(0.6, within(0.011));
    assertThat(samples.quantile(0.975)[1]).isEqualTo(1.96, within(0.05));
  }

  @Test
  void isNanWhereNothingCanBeSaid() {
    Samples none = Samples.copyOf(List.of("a"), new double[0][]);
    assertThat(none.mean()).containsExactly(Double.NaN);
    assertThat(none.sd()).containsExactly(Double.NaN);
    assertThat(none.quantile(0.5)).containsExactly(Double.NaN);
    assertThat(column(5).mean()).containsExactly(5);
    assertThat(column(5).sd()).containsExactly(Double.NaN);
    assertThat(column(5).covariance()[0]).containsExactly(Double.NaN);

    Samples partly = Samples.copyOf(List.of("a", "b"), new double[][] {{1, Double.NaN}, {3, 1}});
    assertThat(partly.mean()).containsExactly(2, Double.NaN);
    assertThat(partly.quantile(0.5)).containsExactly(2, Double.NaN);
    assertThat(column(1, Double.POSITIVE_INFINITY).mean())
        .containsExactly(Double.POSITIVE_INFINITY);

    Samples constant = Samples.copyOf(List.of("a", "b"), new double[][] {{1, 1}, {3, 1}});
    assertThat(constant.correlation()[0]).containsExactly(1, Double.NaN);
    assertThat(constant.correlation()[1]).containsExactly(Double.NaN, Double.NaN);
  }

  @Test
  void correlationStaysInItsInterval() {
    SplittableRandom random = new SplittableRandom(2);
    for (int repeat = 0; repeat < 200; repeat++) {
      double[][] rows = new double[10][];
      for (int i = 0; i < rows.length; i++) {
        double v = random.nextGaussian();
        rows[i] = new double[] {v, -0.1 * v};
      }
      double r = Samples.copyOf(List.of("a", "b"), rows).correlation()[0][1];
      assertThat(r).isBetween(-1.0, -1 + 1e-12);
    }
  }

  @Test
  void summaryIsAligned() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      Samples samples =
          Samples.copyOf(
              List.of("beta", "population", "tiny", "fixed"),
              new double[][] {
                {0.1, 120_000, 1e-20, 3},
                {0.2, 130_000, 2e-20, 3},
                {0.3, 140_000, 3e-20, 3},
                {-0.4, 180_000, 4e-20, 3},
              });
      assertThat(samples.summary())
          .isEqualTo(
              """
                                mean          sd        2.5%         25%      median         75%       97.5%
              beta             0.050       0.311      -0.363      -0.025       0.150       0.225       0.292
              population      142500       26300      120750      127500      135000      150000      177000
              tiny        2.5000e-20  1.2910e-20  1.0750e-20  1.7500e-20  2.5000e-20  3.2500e-20  3.9250e-20
              fixed             3.00        0.00        3.00        3.00        3.00        3.00        3.00""");
    } finally {
      Locale.setDefault(before);
    }
  }
}
