package io.github.sbi4j.flows.tensor.cpu;

import java.util.Arrays;

/** Operations that only move values. */
final class Arrangement {
  private final Evaluation evaluation;

  Arrangement(Evaluation evaluation) {
    this.evaluation = evaluation;
  }

  CpuTensor concat(CpuTensor[] tensors) {
    int columns = 0;
    boolean differentiable = false;
    CpuTensor[] parts = new CpuTensor[tensors.length];
    for (int i = 0; i < tensors.length; i++) {
      parts[i] = evaluation.dense(tensors[i]);
      columns += parts[i].columns;
      differentiable |= parts[i].differentiable;
    }
    CpuTensor result = evaluation.make(parts[0].rows, columns, differentiable);
    int to = result.at;
    for (CpuTensor part : parts) {
      System.arraycopy(part.values, part.at, result.values, to, part.run());
      to += part.run();
    }
    return evaluation.record(
        result,
        () -> {
          float[] from = evaluation.gradient(result);
          int at = result.gradientAt();
          for (CpuTensor part : parts) {
            if (part.differentiable) {
              float[] g = evaluation.gradient(part);
              evaluation.kernels.add(from, at, g, part.gradientAt(), part.run());
            }
            at += part.run();
          }
        });
  }

  CpuTensor columns(CpuTensor a, int from, int to) {
    return a.part(0, from, a.rows, to - from);
  }

  CpuTensor selectColumns(CpuTensor matrix, int[] indices) {
    CpuTensor a = evaluation.dense(matrix);
    CpuTensor result = evaluation.make(a.rows, indices.length, a.differentiable);
    int pitch = result.columnStep;
    for (int c = 0; c < indices.length; c++) {
      System.arraycopy(
          a.values, a.at + indices[c] * pitch, result.values, result.at + c * pitch, pitch);
    }
    return evaluation.record(
        result,
        () -> {
          float[] from = evaluation.gradient(result);
          float[] to = evaluation.gradient(a);
          for (int c = 0; c < indices.length; c++) {
            int at = a.gradientAt() + indices[c] * pitch;
            evaluation.kernels.add(from, result.gradientAt() + c * pitch, to, at, pitch);
          }
        });
  }

  CpuTensor selectRows(CpuTensor a, int from, int to) {
    if (!a.isDense(evaluation.pitch(a.rows))) {
      return a.part(from, 0, to - from, a.columns);
    }
    int[] source = new int[to - from];
    Arrays.setAll(source, r -> from + r);
    return takeRows(a, source);
  }

  CpuTensor repeatRows(CpuTensor a, int times) {
    if (times == 1) {
      return a;
    }
    if (a.rows == 1) {
      return broadcast(a, times, a.columns);
    }
    return repeatDense(evaluation.dense(a), times);
  }

  private CpuTensor repeatDense(CpuTensor a, int times) {
    CpuTensor result = evaluation.makeZeros(a.rows * times, a.columns, a.differentiable);
    for (int c = 0; c < a.columns; c++) {
      int from = a.at + c * a.columnStep;
      int to = result.at + c * result.columnStep;
      for (int r = 0; r < a.rows; r++, to += times) {
        Arrays.fill(result.values, to, to + times, a.values[from + r]);
      }
    }
    return evaluation.record(
        result,
        () -> {
          float[] from = evaluation.gradient(result);
          float[] to = evaluation.gradient(a);
          for (int c = 0; c < a.columns; c++) {
            int fromAt = result.gradientAt() + c * result.columnStep;
            int toAt = a.gradientAt() + c * a.columnStep;
            for (int r = 0; r < a.rows; r++, fromAt += times) {
              float sum = 0;
              for (int i = 0; i < times; i++) {
                sum += from[fromAt + i];
              }
              to[toAt + r] += sum;
            }
          }
        });
  }

