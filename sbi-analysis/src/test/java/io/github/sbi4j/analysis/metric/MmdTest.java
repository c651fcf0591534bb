package io.github.sbi4j.analysis.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.sample.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;

class MmdTest {
  // For N(0, I) against N(s, I) in D dimensions and bandwidth h the squared discrepancy is
  // 2 (h^2 / (h^2 + 2))^(D/2) (1 - exp(-|s|^2 / (2 (h^2 + 2)))).
  @Test
  void estimateMatchesTheClosedFormForGaussians() {
    double h = 1.5;
    double shift = 0.8;
    Samples a = Gaussians.shifted(2000, 2, 0, 1);
    Samples b = Gaussians.shifted(2000, 2, shift, 2);
    double exact =
        2 * (h * h / (h * h + 2)) * (1 - Math.exp(-2 * shift * shift / (2 * (h * h + 2))));
    // The standard error is about 0.009.
    assertThat(Mmd.gaussian().bandwidth(h).squared(a, b)).isCloseTo(exact, within(0.03));
  }

  @Test
  void estimateMatchesItsDefinitionByHand() {
    Samples a = Samples.copyOf(List.of("x"), new double[][] {{0}, {1}});
    Samples b = Samples.copyOf(List.of("x"), new double[][] {{2}, {3}, {5}});
    double inA = k(1);
    double inB = (k(1) + k(3) + k(2)) / 3;
    double across = (k(2) + k(3) + k(5) + k(1) + k(2) + k(4)) / 6;
    double expected = inA + inB - 2 * across;
    Mmd mmd = Mmd.gaussian().bandwidth(1);
    assertThat(mmd.squared(a, b)).isCloseTo(expected, within(1e-14));
    assertThat(mmd.test(a, b, 1).squared()).isCloseTo(expected, within(1e-6));
  }

  private static double k(double distance) {
    return Math.exp(-distance * distance / 2);
  }

  @Test
  void testKeepsItsLevelAndSeesAShift() {
    Mmd mmd = Mmd.gaussian().permutations(199);
    int rejections = 0;
    for (int seed = 0; seed < 100; seed++) {
      Samples a = Gaussians.shifted(40, 3, 0, 2 * seed);
      Samples b = Gaussians.shifted(60, 3, 0, 2 * seed + 1);
      rejections += mmd.test(a, b, seed).rejects(0.05) ? 1 : 0;
      assertThat(mmd.test(a, Gaussians.shifted(60, 3, 5, 7), seed).rejects(0.05)).isTrue();
    }
    // Binomial(100, 0.05): more than 13 has a chance of 0.0005, none at all of 0.006.
    assertThat(rejections).isBetween(1, 13);
  }

  @Test
  void largeTestAcceptsAndRejects() {
    Samples a = Gaussians.shifted(1000, 10, 0, 1);
    MmdResult same = Mmd.gaussian().test(a, Gaussians.shifted(1000, 10, 0, 2), 3);
    MmdResult shifted = Mmd.gaussian().test(a, Gaussians.shifted(1000, 10, 5, 2), 3);
    assertThat(same.rejects(0.05)).isFalse();
    assertThat(shifted.pValue()).isEqualTo(1.0 / 1001);
    // The median distance of two draws is close to sqrt(2 D) without a shift.
    assertThat(same.bandwidth()).isCloseTo(Math.sqrt(20), within(0.2));
  }

  @Test
  void resultDoesNotDependOnTheThreads() {
    Samples a = Gaussians.shifted(100, 3, 0, 1);
    Samples b = Gaussians.shifted(80, 3, 0.3, 2);
    MmdResult one = Mmd.gaussian().threads(1).test(a, b, 5);
    assertThat(Mmd.gaussian().threads(3).test(a, b, 5)).isEqualTo(one);
    assertThat(Mmd.gaussian().threads(3).squared(a, b))
        .isEqualTo(Mmd.gaussian().threads(1).squared(a, b));
    // Two p-values near 0.08 agree to 1/1001 by chance in about one case of twenty.
    assertThat(List.of(6, 7, 8))
        .anySatisfy(
            seed ->
                assertThat(Mmd.gaussian().test(a, b, seed).pValue()).isNotEqualTo(one.pValue()));
  }

  @Test
  void wrongInputIsNamed() {
    Samples two = Gaussians.shifted(20, 2, 0, 1);
    Samples equal = Samples.copyOf(List.of("a"), new double[10][1]);
    assertThatThrownBy(() -> Mmd.gaussian().squared(two, Gaussians.shifted(1, 2, 0, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("20 and 1 rows; give at least 2");
    assertThatThrownBy(() -> Mmd.gaussian().squared(two, Gaussians.shifted(9, 3, 0, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 columns");
    assertThatThrownBy(() -> Mmd.gaussian().test(two, Gaussians.shifted(12_000, 2, 0, 1), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 12000");
    assertThatThrownBy(() -> Mmd.gaussian().squared(equal, equal))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("set a bandwidth");
    assertThatThrownBy(() -> Mmd.gaussian().bandwidth(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bandwidth must be positive and finite, got 0.0");
    assertThatThrownBy(() -> Mmd.gaussian().permutations(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("permutations must be positive, got 0");
  }
}
