package io.github.sbi4j.flows.tensor.djl;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.github.sbi4j.flows.tensor.Tensor;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An array of PyTorch's seen as a matrix; its shape is kept here because asking for it is a native
 * call.
 *
 * <p>A single row of weights may be kept flat, as PyTorch wants a bias, and becomes a matrix only
 * when it is used as one.
 */
final class DjlTensor implements Tensor {
  private final int rows;
  private final int columns;
  private final @Nullable PtNDArray flat;
  private @Nullable PtNDArray matrix;

  DjlTensor(PtNDArray matrix, int rows, int columns) {
    this(rows, columns, null, matrix);
  }

  private DjlTensor(int rows, int columns, @Nullable PtNDArray flat, @Nullable PtNDArray matrix) {
    this.rows = rows;
    this.columns = columns;
    this.flat = flat;
    this.matrix = matrix;
  }

  /** A matrix over a flat array of rows x columns values. */
  static DjlTensor ofFlat(PtNDArray flat, int rows, int columns) {
    return new DjlTensor(rows, columns, flat, null);
  }

  static PtNDArray arrayOf(Tensor tensor) {
    return ((DjlTensor) tensor).array();
  }

  /** The values as rows x columns. */
  PtNDArray array() {
    if (matrix == null) {
      matrix = JniUtils.reshape(Objects.requireNonNull(flat), new long[] {rows, columns});
    }
    return matrix;
  }

  /** The values of a single row without the dimension of rows. */
  PtNDArray vector() {
    return flat != null ? flat : JniUtils.reshape(array(), new long[] {columns});
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
