package io.github.sbi4j.analysis.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.sample.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlicedWassersteinTest {
  // Quantile functions: 0 up to 1/2, then 3; and 1, 2, 6 over thirds. Between sixths they differ by
  // 1 (2/6), 2 (1/6), 1 (1/6), 3 (2/6).
  @Test
  void oneColumnOfUnequalSizesMatchesTheIntegralByHand() {
    Samples a = Samples.copyOf(List.of("x"), new double[][] {{3}, {0}});
    Samples b = Samples.copyOf(List.of("x"), new double[][] {{6}, {1}, {2}});
    SlicedWasserstein first = SlicedWasserstein.defaults().order(1);
    assertThat(first.compute(a, b, 1).distance()).isCloseTo((2 + 2 + 1 + 6) / 6.0, within(1e-14));
    assertThat(first.compute(b, a, 1).distance()).isCloseTo((2 + 2 + 1 + 6) / 6.0, within(1e-14));
    SlicedWassersteinResult second = SlicedWasserstein.defaults().compute(a, b, 1);
    assertThat(second.distance()).isCloseTo(Math.sqrt((2 + 4 + 1 + 18) / 6.0), within(1e-14));
    assertThat(second.standardError()).isZero();
    assertThat(second.projections()).isEqualTo(1);
  }

  // Repeating every row changes no distribution.
  @Test
  void repeatedRowsAreNoDistance() {
    Samples a = Gaussians.shifted(30, 3, 0, 1);
    Samples three = a.append(a).append(a);
    assertThat(SlicedWasserstein.defaults().compute(a, three, 1).distance()).isZero();
  }

  // A shift by s moves every projection by u . s, whose mean square is |s|^2 / D.
  @Test
  void shiftOfTheSameRowsIsFoundWithinItsError() {
    Samples a = Gaussians.shifted(50, 4, 0, 1);
    double[][] moved = a.toArray();
    for (double[] row : moved) {
      row[0] += 3;
      row[1] -= 4;
    }
    SlicedWassersteinResult result =
        SlicedWasserstein.defaults()
            .projections(2000)
            .compute(a, Samples.copyOf(a.names(), moved), 2);
    assertThat(result.standardError()).isBetween(0.005, 0.1);
    // Four standard errors: one of 16 000 seeds fails.
    assertThat(result.distance()).isCloseTo(2.5, within(4 * result.standardError()));
  }

  // N(0, I) against N(0, 4 I): every projection has W_2 = 2 - 1.
  @Test
  void widerGaussianHasTheDistanceOfItsSpread() {
    double[][] wide = Gaussians.shifted(30_000, 2, 0, 2).toArray();
    for (double[] row : wide) {
      row[0] *= 2;
      row[1] *= 2;
    }
    Samples a = Gaussians.shifted(20_000, 2, 0, 1);
    SlicedWassersteinResult result =
        SlicedWasserstein.defaults().projections(50).compute(a, Samples.copyOf(a.names(), wide), 3);
    // The standard deviation of the difference of two spreads at these sizes is about 0.008.
    assertThat(result.distance()).isCloseTo(1, within(0.04));
  }

  @Test
  void resultDependsOnTheSeedAndNotOnTheThreads() {
    Samples a = Gaussians.shifted(100, 3, 0, 1);
    Samples b = Gaussians.shifted(80, 3, 0.5, 2);
    SlicedWasserstein distance = SlicedWasserstein.defaults().projections(20);
    SlicedWassersteinResult one = distance.threads(1).compute(a, b, 5);
    assertThat(distance.threads(3).compute(a, b, 5)).isEqualTo(one);
    assertThat(distance.compute(a, b, 6)).isNotEqualTo(one);
  }

  @Test
  void wrongInputIsNamed() {
    Samples two = Gaussians.shifted(20, 2, 0, 1);
    SlicedWasserstein distance = SlicedWasserstein.defaults();
    assertThatThrownBy(() -> distance.compute(two, Gaussians.shifted(20, 3, 0, 1), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 columns");
    assertThatThrownBy(() -> distance.projections(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("projections must be at least 2, got 1");
    assertThatThrownBy(() -> distance.order(3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("order must be 1 or 2, got 3");
  }
}
