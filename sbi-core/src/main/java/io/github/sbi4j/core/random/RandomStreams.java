package io.github.sbi4j.core.random;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Independent random streams addressed by (seed, row).
 *
 * <p>Row {@code i} of a run always uses {@code of(seed, i)}, so results do not depend on threads,
 * chunks or the order of work. Both numbers are mixed into the 64-bit state at which a {@link
 * SplittableRandom} starts, so neighbouring seeds and rows give unrelated streams. Streams of the
 * same address are equal; a stream is for one thread at a time.
 */
public final class RandomStreams {
  private RandomStreams() {}

  /**
   * Opens the stream of one row.
   *
   * @param seed the seed of the run
   * @param row the row, or any other index of a stream
   * @return a new generator at the beginning of that stream
   */
  public static RandomGenerator of(long seed, long row) {
    return new SplittableRandom(key(seed, row));
  }

  /**
   * Derives a seed from another seed and an index, for a part of the work that needs a seed of its
   * own.
   *
   * @param seed the seed
   * @param index the index of the part; negative ones never meet a row's stream
   * @return the derived seed
   */
  public static long key(long seed, long index) {
    return mix(
        mix(seed + 0x9E3779B97F4A7C15L) ^ mix(index * 0xD1342543DE82EF95L + 0x2545F4914F6CDD1DL));
  }

  /** The finaliser of Stafford's variant 13: a bijection of 64 bits that mixes them well. */
  private static long mix(long bits) {
    long z = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
