package io.github.sbi4j.core.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RandomStreamsTest {
  /**
   * Saved tables and documented results depend on these numbers: a change of them is a breaking
   * change.
   */
  @Test
  void streamsNeverChange() {
    assertThat(RandomStreams.key(0, 0)).isEqualTo(-3833429795920186689L);
    assertThat(RandomStreams.of(42, 7).nextLong()).isEqualTo(-8982327814427184414L);
    assertThat(RandomStreams.of(42, 7).nextGaussian()).isEqualTo(-0.7718549062391645);
  }

  @Test
  void sameAddressSameStream() {
    RandomGenerator one = RandomStreams.of(3, 4);
    RandomGenerator two = RandomStreams.of(3, 4);
    for (int i = 0; i < 100; i++) {
      assertThat(one.nextLong()).isEqualTo(two.nextLong());
    }
  }

  @Test
  void keysOfSmallAddressesDiffer() {
    Set<Long> keys = new HashSet<>();
    for (long seed = -200; seed < 200; seed++) {
      for (long row = -200; row < 200; row++) {
        keys.add(RandomStreams.key(seed, row));
      }
    }
    assertThat(keys).hasSize(400 * 400);
  }

  /**
   * First draws over rows, and over seeds, are uniform: chi-square with 99 degrees of freedom,
   * false alarm 1e-6 each.
   */
  @Test
  void firstDrawsAreUniformOverRowsAndSeeds() {
    int n = 100_000;
    int[] byRow = new int[100];
    int[] bySeed = new int[100];
    for (int i = 0; i < n; i++) {
      byRow[(int) (100 * RandomStreams.of(1, i).nextDouble())]++;
      bySeed[(int) (100 * RandomStreams.of(i, 1).nextDouble())]++;
    }
    assertThat(chiSquare(byRow, n / 100.0)).isLessThan(176.5);
    assertThat(chiSquare(bySeed, n / 100.0)).isLessThan(176.5);
  }

  /**
   * Neighbouring rows and neighbouring seeds are uncorrelated: 5 standard errors, false alarm 6e-7
   * each.
   */
  @Test
  void neighboursAreUncorrelated() {
    int n = 100_000;
    double overRows = 0;
    double overSeeds = 0;
    double swapped = 0;
    for (int i = 0; i < n; i++) {
      double x = RandomStreams.of(1, i).nextDouble() - 0.5;
      overRows += x * (RandomStreams.of(1, i + 1).nextDouble() - 0.5);
      overSeeds += x * (RandomStreams.of(2, i).nextDouble() - 0.5);
      swapped += x * (i == 1 ? 0 : RandomStreams.of(i, 1).nextDouble() - 0.5);
    }
    double limit = 5 * Math.sqrt(n) / 12;
    assertThat(Math.abs(overRows)).isLessThan(limit);
    assertThat(Math.abs(overSeeds)).isLessThan(limit);
    assertThat(Math.abs(swapped)).isLessThan(limit);
  }

  private static double chiSquare(int[] counts, double expected) {
    return Arrays.stream(counts).mapToDouble(c -> (c - expected) * (c - expected) / expected).sum();
  }
}
