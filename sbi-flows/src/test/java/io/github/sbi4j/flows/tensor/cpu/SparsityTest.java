package io.github.sbi4j.flows.tensor.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SparsityTest {
  private static float[] mask(int rows, int columns, double share, long seed) {
    Random random = new Random(seed);
    float[] mask = new float[2 + rows * columns];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = random.nextDouble() < share ? 1 : 0;
    }
    return mask;
  }

  private static boolean covers(int[] ranges, int place) {
    for (int r = 0; r < ranges.length; r += 2) {
      if (place >= ranges[r] && place < ranges[r + 1]) {
        return true;
      }
    }
    return false;
  }

  private static void check(
      Sparsity sparsity, float[] mask, int at, int rows, int columns, int step) {
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        if (mask[at + r * step + c] != 0) {
          assertThat(covers(sparsity.ofRows()[r / Sparsity.BLOCK], c)).isTrue();
          assertThat(covers(sparsity.ofColumns()[c / Sparsity.BLOCK], r)).isTrue();
          assertThat(covers(sparsity.ofGradient()[r / Sparsity.GRADIENT_BLOCK], c)).isTrue();
        }
      }
    }
    for (int[] ranges : sparsity.ofRows()) {
      assertThat(ranges).isSorted().doesNotHaveDuplicates();
      assertThat(ranges.length == 0 || ranges[ranges.length - 1] <= columns).isTrue();
    }
  }

  @Test
  void everyFreeWeightIsInItsRanges() {
    for (double share : new double[] {0, 0.05, 0.3, 0.9}) {
      float[] mask = mask(11, 23, share, 3);
      Sparsity sparsity = Sparsity.of(mask, 2, 11, 23);
      check(sparsity, mask, 2, 11, 23, 23);
      Sparsity part = sparsity.columns(5, 9);
      check(part, mask, 2 + 5, 11, 9, 23);
      assertThat(sparsity.columns(5, 9)).isSameAs(part);
      assertThat(sparsity.columns(0, 23)).isSameAs(sparsity);
    }
  }

  @Test
  void zerosAreLeftOut() {
    float[] mask = new float[8 * 40];
    for (int r = 0; r < 8; r++) {
      Arrays.fill(mask, r * 40, r * 40 + 5 * (r + 1), 1);
    }
    Sparsity sparsity = Sparsity.of(mask, 0, 8, 40);
    assertThat(sparsity.ofRows()).isEqualTo(new int[][] {{0, 20}, {0, 40}});
    assertThat(sparsity.ofGradient()).isEqualTo(new int[][] {{0, 15}, {0, 30}, {0, 40}});
    assertThat(sparsity.ofColumns()[0]).isEqualTo(new int[] {0, 8});
    assertThat(sparsity.ofColumns()[9]).isEqualTo(new int[] {7, 8});
  }

  @Test
  void aFullMatrixHasNone() {
    assertThat(Sparsity.of(new float[] {1, 1, 1, 1}, 0, 2, 2)).isNull();
  }
}
