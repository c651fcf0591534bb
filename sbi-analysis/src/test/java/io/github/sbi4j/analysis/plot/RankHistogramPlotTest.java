package io.github.sbi4j.analysis.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.random.RandomStreams;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.util.CombinatoricsUtils;
import org.junit.jupiter.api.Test;

class RankHistogramPlotTest {
  private static int[][] uniform(int count, int dimension, int draws) {
    RandomGenerator random = RandomStreams.of(1, 0);
    int[][] ranks = new int[count][dimension];
    for (int[] row : ranks) {
      for (int d = 0; d < dimension; d++) {
        row[d] = random.nextInt(draws + 1);
      }
    }
    return ranks;
  }

  @Test
  void barsAreCountsOverTheBand() throws Exception {
    int[][] ranks = new int[100][2];
    for (int i = 0; i < 100; i++) {
      ranks[i][0] = i < 10 ? 0 : i < 30 ? 1 : i < 60 ? 2 : 3;
      ranks[i][1] = 3;
    }
    DrawnFigure figure =
        DrawnFigure.of(RankHistogramPlot.of(ranks, 3).bins(4).labels("alpha", "beta"));
    assertThat(figure.frames).hasSize(2);
    assertThat(figure.texts).contains("alpha", "beta", "rank", "count");
    double expected =
        figure.shares(figure.strokes(Style.REFERENCE).get(0), 0)[0][1] / 25; // one rank's height
    double[][] bars = figure.shares(figure.strokes(Style.series(0)).get(0), 0);
    double[] counts = {10, 20, 30, 40};
    for (int b = 0; b < 4; b++) {
      assertThat(bars[1 + 2 * b][1] / expected).isCloseTo(counts[b], within(0.2));
      assertThat(bars[1 + 2 * b][0]).isCloseTo(b / 4.0, within(0.01));
    }
    double[][] other = figure.shares(figure.strokes(Style.series(0)).get(1), 1);
    assertThat(other[7][1] / expected).isCloseTo(100, within(0.5));
    assertThat(other[1][1]).isCloseTo(0, within(0.01));

    double[][] band = figure.shares(figure.fills("path", Style.BAND).get(0), 0);
    long lower = Math.round(band[0][1] / expected);
    long upper = Math.round(band[band.length - 1][1] / expected);
    assertThat(below(lower - 1)).isLessThan(0.005);
    assertThat(below(lower)).isGreaterThanOrEqualTo(0.005);
    assertThat(below(upper - 1)).isLessThan(0.995);
    assertThat(below(upper)).isGreaterThanOrEqualTo(0.995);
  }

  /** The probability that at most k of 100 ranks lie in one of four bins. */
  private static double below(long k) {
    double sum = 0;
    for (int i = 0; i <= k; i++) {
      sum +=
          Math.exp(
              CombinatoricsUtils.binomialCoefficientLog(100, i)
                  + i * Math.log(0.25)
                  + (100 - i) * Math.log(0.75));
    }
    return sum;
  }

  @Test
  void unevenBinsHaveTheirOwnBand() throws Exception {
    // Ranks 0 to 4 in two bins: three ranks, then two.
    DrawnFigure figure = DrawnFigure.of(RankHistogramPlot.of(uniform(500, 1, 4), 4).bins(2));
    double[][] expected = figure.shares(figure.strokes(Style.REFERENCE).get(0), 0);
    assertThat(expected[0][1] / expected[3][1]).isCloseTo(1.5, within(0.02));
    assertThat(expected[1][0]).isCloseTo(0.6, within(0.01));
  }

  @Test
  void aWiderBandHoldsMore() throws Exception {
    RankHistogramPlot plot = RankHistogramPlot.of(uniform(500, 1, 99), 99);
    assertThat(height(plot.band(0.999))).isGreaterThan(height(plot.band(0.5)));
  }

  private static double height(RankHistogramPlot plot) throws Exception {
    DrawnFigure figure = DrawnFigure.of(plot);
    double unit = figure.shares(figure.strokes(Style.REFERENCE).get(0), 0)[0][1];
    double[][] band = figure.shares(figure.fills("path", Style.BAND).get(0), 0);
    return (band[band.length - 1][1] - band[0][1]) / unit;
  }

  @Test
  void binsDivideTheRanksWhereTheyCan() throws Exception {
    // 1000 simulations would get 30 bins; 25 divide the ranks 0 to 99 evenly.
    DrawnFigure figure = DrawnFigure.of(RankHistogramPlot.of(uniform(1000, 1, 99), 99));
    assertThat(figure.strokes(Style.series(0)).get(0).points()).hasSize(2 * 25 + 2);
  }

  @Test
  void wrongInputIsNamed() {
    assertThatThrownBy(() -> RankHistogramPlot.of(new int[0][], 9))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got no ranks");
    assertThatThrownBy(() -> RankHistogramPlot.of(new int[][] {{1, 2}, {1}}, 9))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("row 1 has 1 ranks and row 0 has 2");
    assertThatThrownBy(() -> RankHistogramPlot.of(new int[][] {{1, 10}}, 9))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("row 0, column 1 is 10; ranks among 9 draws lie between 0 and 9");
    RankHistogramPlot plot = RankHistogramPlot.of(uniform(100, 2, 9), 9);
    assertThatThrownBy(() -> plot.bins(11))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 11 bins for ranks from 0 to 9");
    assertThatThrownBy(() -> plot.band(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("between 0 and 1, got 1.0");
    assertThatThrownBy(() -> plot.labels("one"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 1 labels for a figure that needs 2");
    assertThatThrownBy(() -> plot.size(50, 500))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 50 x 500");
  }
}
