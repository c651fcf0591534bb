package io.github.sbi4j.analysis.diagnostic;

import io.github.sbi4j.core.random.RandomStreams;
import java.util.random.RandomGenerator;

/** Ranks of a true value among values of draws, one for each data set. */
final class Ranking {
  private final int[] ranks;
  private final double[] spread;
  private final int draws;
  private final long seed;

  /**
   * No ranks yet.
   *
   * @param draws the number of draws, L
   * @param seed decides ties; data set i has the stream (seed, i)
   */
  Ranking(TestDraws draws, long seed) {
    this.ranks = new int[draws.size()];
    this.spread = new double[draws.size()];
    this.draws = draws.draws();
    this.seed = seed;
  }

  /** Ranks the true value of data set i, ties at random. */
  void set(int i, double truth, double[] values) {
    int below = 0;
    int equal = 0;
    for (int k = 0; k < draws; k++) {
      below += values[k] < truth ? 1 : 0;
      equal += values[k] == truth ? 1 : 0;
    }
    RandomGenerator random = RandomStreams.of(seed, i);
    spread[i] = random.nextDouble();
    ranks[i] = below + (equal == 0 ? 0 : random.nextInt(equal + 1));
  }

  RankUniformity uniformity(EcdfBand band) {
    return RankUniformity.of(ranks, draws, spread, band);
  }
}
