package io.github.sbi4j.flows.tensor.cpu;

import io.github.sbi4j.flows.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A matrix in an array. Value (r, c) is at {@code at + r rowStep + c columnStep}.
 *
 * <p>A <em>dense</em> one, which every operation makes, has a row step of one and a column step of
 * the padded number of rows, so that it is one run. Weights and views of their parts are the only
 * others.
 */
final class CpuTensor implements Tensor {
  final float[] values;
  final int at;
  final int rows;
  final int columns;
  final int rowStep;
  final int columnStep;

  /** True if a gradient is wanted of it or of what it is made of. */
  final boolean differentiable;

  /** Where the free weights are, if some are held at zero. */
  final @Nullable Sparsity sparsity;

  /** What this is a view of; null if it owns its values and its gradient. */
  private final @Nullable CpuTensor owner;

  private float @Nullable [] gradient;
  private int gradientAt;

  private CpuTensor(
      float[] values,
      int at,
      int rows,
      int columns,
      int rowStep,
      int columnStep,
      boolean differentiable,
      @Nullable Sparsity sparsity,
      @Nullable CpuTensor owner) {
    this.values = values;
    this.at = at;
    this.rows = rows;
    this.columns = columns;
    this.rowStep = rowStep;
    this.columnStep = columnStep;
    this.differentiable = differentiable;
    this.sparsity = sparsity;
    this.owner = owner;
  }

  /** A dense matrix whose columns are {@code pitch} apart. */
  static CpuTensor dense(
      float[] values, int at, int rows, int columns, int pitch, boolean differentiable) {
    return new CpuTensor(values, at, rows, columns, 1, pitch, differentiable, null, null);
  }

  /** A matrix of weights, row after row. */
  static CpuTensor weights(
      float[] values,
      float @Nullable [] gradient,
      int at,
      int rows,
      int columns,
      @Nullable Sparsity sparsity) {
    boolean differentiable = gradient != null;
    CpuTensor tensor =
        new CpuTensor(values, at, rows, columns, columns, 1, differentiable, sparsity, null);
    tensor.gradient = gradient;
    tensor.gradientAt = at;
    return tensor;
  }

  /** A part of this matrix, without a copy. */
  CpuTensor part(int row, int column, int height, int width) {
    int from = at + row * rowStep + column * columnStep;
    CpuTensor base = owner == null ? this : owner;
    Sparsity zeros = sparsity == null || height < rows ? null : sparsity.columns(column, width);
    return new CpuTensor(
        values, from, height, width, rowStep, columnStep, differentiable, zeros, base);
  }

  boolean isDense(int pitch) {
    return rowStep == 1 && columnStep == pitch;
  }

  /** The number of values from the first to the end of the last column's padding, if dense. */
  int run() {
    return columns * columnStep;
  }

  boolean hasGradient() {
    return owner == null ? gradient != null : owner.hasGradient();
  }

  /** The array that holds the gradient; zero when first asked for. */
  float[] gradient(Arena arena) {
    if (owner != null) {
      return owner.gradient(arena);
    }
    if (gradient == null) {
      // Weights come with theirs: what asks is dense.
      gradientAt = arena.takeZeros(run());
      gradient = arena.array();
    }
    return gradient;
  }

  /** Where the gradient begins in its array, after {@link #gradient}. */
  int gradientAt() {
    return owner == null ? gradientAt : owner.gradientAt + at - owner.at;
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int columns() {
    return columns;
  }
}