  private CpuTensor takeRows(CpuTensor matrix, int[] source) {
    CpuTensor a = evaluation.dense(matrix);
    CpuTensor result = evaluation.makeZeros(source.length, a.columns, a.differentiable);
    for (int c = 0; c < a.columns; c++) {
      int from = a.at + c * a.columnStep;
      int to = result.at + c * result.columnStep;
      for (int r = 0; r < source.length; r++) {
        result.values[to + r] = a.values[from + source[r]];
      }
    }
    return evaluation.record(
        result,
        () -> {
          float[] from = evaluation.gradient(result);
          float[] to = evaluation.gradient(a);
          for (int c = 0; c < a.columns; c++) {
            int fromAt = result.gradientAt() + c * result.columnStep;
            int toAt = a.gradientAt() + c * a.columnStep;
            for (int r = 0; r < source.length; r++) {
              to[toAt + source[r]] += from[fromAt + r];
            }
          }
        });
  }

  CpuTensor reshape(CpuTensor matrix, int rows, int columns) {
    if (matrix.rows == rows) {
      return matrix;
    }
    CpuTensor a = evaluation.dense(matrix);
    CpuTensor result = evaluation.makeZeros(rows, columns, a.differentiable);
    for (int r = 0, i = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++, i++) {
        int from = a.at + i / a.columns + i % a.columns * a.columnStep;
        result.values[result.at + r + c * result.columnStep] = a.values[from];
      }
    }
    return evaluation.record(
        result,
        () -> {
          float[] from = evaluation.gradient(result);
          float[] to = evaluation.gradient(a);
          for (int r = 0, i = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++, i++) {
              int at = a.gradientAt() + i / a.columns + i % a.columns * a.columnStep;
              to[at] += from[result.gradientAt() + r + c * result.columnStep];
            }
          }
        });
  }

  CpuTensor sumGroups(CpuTensor matrix, int size) {
    CpuTensor a = evaluation.dense(matrix);
    int groups = a.rows / size;
    CpuTensor result = evaluation.makeZeros(groups, a.columns, a.differentiable);
    for (int c = 0; c < a.columns; c++) {
      int from = a.at + c * a.columnStep;
      int to = result.at + c * result.columnStep;
      for (int g = 0; g < groups; g++) {
        float sum = 0;
        for (int i = 0; i < size; i++) {
          sum += a.values[from + g * size + i];
        }
        result.values[to + g] = sum;
      }
    }
    return evaluation.record(
        result,
        () -> {
          float[] from = evaluation.gradient(result);
          float[] to = evaluation.gradient(a);
          for (int c = 0; c < a.columns; c++) {
            int fromAt = result.gradientAt() + c * result.columnStep;
            int toAt = a.gradientAt() + c * a.columnStep;
            for (int r = 0; r < groups * size; r++) {
              to[toAt + r] += from[fromAt + r / size];
            }
          }
        });
  }

  /** A single row or column repeated to the given size; the matrix itself if it has that size. */
  CpuTensor broadcast(CpuTensor matrix, int rows, int columns) {
    CpuTensor a = evaluation.dense(matrix);
    if (a.rows == rows && a.columns == columns) {
      return a;
    }
    CpuTensor result = evaluation.makeZeros(rows, columns, a.differentiable);
    for (int c = 0; c < columns; c++) {
      int from = a.at + (a.columns == 1 ? 0 : c * a.columnStep);
      int to = result.at + c * result.columnStep;
      if (a.rows == 1) {
        Arrays.fill(result.values, to, to + rows, a.values[from]);
      } else {
        System.arraycopy(a.values, from, result.values, to, rows);
      }
    }
    return evaluation.record(result, () -> sumBack(result, a));
  }

  private void sumBack(CpuTensor result, CpuTensor a) {
    float[] from = evaluation.gradient(result);
    float[] to = evaluation.gradient(a);
    for (int c = 0; c < result.columns; c++) {
      int fromAt = result.gradientAt() + c * result.columnStep;
      int toAt = a.gradientAt() + (a.columns == 1 ? 0 : c * a.columnStep);
      if (a.rows == 1) {
        double sum = 0;
        for (int r = 0; r < result.rows; r++) {
          sum += from[fromAt + r];
        }
        to[toAt] += (float) sum;
      } else {
        evaluation.kernels.add(from, fromAt, to, toAt, result.columnStep);
      }
    }
  }
}
