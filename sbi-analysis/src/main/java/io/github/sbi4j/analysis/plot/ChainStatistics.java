package io.github.sbi4j.analysis.plot;

import java.util.Arrays;
import org.apache.commons.math3.distribution.HypergeometricDistribution;
import org.apache.commons.math3.stat.ranking.NaturalRanking;
import org.apache.commons.math3.stat.ranking.TiesStrategy;

/** What plots of chains show of the draws. */
final class ChainStatistics {
  private static final int STRETCHES = 500;

  private ChainStatistics() {}

  /** Positions and values of the draws that a line needs to look like one through all of them. */
  static double[][] thin(double[] draws) {
    if (draws.length <= 2 * STRETCHES) {
      double[] all = new double[draws.length];
      Arrays.setAll(all, i -> i);
      return new double[][] {all, draws};
    }
    double[] x = new double[2 * STRETCHES];
    double[] y = new double[2 * STRETCHES];
    for (int s = 0; s < STRETCHES; s++) {
      int from = (int) ((long) s * draws.length / STRETCHES);
      int to = (int) ((long) (s + 1) * draws.length / STRETCHES);
      int lowest = from;
      int highest = from;
      for (int i = from; i < to; i++) {
        lowest = draws[i] < draws[lowest] ? i : lowest;
        highest = draws[i] > draws[highest] ? i : highest;
      }
      x[2 * s] = Math.min(lowest, highest);
      x[2 * s + 1] = Math.max(lowest, highest);
      y[2 * s] = draws[Math.min(lowest, highest)];
      y[2 * s + 1] = draws[Math.max(lowest, highest)];
    }
    return new double[][] {x, y};
  }

  /** The ranks of each chain's draws among all, counted in bins: C x bins counts. */
  static double[][] rankCounts(double[][] chains, int bins) {
    int length = chains[0].length;
    double[] all = Arrays.stream(chains).flatMapToDouble(Arrays::stream).toArray();
    double[] ranks = new NaturalRanking(TiesStrategy.AVERAGE).rank(all);
    double[][] counts = new double[chains.length][bins];
    for (int i = 0; i < ranks.length; i++) {
      counts[i / length][(int) ((ranks[i] - 0.5) * bins / ranks.length)]++;
    }
    return counts;
  }

  /**
   * The ends of the counts in a bin that a chain of independent draws has with a probability of
   * 0.99: its N draws are taken from the C N ranks of all chains.
   */
  static double[] rankBand(int length, int chains, int bins) {
    HypergeometricDistribution count =
        new HypergeometricDistribution(
            null, length * chains, Math.max(1, length * chains / bins), length);
    return new double[] {
      count.inverseCumulativeProbability(0.005), count.inverseCumulativeProbability(0.995)
    };
  }

  /** Correlations at lags 0, 1, ..., about the chain's own mean; zero for a constant chain. */
  static double[] autocorrelation(double[] chain, int mostLags) {
    double mean = Arrays.stream(chain).average().orElseThrow();
    double[] result = new double[mostLags + 1];
    for (int lag = 0; lag <= mostLags; lag++) {
      for (int i = 0; i + lag < chain.length; i++) {
        result[lag] += (chain[i] - mean) * (chain[i + lag] - mean);
      }
    }
    double variance = result[0];
    for (int lag = 0; lag <= mostLags; lag++) {
      result[lag] = variance > 0 ? result[lag] / variance : 0;
    }
    return result;
  }
}
