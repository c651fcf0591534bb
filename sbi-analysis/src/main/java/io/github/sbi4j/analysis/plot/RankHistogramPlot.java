package io.github.sbi4j.analysis.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.distribution.BinomialDistribution;

/**
 * The ranks of true parameters among posterior draws, a histogram for each parameter.
 *
 * <p>The picture: bars over the ranks 0 to L, with a dashed line at the expected count and a grey
 * band that holds the count of each bin with a given probability (0.99 unless set) if the posterior
 * is right, from the binomial distribution. Bars above the band at both ends say that the posterior
 * is too narrow, in the middle that it is too wide, at one end that it is shifted.
 *
 * @see <a href="https://arxiv.org/abs/1804.06788">Talts et al. (2018), Validating Bayesian
 *     inference algorithms with simulation-based calibration</a>
 */
public final class RankHistogramPlot extends PanelFigure<RankHistogramPlot> {
  private final int[][] ranks;
  private final int draws;
  private final int bins;
  private final double probability;

  private RankHistogramPlot(Look look, int[][] ranks, int draws, int bins, double probability) {
    super(look);
    this.ranks = ranks;
    this.draws = draws;
    this.bins = bins;
    this.probability = probability;
  }

  /**
   * A plot of ranks.
   *
   * @param ranks N x D ranks, each from 0 to L: how many of the L draws lie below the true value
   * @param draws the number of posterior draws that each rank is among, L
   * @return the plot, with one panel for each of the D parameters
   * @throws IllegalArgumentException if there is no rank, the rows differ in length or a rank is
   *     not between 0 and L
   */
  public static RankHistogramPlot of(int[][] ranks, int draws) {
    if (ranks.length == 0 || ranks[0].length == 0) {
      throw Inputs.problem("got no ranks; give a row of D ranks for each of N simulations");
    }
    int[][] columns = new int[ranks[0].length][ranks.length];
    for (int i = 0; i < ranks.length; i++) {
      if (ranks[i].length != columns.length) {
        throw Inputs.problem(
            "row %d has %d ranks and row 0 has %d; give rows of the same length",
            i, ranks[i].length, columns.length);
      }
      for (int d = 0; d < columns.length; d++) {
        if (ranks[i][d] < 0 || ranks[i][d] > draws) {
          throw Inputs.problem(
              "the rank in row %d, column %d is %d; ranks among %d draws lie between 0 and %d",
              i, d, ranks[i][d], draws, draws);
        }
        columns[d][i] = ranks[i][d];
      }
    }
    Look look = Look.parameters(columns.length);
    return new RankHistogramPlot(look, columns, draws, fittingBins(ranks.length, draws), 0.99);
  }

  /** Some twenty ranks a bin; as many bins as divide the ranks evenly where one is near. */
  private static int fittingBins(int count, int draws) {
    int wanted = Math.min(draws + 1, Math.max(5, Math.min(30, count / 20)));
    for (int away = 0; away <= wanted / 3; away++) {
      for (int bins : new int[] {wanted + away, wanted - away}) {
        if (bins > 1 && (draws + 1) % bins == 0) {
          return bins;
        }
      }
    }
    return wanted;
  }

  /**
   * A copy with another number of bins. Where it does not divide L + 1, bins hold different numbers
   * of ranks, and the band follows them.
   *
   * @param count the number of bins, from 1 to L + 1
   * @return the copy
   * @throws IllegalArgumentException if it is not
   */
  public RankHistogramPlot bins(int count) {
    if (count < 1 || count > draws + 1) {
      throw Inputs.problem(
          "got %d bins for ranks from 0 to %d; give between 1 and %d", count, draws, draws + 1);
    }
    return new RankHistogramPlot(look(), ranks, draws, count, probability);
  }

  /**
   * A copy with another band.
   *
   * @param share the probability that a bin's count lies in the band if the posterior is right,
   *     between 0 and 1
   * @return the copy
   * @throws IllegalArgumentException if it is not
   */
  public RankHistogramPlot band(double share) {
    if (!(share > 0 && share < 1)) {
      throw Inputs.problem(
          "the probability of the band must lie between 0 and 1, got %s; 0.99 is usual", share);
    }
    return new RankHistogramPlot(look(), ranks, draws, bins, share);
  }

  @Override
  RankHistogramPlot with(Look changed) {
    return new RankHistogramPlot(changed, ranks, draws, bins, probability);
  }

  @Override
  int count() {
    return ranks.length;
  }

  @Override
  List<Chart> charts() {
    int total = ranks[0].length;
    double[] edges = new double[bins + 1];
    for (int b = 0; b <= bins; b++) {
      edges[b] = firstRank(b) - 0.5;
    }
    double[] expected = new double[bins];
    double[] lower = new double[bins];
    double[] upper = new double[bins];
    for (int b = 0; b < bins; b++) {
      double share = (edges[b + 1] - edges[b]) / (draws + 1);
      BinomialDistribution count = new BinomialDistribution(null, total, share);
      expected[b] = total * share;
      lower[b] = count.inverseCumulativeProbability((1 - probability) / 2);
      upper[b] = count.inverseCumulativeProbability((1 + probability) / 2);
    }
    double[][] counts = Arrays.stream(ranks).map(this::counts).toArray(double[][]::new);
    double highest = Arrays.stream(upper).max().orElseThrow();
    for (double[] some : counts) {
      highest = Math.max(highest, Arrays.stream(some).max().orElseThrow());
    }
    List<Chart> charts = new ArrayList<>();
    for (int d = 0; d < counts.length; d++) {
      charts.add(
          new Chart(
              look().labels().get(d),
              look().xLabelOr("rank"),
              look().yLabelOr("count"),
              Scale.of(-0.5, draws + 0.5),
              Scale.of(0, 1.08 * highest),
              List.of(
                  Layers.stepBand(edges, lower, upper, Style.BAND),
                  Layers.bars(edges, counts[d], Style.series(0)),
                  Layers.steps(edges, expected, Style.REFERENCE, Style.DASHED))));
    }
    return charts;
  }

  /** The lowest rank in a bin. */
  private long firstRank(int bin) {
    return ((long) bin * (draws + 1) + bins - 1) / bins;
  }

  private double[] counts(int[] some) {
    double[] result = new double[bins];
    for (int rank : some) {
      result[(int) ((long) rank * bins / (draws + 1))]++;
    }
    return result;
  }
}
