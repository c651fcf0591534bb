package io.github.sbi4j.flows.tensor.cpu;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Where the free weights of a masked matrix are, so that products need not multiply by the zeros.
 *
 * <p>The masks of autoregressive networks leave about half of each matrix. Neighbouring rows are
 * taken in blocks, as many as a kernel takes at once; each block has the ranges of columns in which
 * one of its rows has a free weight, as from, to, from, to, ...; and the other way round.
 */
final class Sparsity {
  /** As many outputs as the kernel of products takes at once. */
  static final int BLOCK = 4;

  /** As many outputs as the kernel of the weights' gradient takes at once. */
  static final int GRADIENT_BLOCK = 3;

  /** A gap shorter than this is cheaper multiplied than left out. */
  private static final int GAP = 3;

  private final float[] mask;
  private final int at;
  private final int rows;
  private final int columns;
  private final int rowStep;
  private final int[][] ofRows;
  private final int[][] ofColumns;
  private final int[][] ofGradient;
  private final Map<Long, Sparsity> parts = new ConcurrentHashMap<>();

  private Sparsity(float[] mask, int at, int rows, int columns, int rowStep) {
    this.mask = mask;
    this.at = at;
    this.rows = rows;
    this.columns = columns;
    this.rowStep = rowStep;
    this.ofRows = blocks(rows, columns, BLOCK, rowStep, 1);
    this.ofColumns = blocks(columns, rows, BLOCK, 1, rowStep);
    this.ofGradient = blocks(rows, columns, GRADIENT_BLOCK, rowStep, 1);
  }

  /** Where the free weights of a matrix are, or null if all are free. */
  static @Nullable Sparsity of(float[] mask, int at, int rows, int columns) {
    for (int i = at; i < at + rows * columns; i++) {
      if (mask[i] == 0) {
        return new Sparsity(mask, at, rows, columns, columns);
      }
    }
    return null;
  }

  /** The same for some of the columns, all rows. */
  Sparsity columns(int from, int width) {
    if (width == columns) {
      return this;
    }
    long key = (long) from << 32 | width;
    return parts.computeIfAbsent(key, k -> new Sparsity(mask, at + from, rows, width, rowStep));
  }

  /** {@return the columns that each {@link #BLOCK} rows need} */
  int[][] ofRows() {
    return ofRows;
  }

  /** {@return the rows that each {@link #BLOCK} columns need} */
  int[][] ofColumns() {
    return ofColumns;
  }

  /** {@return the columns that each {@link #GRADIENT_BLOCK} rows need} */
  int[][] ofGradient() {
    return ofGradient;
  }

  private int[][] blocks(int outer, int inner, int size, int outerStep, int innerStep) {
    int[][] result = new int[(outer + size - 1) / size][];
    for (int b = 0; b < result.length; b++) {
      int from = b * size;
      int to = Math.min(outer, from + size);
      result[b] =
          ranges(
              inner,
              i -> {
                boolean free = false;
                for (int o = from; o < to; o++) {
                  free |= mask[at + o * outerStep + i * innerStep] != 0;
                }
                return free;
              });
    }
    return result;
  }

  private static int[] ranges(int n, IntPredicate free) {
    List<Integer> bounds = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      if (free.test(i)) {
        int last = bounds.size() - 1;
        if (last > 0 && i - bounds.get(last) < GAP) {
          bounds.set(last, i + 1);
        } else {
          bounds.add(i);
          bounds.add(i + 1);
        }
      }
    }
    return bounds.stream().mapToInt(i -> i).toArray();
  }
}
