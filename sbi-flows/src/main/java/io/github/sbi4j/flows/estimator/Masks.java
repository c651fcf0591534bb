package io.github.sbi4j.flows.estimator;

import java.util.stream.IntStream;

/** Which values a coupling transforms. */
final class Masks {
  private Masks() {}

  /**
   * The values whose index has a given bit set, bits being taken in turn: any two values are in
   * different halves for some bit, so that enough couplings let each depend on each. The only value
   * is always in where there is one.
   */
  static boolean[] byBit(int values, int turn) {
    int bits = Math.max(1, 32 - Integer.numberOfLeadingZeros(values - 1));
    boolean[] chosen = new boolean[values];
    for (int i = 0; i < values; i++) {
      chosen[i] = values == 1 || (i >> (turn % bits) & 1) == 1;
    }
    return chosen;
  }

  /**
   * The other values, so that a pair of couplings transforms each; the only value stays in where
   * there is one.
   */
  static boolean[] complement(boolean[] mask) {
    boolean[] other = new boolean[mask.length];
    for (int i = 0; i < mask.length; i++) {
      other[i] = mask.length == 1 || !mask[i];
    }
    return other;
  }

  /** The indices at which a mask has the given value. */
  static int[] indices(boolean[] mask, boolean value) {
    return IntStream.range(0, mask.length).filter(i -> mask[i] == value).toArray();
  }
}
