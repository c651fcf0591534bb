package io.github.sbi4j.core.random;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Independent random streams addressed by (seed, row).
 *
 * <p>Row {@code i} of a run always uses {@code of(seed, i)}, so results do not depend on threads, chunks or the order of work.
 */
public final class RandomStreams {
  private RandomStreams() {}

  /**
   * The stream of one row.
   *
   * @param seed the seed of the run
   * @param row the row, or any other index of a stream
   */
  public static RandomGenerator of(long seed, long row) {
    return new SplittableRandom(key(seed, row));
  }

  /** A seed derived from another seed and an index, for work that needs a seed of its own. */
  public static long key(long seed, long index) {
    return mix(mix(seed + 0x9E3779B97F4A7C15L) ^ mix(index * 0xD1342543DE82EF95L + 0x2545F4914F6CDD1DL));
  }

  /** The finaliser of Stafford's variant 13: a bijection of 64 bits that mixes them well. */
  private static long mix(long bits) {
    long z = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
