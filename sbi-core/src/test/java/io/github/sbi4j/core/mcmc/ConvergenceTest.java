package io.github.sbi4j.core.mcmc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The statistics against ArviZ 0.23.4 (Python 3.11, numpy 2.4.6, scipy 1.17.1).
 *
 * <p>Python repeats {@link #series}: SplitMix64 with state {@code seed + c}, whose uniforms are the
 * upper 53 bits, and {@code e} the sum of twelve of them minus 6. The numbers are then {@code
 * _rhat_rank, _ess_bulk, _ess_tail, _ess_mean, _ess_quantile(0.3), _mcse_mean, _mcse_sd} of {@code
 * arviz.stats.diagnostics} and {@code _bfmi} of the first chain.
 */
class ConvergenceTest {
  record Case(
      int seed,
      int chains,
      int draws,
      double phi,
      double shift,
      int power,
      double step,
      double rHat,
      double essBulk,
      double essTail,
      double essMean,
      double essQuantile,
      double mcseMean,
      double mcseSd,
      double eBfmi) {}

  static Stream<Case> cases() {
    return Stream.of(
        new Case(
            1,
            4,
            100,
            0.0,
            0.0,
            1,
            0.0,
            0.9998855129682525,
            348.92308731963817,
            228.36925056288203,
            348.97148350574116,
            355.93261272326396,
            0.05230396843615338,
            0.029077711486899065,
            2.126970017382125),
        new Case(
            2,
            4,
            101,
            0.7,
            0.0,
            1,
            0.0,
            1.0273580240019842,
            74.18528470671363,
            83.5831536777062,
            69.52071177197006,
            91.32511840423604,
            0.17390077292633738,
            0.15575725127583206,
            0.5990429360343237),
        new Case(
            3,
            2,
            50,
            0.95,
            0.0,
            1,
            0.0,
            1.3156166373459195,
            5.7415271690125085,
            40.348292618571165,
            5.726802584548226,
            6.159217520701717,
            0.7063833727616495,
            0.18336948669094966,
            0.5597873933177742),
        new Case(
            4,
            4,
            250,
            -0.5,
            0.0,
            1,
            0.0,
            1.0007638992155392,
            2612.3472249742968,
            1066.0345255318284,
            2634.2912751282865,
            1542.396005975906,
            0.02141590432625919,
            0.02836297452604685,
            2.894532070500399),
        new Case(
            5,
            3,
            200,
            0.3,
            0.4,
            1,
            0.0,
            1.03078991594758,
            177.1986993449402,
            443.41285781341717,
            178.63552325688372,
            229.19669851853632,
            0.08079458074760151,
            0.03360772858309677,
            1.408654639023047),
        new Case(
            6,
            4,
            200,
            0.5,
            0.0,
            3,
            0.0,
            1.002848474294864,
            242.5905789170139,
            395.56973918681,
            345.73999925972464,
            351.67946430509295,
            0.35296780991716936,
            0.6315203845235181,
            1.1373946898161356),
        new Case(
            7,
            4,
            120,
            0.6,
            0.0,
            1,
            1.0,
            1.0179647661012308,
            193.39741257971076,
            231.51623186843696,
            191.86435275770003,
            219.72797188067298,
            0.08451742562576704,
            0.058649327331779515,
            1.06624180403211),
        new Case(
            8,
            8,
            20,
            0.2,
            0.0,
            1,
            0.0,
            1.056275829900907,
            109.27084579502385,
            105.26315789473688,
            110.27674163143625,
            103.97861779305073,
            0.09442436313584003,
            0.06268216372568106,
            1.3351833322723219));
  }

  /** Autoregressive chains, shifted, raised to a power, rounded down to a step. */
  private static double[][] series(Case c) {
    double[][] result = new double[c.chains][c.draws];
    for (int chain = 0; chain < c.chains; chain++) {
      long state = c.seed + chain;
      double x = 0;
      for (int i = 0; i < c.draws; i++) {
        double sum = 0;
        for (int k = 0; k < 12; k++) {
          state += 0x9E3779B97F4A7C15L;
          long z = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
          z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
          sum += ((z ^ (z >>> 31)) >>> 11) * 0x1p-53;
        }
        x = c.phi * x + (sum - 6);
        double value = x;
        for (int k = 1; k < c.power; k++) {
          value *= x;
        }
        value += c.shift * chain;
        result[chain][i] = c.step > 0 ? Math.floor(value / c.step) * c.step : value;
      }
    }
    return result;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void sameNumbersAsArviZ(Case c) {
    double[][] draws = series(c);
    assertClose("R-hat", Convergence.rHat(draws), c.rHat);
    assertClose("bulk ESS", Convergence.essBulk(draws), c.essBulk);
    assertClose("tail ESS", Convergence.essTail(draws), c.essTail);
    assertClose("ESS of the mean", Convergence.essMean(draws), c.essMean);
    assertClose("ESS of a quantile", Convergence.essQuantile(draws, 0.3), c.essQuantile);
    assertClose("MCSE of the mean", Convergence.mcseMean(draws), c.mcseMean);
    assertClose("MCSE of the sd", Convergence.mcseSd(draws), c.mcseSd);
    assertClose("E-BFMI", Convergence.eBfmi(draws[0]), c.eBfmi);
  }

  private static void assertClose(String what, double actual, double expected) {
    assertThat(actual).as(what).isCloseTo(expected, within(1e-9 * Math.abs(expected)));
  }

  @Test
  void rHatSeesChainsThatDifferInScaleAlone() {
    SplittableRandom random = new SplittableRandom(1);
    double[][] draws = new double[4][500];
    for (int c = 0; c < 4; c++) {
      double sd = c == 0 ? 3 : 1;
      Arrays.setAll(draws[c], i -> sd * random.nextGaussian());
    }
    assertThat(Convergence.rHat(draws)).isGreaterThan(1.05);
  }

  @Test
  void oneChainIsComparedWithItself() {
    double[] drifting = new double[400];
    SplittableRandom random = new SplittableRandom(2);
    Arrays.setAll(drifting, i -> i / 200.0 + random.nextGaussian());
    assertThat(Convergence.rHat(new double[][] {drifting})).isGreaterThan(1.05);
  }

  @Test
  void constantFewOrInfiniteDrawsHaveNoStatistics() {
    double[][] constant = {{1, 1, 1, 1, 1}, {1, 1, 1, 1, 1}};
    double[][] few = {{1, 2, 3}};
    double[][] infinite = {{1, 2, 3, Double.POSITIVE_INFINITY, 5}};
    for (double[][] draws : new double[][][] {constant, few, infinite}) {
      assertThat(Convergence.rHat(draws)).isNaN();
      assertThat(Convergence.essBulk(draws)).isNaN();
      assertThat(Convergence.essTail(draws)).isNaN();
      assertThat(Convergence.mcseMean(draws)).isNaN();
      assertThat(Convergence.mcseSd(draws)).isNaN();
    }
    assertThat(Convergence.eBfmi(1)).isNaN();
  }

  @Test
  void chainsOfDifferentLengthsAreRefused() {
    assertThatThrownBy(() -> Convergence.rHat(new double[][] {{1, 2, 3, 4}, {1, 2, 3}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("chain 1 has 3 numbers, expected 4");
    assertThatThrownBy(() -> Convergence.essBulk(new double[0][]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the number of chains is 0, expected at least 1");
    assertThatThrownBy(() -> Convergence.essQuantile(new double[][] {{1, 2, 3, 4}}, 95))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("probability is 95.0");
  }
}
