package io.github.sbi4j.flows.tensor.cpu;

import io.github.sbi4j.flows.tensor.cpu.kernel.Kernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What the operations of one evaluation share: memory, kernels, and the tape. */
final class Evaluation {
  final Kernels kernels;
  final Arena arena;
  private final List<Step> tape = new ArrayList<>();

  /** An operation's share of the way back. */
  private record Step(CpuTensor first, CpuTensor second, Runnable back) {}

  Evaluation(Kernels kernels, Arena arena) {
    this.kernels = kernels;
    this.arena = arena;
  }

  /** The padded number of rows. */
  int pitch(int rows) {
    int lanes = kernels.lanes();
    return (rows + lanes - 1) / lanes * lanes;
  }

  /** A dense matrix that holds anything, padding included. */
  CpuTensor make(int rows, int columns, boolean differentiable) {
    int pitch = pitch(rows);
    int at = arena.take(columns * pitch);
    return CpuTensor.dense(arena.array(), at, rows, columns, pitch, differentiable);
  }

  /** A dense matrix of zeros. */
  CpuTensor makeZeros(int rows, int columns, boolean differentiable) {
    CpuTensor tensor = make(rows, columns, differentiable);
    Arrays.fill(tensor.values, tensor.at, tensor.at + tensor.run(), 0);
    return tensor;
  }

  /** A dense matrix as large as another. */
  CpuTensor like(CpuTensor a) {
    return make(a.rows, a.columns, a.differentiable);
  }

  /** Notes how an operation's gradient goes back, if one is wanted. */
  CpuTensor record(CpuTensor result, Runnable back) {
    return record(result, result, back);
  }

  /** Notes the way back of an operation with two results. */
  CpuTensor record(CpuTensor first, CpuTensor second, Runnable back) {
    if (first.differentiable) {
      tape.add(new Step(first, second, back));
    }
    return first;
  }

  /** Walks the tape backwards. */
  void walk() {
    for (int i = tape.size() - 1; i >= 0; i--) {
      Step step = tape.get(i);
      if (step.first.hasGradient() || step.second.hasGradient()) {
        step.back.run();
      }
    }
    tape.clear();
  }

  float[] gradient(CpuTensor tensor) {
    return tensor.gradient(arena);
  }

  /** The matrix as a run; a copy if it is a part of the weights. */
  CpuTensor dense(CpuTensor a) {
    if (a.isDense(pitch(a.rows))) {
      return a;
    }
    CpuTensor result = makeZeros(a.rows, a.columns, a.differentiable);
    for (int c = 0; c < a.columns; c++) {
      int to = result.at + c * result.columnStep;
      for (int r = 0; r < a.rows; r++) {
        result.values[to + r] = a.values[a.at + r * a.rowStep + c * a.columnStep];
      }
    }
    return record(
        result,
        () -> {
          float[] from = gradient(result);
          float[] to = gradient(a);
          int fromAt = result.gradientAt();
          int toAt = a.gradientAt();
          for (int c = 0; c < a.columns; c++) {
            for (int r = 0; r < a.rows; r++) {
              to[toAt + r * a.rowStep + c * a.columnStep] +=
                  from[fromAt + c * result.columnStep + r];
            }
          }
        });
  }

  /** Zeroes what lies between the last row and the end of each column. */
  static void clearPadding(CpuTensor shape, float[] array, int at) {
    int padding = shape.columnStep - shape.rows;
    if (padding > 0) {
      for (int c = 0; c < shape.columns; c++) {
        int from = at + c * shape.columnStep + shape.rows;
        Arrays.fill(array, from, from + padding, 0);
      }
    }
  }
}
