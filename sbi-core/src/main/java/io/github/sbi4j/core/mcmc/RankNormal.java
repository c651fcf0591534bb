package io.github.sbi4j.core.mcmc;

import org.apache.commons.statistics.distribution.NormalDistribution;

/** Normal scores of ranks over all chains; ties share their mean rank (Blom 1958). */
final class RankNormal {
  private static final NormalDistribution STANDARD = NormalDistribution.of(0, 1);

  private RankNormal() {}

  static double[][] scores(double[][] draws) {
    double[] sorted = SplitChains.sorted(draws);
    double[][] result = new double[draws.length][];
    for (int c = 0; c < draws.length; c++) {
      result[c] = new double[draws[c].length];
      for (int i = 0; i < draws[c].length; i++) {
        int smaller = count(sorted, draws[c][i], false);
        int notGreater = count(sorted, draws[c][i], true);
        double rank = 0.5 * (smaller + 1 + notGreater);
        double share = (rank - 0.375) / (sorted.length + 0.25);
        result[c][i] = STANDARD.inverseCumulativeProbability(share);
      }
    }
    return result;
  }

  /** How many of the sorted values are less than a value, or equal to it where that counts too. */
  private static int count(double[] sorted, double value, boolean orEqual) {
    int from = 0;
    int to = sorted.length;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (sorted[middle] < value || (orEqual && sorted[middle] == value)) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }
}
