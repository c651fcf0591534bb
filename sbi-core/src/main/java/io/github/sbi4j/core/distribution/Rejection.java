package io.github.sbi4j.core.distribution;

import io.github.sbi4j.core.random.RandomStreams;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Draws of a prior that lie in a region. Each row goes on in its own random stream until it has
 * one, so rows do not depend on each other; the region is asked about many rows at once.
 *
 * @param narrowing where to draw from
 * @param region what is kept
 */
record Rejection(Narrowing narrowing, Region region) {
  private static final int BATCH = 10_000;
  private static final long SMALLEST_BUDGET = 100_000;
  private static final int MOST_DRAWS_FOR_ACCEPTANCE = 1_000_000;
  private static final double RELATIVE_ERROR = 0.005;

  /** The first draw of each stream that lies in the region. */
  double[][] sample(RandomGenerator[] streams, long proposalsPerDraw) {
    double[][] rows = new double[streams.length][];
    int[] open = IntStream.range(0, rows.length).toArray();
    long budget = budget(streams.length, proposalsPerDraw);
    long drawn = 0;
    long inside = 0;
    while (open.length > 0) {
      if (drawn >= budget) {
        throw exception(inside, drawn, rows.length);
      }
      // As many from each stream as it is likely to need, without drawing far more than that.
      long needed = drawn / Math.max(1, inside) + 1;
      int each = (int) Math.max(1, Math.min(needed, BATCH / open.length));
      double[][] candidates = new double[open.length * each][];
      for (int i = 0; i < candidates.length; i++) {
        candidates[i] = narrowing.source().sample(streams[open[i / each]]);
      }
      boolean[] kept = region.contains(candidates);
      for (int i = candidates.length - 1; i >= 0; i--) {
        if (kept[i]) {
          rows[open[i / each]] = candidates[i];
          inside++;
        }
      }
      drawn += candidates.length;
      open = Arrays.stream(open).filter(row -> rows[row] == null).toArray();
    }
    return rows;
  }

  private static long budget(int rows, long proposalsPerDraw) {
    long most = Long.MAX_VALUE / Math.max(1, rows);
    return Math.max(SMALLEST_BUDGET, rows * Math.min(most, proposalsPerDraw));
  }

  private RestrictionException exception(long inside, long drawn, int wanted) {
    return new RestrictionException(narrowing.source().toString(), inside, drawn, wanted);
  }

  /** The probability of the region, to half a per cent or from a million draws. */
  Acceptance acceptance(long seed) {
    long drawn = 0;
    long inside = 0;
    while (drawn < MOST_DRAWS_FOR_ACCEPTANCE && !accurate(inside, drawn)) {
      double[][] rows = new double[BATCH][];
      long first = drawn;
      Arrays.setAll(rows, i -> narrowing.source().sample(RandomStreams.of(seed, first + i)));
      for (boolean kept : region.contains(rows)) {
        inside += kept ? 1 : 0;
      }
      drawn += BATCH;
    }
    if (inside == 0) {
      throw exception(inside, drawn, 1);
    }
    double rate = (double) inside / drawn;
    double error = Math.sqrt(rate * (1 - rate) / drawn);
    return new Acceptance(narrowing.mass() * rate, narrowing.mass() * error, drawn);
  }

  private static boolean accurate(long inside, long drawn) {
    double relative = (1 / (double) inside) - (1 / (double) drawn);
    return inside > 0 && relative <= RELATIVE_ERROR * RELATIVE_ERROR;
  }
}
