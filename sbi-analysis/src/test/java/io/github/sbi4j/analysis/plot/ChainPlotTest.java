package io.github.sbi4j.analysis.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.analysis.plot.DrawnFigure.Drawn;
import io.github.sbi4j.core.mcmc.Chains;
import io.github.sbi4j.core.mcmc.LogDensity;
import io.github.sbi4j.core.mcmc.Mcmc;
import io.github.sbi4j.core.mcmc.McmcSettings;
import io.github.sbi4j.core.mcmc.Slice;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChainPlotTest {
  private static Chains chains(int count, int draws) {
    LogDensity target = LogDensity.of(2, q -> -0.5 * (q[0] * q[0] + q[1] * q[1]));
    McmcSettings settings = McmcSettings.defaults().withWarmUp(20).withDraws(draws);
    return Mcmc.sample(target, Slice.defaults(), settings, new double[count][2])
        .named("alpha", "beta");
  }

  private static List<Drawn> inPanel(DrawnFigure figure, List<Drawn> shapes, int panel) {
    return shapes.stream().filter(shape -> figure.inside(shape, panel)).toList();
  }

  @Test
  void tracesAreTheDraws() throws Exception {
    Chains chains = chains(2, 50);
    DrawnFigure figure = DrawnFigure.of(ChainPlot.trace(chains));
    double[][] draws = chains.coordinate(1);
    double low = Arrays.stream(draws).flatMapToDouble(Arrays::stream).min().orElseThrow();
    double high = Arrays.stream(draws).flatMapToDouble(Arrays::stream).max().orElseThrow();
    double margin = 0.05 * (high - low);
    for (int c = 0; c < 2; c++) {
      double[][] line =
          figure.shares(inPanel(figure, figure.strokes(Style.series(c)), 1).get(0), 1);
      for (int i = 0; i < 50; i++) {
        assertThat(line[i][0]).isCloseTo(i / 49.0, within(0.003));
        assertThat(low - margin + line[i][1] * (high - low + 2 * margin))
            .isCloseTo(draws[c][i], within(0.05));
      }
    }
    assertThat(figure.texts).contains("alpha", "beta", "draw", "chain 1", "chain 2");
  }

  @Test
  void ranksAreCountedForEachChain() throws Exception {
    Chains chains = chains(3, 200);
    DrawnFigure figure = DrawnFigure.of(ChainPlot.ranks(chains).columns("beta"));
    assertThat(figure.frames).hasSize(1);
    double expected = figure.shares(figure.strokes(Style.REFERENCE).get(0), 0)[0][1] / 10;
    double[][] counts = ChainStatistics.rankCounts(chains.coordinate(1), 20);
    for (int c = 0; c < 3; c++) {
      assertThat(Arrays.stream(counts[c]).sum()).isEqualTo(200);
      double[][] steps =
          figure.shares(inPanel(figure, figure.strokes(Style.series(c)), 0).get(0), 0);
      for (int b = 0; b < 20; b++) {
        assertThat(steps[2 * b][1] / expected).isCloseTo(counts[c][b], within(0.2));
      }
    }
  }

  @Test
  void ranksOfSeparatedChainsFillSeparateBins() {
    double[][] chains = {{1, 2, 3, 4}, {5, 6, 7, 8}};
    assertThat(ChainStatistics.rankCounts(chains, 4))
        .isDeepEqualTo(new double[][] {{2, 2, 0, 0}, {0, 0, 2, 2}});
    double[][] constant = {{1, 1, 1, 1}, {1, 1, 1, 1}};
    assertThat(ChainStatistics.rankCounts(constant, 3)[0]).containsExactly(0, 4, 0);
  }

  @Test
  void rankBandIsThatOfDrawsWithoutReplacement() {
    // 100 of 400 ranks, 20 of which lie in the bin: mean 5, variance 5 (19/20) (300/399) = 3.57.
    double[] band = ChainStatistics.rankBand(100, 4, 20);
    assertThat(band[0]).isEqualTo(1);
    assertThat(band[1]).isEqualTo(10);
  }

  @Test
  void autocorrelationOfKnownChains() throws Exception {
    double[] alternating = {1, -1, 1, -1, 1, -1, 1, -1, 1, -1};
    double[] found = ChainStatistics.autocorrelation(alternating, 3);
    assertThat(found).containsExactly(new double[] {1, -0.9, 0.8, -0.7}, within(1e-12));
    assertThat(ChainStatistics.autocorrelation(new double[] {2, 2, 2}, 1)).containsExactly(0, 0);

    Chains chains = chains(2, 100);
    DrawnFigure figure = DrawnFigure.of(ChainPlot.autocorrelation(chains, 5));
    double[] expected = ChainStatistics.autocorrelation(chains.coordinate(0)[1], 5);
    double[][] line = figure.shares(inPanel(figure, figure.strokes(Style.series(1)), 0).get(0), 0);
    double zero = figure.shares(figure.strokes(Style.REFERENCE).get(0), 0)[0][1];
    for (int lag = 0; lag <= 5; lag++) {
      assertThat((line[lag][1] - zero) / (line[0][1] - zero)).isCloseTo(expected[lag], within(.01));
    }
    assertThat(figure.texts).contains("lag", "autocorrelation");
  }

  @Test
  void longChainsKeepTheirExtremes() {
    double[] draws = new double[100_000];
    draws[12_345] = 7;
    draws[98_765] = -3;
    double[][] thinned = ChainStatistics.thin(draws);
    assertThat(thinned[0]).hasSizeLessThanOrEqualTo(1000).contains(12_345, 98_765);
    assertThat(thinned[1]).contains(7, -3);
    assertThat(thinned[0]).isSorted();
  }

  @Test
  void manyChainsShareAColour() throws Exception {
    DrawnFigure figure = DrawnFigure.of(ChainPlot.trace(chains(9, 20)).columns("alpha"));
    assertThat(figure.strokes(Style.series(0))).hasSize(9);
    assertThat(figure.texts).doesNotContain("chain 1");
  }

  @Test
  void wrongInputIsNamed() {
    Chains chains = chains(2, 20);
    assertThatThrownBy(() -> ChainPlot.trace(chains(2, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 3 draws of 'alpha' in chain 0; give at least 4");
    assertThatThrownBy(() -> ChainPlot.autocorrelation(chains, 20))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 20 lags for chains of 20 draws; give between 1 and 19");
    assertThatThrownBy(() -> ChainPlot.trace(chains).columns("gamma"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there is no 'gamma'; the values are [alpha, beta]");
    assertThatThrownBy(() -> ChainPlot.trace(chains).columns())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got no names of values to show");
  }
}
