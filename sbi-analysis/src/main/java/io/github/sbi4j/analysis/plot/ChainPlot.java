package io.github.sbi4j.analysis.plot;

import io.github.sbi4j.core.mcmc.Chains;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Markov chains: traces, ranks or autocorrelations, a panel for each of the D values.
 *
 * <p>The picture: each chain in its own colour, up to six; of more chains all are drawn in one pale
 * colour. {@link #trace} shows the draws in order; chains that mix well cannot be told apart.
 * {@link #ranks} shows how often each chain has low and high ranks among all draws; steps outside
 * the grey band belong to a chain that lingers. {@link #autocorrelation} shows how long draws
 * remember.
 */
public final class ChainPlot extends PanelFigure<ChainPlot> {
  private static final int MOST_COLOURS = 6;
  private static final int RANK_BINS = 20;
  private static final int MOST_LAGS = 60;

  /** What the panels show. */
  private enum Kind {
    TRACE("draw", ""),
    RANKS("rank among all draws", "count"),
    AUTOCORRELATION("lag", "autocorrelation");

    private final String xLabel;
    private final String yLabel;

    Kind(String xLabel, String yLabel) {
      this.xLabel = xLabel;
      this.yLabel = yLabel;
    }
  }

  private final Kind kind;

  /** D x C x N draws. */
  private final double[][][] draws;

  private final int detail;

  private ChainPlot(Look look, Kind kind, double[][][] draws, int detail) {
    super(look);
    this.kind = kind;
    this.draws = draws;
    this.detail = detail;
  }

  private static ChainPlot of(Kind kind, Chains chains, int detail) {
    int dimension = chains.names().size();
    double[][][] draws = new double[dimension][][];
    for (int d = 0; d < dimension; d++) {
      draws[d] = chains.coordinate(d);
      for (int c = 0; c < chains.size(); c++) {
        Inputs.finite("draws of '" + chains.names().get(d) + "' in chain " + c, draws[d][c], 4);
      }
    }
    return new ChainPlot(Look.of(chains.names()), kind, draws, detail);
  }

  /**
   * The draws in order. Long chains are thinned to the lowest and highest draw of each stretch.
   *
   * @param chains C chains of N draws of D values, at least four each
   * @return the plot
   * @throws IllegalArgumentException if there are fewer draws or one is not finite
   */
  public static ChainPlot trace(Chains chains) {
    return of(Kind.TRACE, chains, 0);
  }

  /**
   * The ranks of each chain's draws among those of all chains, as counts in 20 bins, fewer where
   * there are not 100 draws. Draws that are the same share their ranks' middle. The grey band holds
   * the counts of independent draws with a probability of 0.99 each; draws that are correlated
   * leave it more often.
   *
   * @param chains C chains of N draws of D values, at least four each
   * @return the plot
   * @throws IllegalArgumentException if there are fewer draws or one is not finite
   * @see <a href="https://arxiv.org/abs/1903.08008">Vehtari et al. (2021), Rank-normalization,
   *     folding, and localization</a>
   */
  public static ChainPlot ranks(Chains chains) {
    return of(Kind.RANKS, chains, Math.max(2, Math.min(RANK_BINS, chains.draws() / 5)));
  }

  /**
   * The correlation of draws with later ones, up to 60 steps later.
   *
   * @param chains C chains of N draws of D values, at least four each
   * @return the plot
   * @throws IllegalArgumentException if there are fewer draws or one is not finite
   */
  public static ChainPlot autocorrelation(Chains chains) {
    return autocorrelation(chains, Math.max(1, Math.min(MOST_LAGS, chains.draws() / 2)));
  }

  /**
   * The correlation of draws with later ones. The grey band holds the correlation at one lag of
   * independent draws with a probability of 0.95.
   *
   * @param chains C chains of N draws of D values, at least four each
   * @param mostLags the largest number of steps between draws, from 1 to N - 1
   * @return the plot
   * @throws IllegalArgumentException if there are fewer draws, one is not finite or the lags are
   *     not between 1 and N - 1
   */
  public static ChainPlot autocorrelation(Chains chains, int mostLags) {
    ChainPlot plot = of(Kind.AUTOCORRELATION, chains, mostLags);
    if (mostLags < 1 || mostLags >= chains.draws()) {
      throw Inputs.problem(
          "got %d lags for chains of %d draws; give between 1 and %d",
          mostLags, chains.draws(), chains.draws() - 1);
    }
    return plot;
  }

  /**
   * A copy that shows only some values, in the given order.
   *
   * @param names the names of the values
   * @return the copy
   * @throws IllegalArgumentException if there is no such name, or none is given
   */
  public ChainPlot columns(String... names) {
    if (names.length == 0) {
      throw Inputs.problem(
          "got no names of values to show; name at least one of %s", look().labels());
    }
    double[][][] chosen = new double[names.length][][];
    for (int k = 0; k < names.length; k++) {
      int d = look().labels().indexOf(names[k]);
      if (d < 0) {
        throw Inputs.problem("there is no '%s'; the values are %s", names[k], look().labels());
      }
      chosen[k] = draws[d];
    }
    return new ChainPlot(look().withNames(List.of(names)), kind, chosen, detail);
  }

  @Override
  ChainPlot with(Look changed) {
    return new ChainPlot(changed, kind, draws, detail);
  }

  @Override
  int count() {
    return draws.length;
  }

  @Override
  int mostInARow() {
    return kind == Kind.TRACE ? (count() > 8 ? 2 : 1) : 4;
  }

  @Override
  int chartWidth() {
    return kind == Kind.TRACE ? (count() > 8 ? 480 : 680) : super.chartWidth();
  }

  @Override
  int chartHeight() {
    return kind == Kind.TRACE ? (count() == 1 ? 260 : 130) : super.chartHeight();
  }

  private int chains() {
    return draws[0].length;
  }

  @Override
  List<Legend.Entry> legend() {
    if (chains() == 1 || chains() > MOST_COLOURS) {
      return List.of();
    }
    return IntStream.range(0, chains())
        .mapToObj(c -> new Legend.Entry("chain " + (c + 1), Style.series(c), Legend.Key.LINE))
        .toList();
  }

  private Color color(int chain) {
    if (chains() > MOST_COLOURS) {
      return Style.alpha(Style.series(0), Math.max(0.12, 3.0 / chains()));
    }
    return kind == Kind.TRACE ? Style.alpha(Style.series(chain), 0.75) : Style.series(chain);
  }

  @Override
  List<Chart> charts() {
    Scale counts = counts();
    Scale correlations = correlations();
    List<Chart> charts = new ArrayList<>();
    for (int d = 0; d < draws.length; d++) {
      String name = look().labels().get(d);
      int length = draws[d][0].length;
      charts.add(
          switch (kind) {
            case TRACE -> chart(Scale.of(0, length - 1), Scale.around(draws[d]), traces(d), name);
            case RANKS -> chart(Scale.of(0, (double) length * chains()), counts, ranks(d), name);
            case AUTOCORRELATION -> chart(Scale.whole(0, detail), correlations, lags(d), name);
          });
    }
    return charts;
  }

  /** The name stands upright beside a trace, unless another text does, and else above. */
  private Chart chart(Scale x, Scale y, List<Layer> layers, String name) {
    boolean beside = kind == Kind.TRACE && look().yLabel() == null;
    String title = beside ? "" : name;
    String yLabel = beside ? name : look().yLabelOr(kind.yLabel);
    return new Chart(title, look().xLabelOr(kind.xLabel), yLabel, x, y, layers);
  }

  private List<Layer> traces(int d) {
    List<Layer> layers = new ArrayList<>();
    for (int c = 0; c < chains(); c++) {
      double[][] thinned = ChainStatistics.thin(draws[d][c]);
      layers.add(Layers.line(thinned[0], thinned[1], color(c), Style.THIN));
    }
    return layers;
  }

  private Scale counts() {
    if (kind != Kind.RANKS) {
      return Scale.of(0, 1);
    }
    double highest = ChainStatistics.rankBand(draws[0][0].length, chains(), detail)[1];
    for (double[][] value : draws) {
      for (double[] counts : ChainStatistics.rankCounts(value, detail)) {
        highest = Math.max(highest, Arrays.stream(counts).max().orElseThrow());
      }
    }
    return Scale.of(0, 1.08 * highest);
  }

  private List<Layer> ranks(int d) {
    int length = draws[d][0].length;
    double[] edges = new double[detail + 1];
    for (int b = 0; b <= detail; b++) {
      edges[b] = (double) b * length * chains() / detail;
    }
    double[] ends = ChainStatistics.rankBand(length, chains(), detail);
    double[] x = {0, edges[detail]};
    List<Layer> layers = new ArrayList<>();
    layers.add(
        Layers.band(
            x, new double[] {ends[0], ends[0]}, new double[] {ends[1], ends[1]}, Style.BAND));
    layers.add(Layers.horizontal((double) length / detail, Style.REFERENCE, Style.DASHED));
    double[][] counts = ChainStatistics.rankCounts(draws[d], detail);
    for (int c = 0; c < counts.length; c++) {
      layers.add(Layers.steps(edges, counts[c], color(c), Style.LINE));
    }
    return layers;
  }

  private Scale correlations() {
    if (kind != Kind.AUTOCORRELATION) {
      return Scale.of(0, 1);
    }
    double lowest = -0.15;
    for (double[][] value : draws) {
      for (double[] chain : value) {
        double[] all = ChainStatistics.autocorrelation(chain, detail);
        lowest = Math.min(lowest, 1.1 * Arrays.stream(all).min().orElseThrow());
      }
    }
    return Scale.of(Math.max(-1.05, lowest), 1.05);
  }

  private List<Layer> lags(int d) {
    double[] x = IntStream.rangeClosed(0, detail).asDoubleStream().toArray();
    double end = 1.96 / Math.sqrt(draws[d][0].length);
    double[] lower = new double[x.length];
    double[] upper = new double[x.length];
    Arrays.fill(lower, -end);
    Arrays.fill(upper, end);
    List<Layer> layers = new ArrayList<>();
    layers.add(Layers.band(x, lower, upper, Style.BAND));
    layers.add(Layers.horizontal(0, Style.REFERENCE, Style.DASHED));
    for (int c = 0; c < chains(); c++) {
      double[] y = ChainStatistics.autocorrelation(draws[d][c], detail);
      layers.add(Layers.line(x, y, color(c), Style.LINE));
    }
    return layers;
  }
}
