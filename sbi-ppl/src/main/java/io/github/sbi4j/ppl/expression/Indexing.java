package io.github.sbi4j.ppl.expression;

import java.util.List;
import java.util.stream.IntStream;

/** Which elements rows, columns and transposed matrices are made of. */
final class Indexing {
  private Indexing() {}

  static Expression rows(Expression x, int[] indices) {
    Axis axis = x.requireRank("get", 1).shape().axes().get(0);
    Shape row = x.shape().inner(x.shape().rank() - 1);
    int[] index = new int[indices.length * row.size()];
    for (int i = 0; i < indices.length; i++) {
      if (indices[i] < 0 || indices[i] >= axis.size()) {
        throw new IllegalArgumentException(
            "index "
                + indices[i]
                + " at position "
                + i
                + " is out of range for ["
                + axis
                + "], expected 0 to "
                + (axis.size() - 1));
      }
      for (int j = 0; j < row.size(); j++) {
        index[i * row.size() + j] = indices[i] * row.size() + j;
      }
    }
    return Algebra.gather(x, index, Shape.of(indices.length).append(row));
  }

  static Expression columns(Expression x, int from, int to) {
    Shape rows = x.requireRank("columns", 1).shape().outer(1);
    int length = x.shape().size() / rows.size();
    if (from < 0 || to > length || from >= to) {
      throw new IllegalArgumentException(
          "columns "
              + from
              + " to "
              + to
              + " of "
              + x.shape()
              + ", expected 0 <= from < to <= "
              + length);
    }
    int width = to - from;
    int[] index =
        IntStream.range(0, rows.size() * width)
            .map(i -> i / width * length + from + i % width)
            .toArray();
    return Algebra.gather(x, index, rows.append(Shape.of(width)));
  }

  static Expression transposed(Expression x) {
    Shape matrix = x.requireRank("transpose", 2).shape().inner(2);
    int rows = matrix.axes().get(0).size();
    int columns = matrix.axes().get(1).size();
    int[] index =
        IntStream.range(0, x.shape().size())
            .map(
                i -> {
                  int within = i % (rows * columns);
                  return i - within + within % rows * columns + within / rows;
                })
            .toArray();
    Shape turned = Shape.of(List.of(matrix.axes().get(1), matrix.axes().get(0)));
    return Algebra.gather(x, index, x.shape().outer(2).append(turned));
  }

  /** A number for each row, repeated along a last axis. */
  static Expression alongLast(Expression x, Shape shape) {
    int length = shape.inner(1).size();
    return Algebra.gather(
        x, IntStream.range(0, shape.size()).map(i -> i / length).toArray(), shape);
  }
}
