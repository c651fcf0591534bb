package io.github.sbi4j.analysis.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sbi4j.analysis.diagnostic.RankUniformity;
import io.github.sbi4j.analysis.diagnostic.Tarp;
import io.github.sbi4j.analysis.diagnostic.TestDraws;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.Simulations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;

/**
 * The gates of sbi's own test of TARP: 100 data sets of 100 draws of five normal parameters, random
 * means and scales, uniform references, and the curve at 31 levels. As sbi does, one of the tests
 * compares the two sets of 31 levels; ours, of the ranks, is beside it. Right draws pass the first
 * gate in about three of four seeds.
 */
class TarpTest {
  private static final int DRAWS = 100;
  private static final int DIMENSION = 5;
  private static final int BINS = 30;

  /** The curve of expected coverage and what is asked of it. */
  private record Curve(double[] coverage, double[] levels, RankUniformity ranks) {
    static Curve of(int dataSets, double factor, double shift) {
      RankUniformity ranks =
          Tarp.defaults()
              .uniformReferences()
              .compute(toy(dataSets, factor, shift))
              .references()
              .get(0)
              .ranks();
      double[] coverage = new double[BINS + 1];
      double[] levels = new double[BINS + 1];
      for (int k = 0; k <= BINS; k++) {
        levels[k] = (double) k / BINS;
        double cells = levels[k] * (DRAWS + 1);
        coverage[k] =
            Arrays.stream(ranks.ranks())
                .mapToDouble(rank -> Math.min(1, Math.max(0, cells - rank)))
                .average()
                .orElseThrow();
      }
      return new Curve(coverage, levels, ranks);
    }

    double greatest() {
      return deviations(0).map(Math::abs).max().orElseThrow();
    }

    double total() {
      return deviations(0).map(Math::abs).sum();
    }

    /** The sum over the upper half: above zero for too wide posteriors. */
    double toCurve() {
      return deviations(levels.length / 2).sum();
    }

    double kolmogorovSmirnov() {
      return new KolmogorovSmirnovTest().kolmogorovSmirnovTest(coverage, levels);
    }

    private DoubleStream deviations(int from) {
      return IntStream.range(from, levels.length).mapToDouble(k -> coverage[k] - levels[k]);
    }
  }

  /**
   * Truths and draws around the same means; the draws' standard deviations and means are changed.
   */
  private static TestDraws toy(int dataSets, double factor, double shift) {
    List<String> names = IntStream.range(0, DIMENSION).mapToObj(d -> "theta_" + d).toList();
    double[][] truths = new double[dataSets][DIMENSION];
    double[][] means = new double[dataSets][DIMENSION];
    List<Samples> draws = new ArrayList<>();
    for (int i = 0; i < dataSets; i++) {
      RandomGenerator random = RandomStreams.of(12, i);
      double[] sds = new double[DIMENSION];
      for (int d = 0; d < DIMENSION; d++) {
        means[i][d] = -5 + 10 * random.nextDouble();
        sds[d] = Math.exp(-5 + 4 * random.nextDouble());
        truths[i][d] = means[i][d] + sds[d] * random.nextGaussian();
      }
      double[][] rows = new double[DRAWS][DIMENSION];
      for (double[] row : rows) {
        for (int d = 0; d < DIMENSION; d++) {
          double z = factor * random.nextGaussian() + shift;
          row[d] = means[i][d] + sds[d] * z;
        }
      }
      draws.add(Samples.copyOf(names, rows));
    }
    return TestDraws.of(
        Simulations.of(Samples.copyOf(names, truths), Simulations.of(truths, means).observations()),
        draws);
  }

  @Test
  void rightDrawsFollowTheDiagonal() {
    Curve curve = Curve.of(100, 1, 0);
    assertThat(curve.greatest()).isLessThan(0.1);
    assertThat(curve.toCurve()).isBetween(-0.75, 0.75);
    assertThat(curve.kolmogorovSmirnov()).isGreaterThan(0.5);
    assertThat(curve.ranks().pValue()).isGreaterThan(0.05);
  }

  @Test
  void tooNarrowDrawsAreFound() {
    Curve curve = Curve.of(100, 0.25, 0);
    assertThat(curve.greatest()).isGreaterThan(0.1);
    assertThat(curve.total()).isGreaterThan(3);
    assertThat(curve.toCurve()).isLessThan(-0.05);
    assertThat(curve.ranks().pValue()).isLessThan(0.05);
    assertThat(curve.ranks().kolmogorovSmirnov()).isLessThan(0.05);
  }

  @Test
  void tooWideDrawsAreFound() {
    Curve curve = Curve.of(100, 4, 0);
    assertThat(curve.greatest()).isGreaterThan(0.1);
    assertThat(curve.total()).isGreaterThan(3);
    assertThat(curve.toCurve()).isGreaterThan(0.02);
    assertThat(curve.ranks().pValue()).isLessThan(0.05);
    assertThat(curve.ranks().kolmogorovSmirnov()).isLessThan(0.05);
  }

  @Test
  void shiftedDrawsAreFound() {
    Curve curve = Curve.of(500, 2, 5);
    assertThat(curve.greatest()).isGreaterThan(0.1);
    assertThat(curve.total()).isGreaterThan(3);
    assertThat(curve.ranks().pValue()).isLessThan(0.05);
    assertThat(curve.ranks().kolmogorovSmirnov()).isLessThan(0.05);
  }
}
