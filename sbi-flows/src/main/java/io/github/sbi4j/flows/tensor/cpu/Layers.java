package io.github.sbi4j.flows.tensor.cpu;

import io.github.sbi4j.flows.tensor.Activation;
import io.github.sbi4j.flows.tensor.cpu.kernel.Kernels;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Matrix products and linear layers; the zeros of masked weights are left out. */
final class Layers {
  private final Evaluation evaluation;
  private final Kernels kernels;

  Layers(Evaluation evaluation) {
    this.evaluation = evaluation;
    this.kernels = evaluation.kernels;
  }

  CpuTensor product(CpuTensor input, CpuTensor weight) {
    return layer(input, weight, null, Activation.IDENTITY);
  }

  CpuTensor linear(CpuTensor input, CpuTensor weight, CpuTensor bias, Activation activation) {
    return layer(input, weight, bias, activation);
  }

  private CpuTensor layer(
      CpuTensor matrix, CpuTensor weight, @Nullable CpuTensor bias, Activation activation) {
    CpuTensor input = evaluation.dense(matrix);
    boolean differentiable =
        input.differentiable || weight.differentiable || bias != null && bias.differentiable;
    CpuTensor output = evaluation.make(input.rows, weight.rows, differentiable);
    int pitch = output.columnStep;
    for (int o = 0; o < output.columns; o++) {
      int from = output.at + o * pitch;
      float value = bias == null ? 0 : bias.values[bias.at + o * bias.columnStep];
      Arrays.fill(output.values, from, from + pitch, value);
    }
    Sparsity zeros = sparsity(weight);
    int[][] blocks = zeros == null ? null : zeros.ofRows();
    multiply(
        blocks,
        output.columns,
        input.columns,
        pitch,
        weight.values,
        weight.at,
        weight.rowStep,
        weight.columnStep,
        input.values,
        input.at,
        output.values,
        output.at);
    Activations.apply(kernels, activation, output.values, output.at, output.run());
    return evaluation.record(output, () -> back(input, weight, bias, activation, output));
  }

  private void back(
      CpuTensor input,
      CpuTensor weight,
      @Nullable CpuTensor bias,
      Activation activation,
      CpuTensor output) {
    float[] g = evaluation.gradient(output);
    int at = output.gradientAt();
    int pitch = output.columnStep;
    // Nothing else reads this gradient any more, so the slope goes into it in place.
    Activations.pullBack(kernels, activation, output.values, output.at, g, at, output.run());
    if (input.differentiable) {
      float[] to = evaluation.gradient(input);
      Sparsity zeros = sparsity(weight);
      int[][] blocks = zeros == null ? null : zeros.ofColumns();
      multiply(
          blocks,
          input.columns,
          output.columns,
          pitch,
          weight.values,
          weight.at,
          weight.columnStep,
          weight.rowStep,
          g,
          at,
          to,
          input.gradientAt());
    }
    boolean toBias = bias != null && bias.differentiable;
    if (weight.differentiable || toBias) {
      Evaluation.clearPadding(output, g, at);
    }
    if (weight.differentiable) {
      Evaluation.clearPadding(input, input.values, input.at);
      weightBack(input, weight, g, at);
    }
    if (bias != null && bias.differentiable) {
      float[] to = evaluation.gradient(bias);
      kernels.sums(output.columns, pitch, g, at, pitch, to, bias.gradientAt(), bias.columnStep);
    }
  }

  /** Where the zeros are that are worth leaving out, if any. */
  private @Nullable Sparsity sparsity(CpuTensor weight) {
    return kernels.fastOnBlocks() ? weight.sparsity : null;
  }

  private void multiply(
      int @Nullable [][] blocks,
      int outputs,
      int inputs,
      int n,
      float[] w,
      int wAt,
      int wOut,
      int wIn,
      float[] x,
      int xAt,
      float[] y,
      int yAt) {
    if (blocks == null) {
      kernels.multiply(outputs, inputs, n, w, wAt, wOut, wIn, x, xAt, n, y, yAt, n);
      return;
    }
    for (int b = 0; b < blocks.length; b++) {
      int first = b * Sparsity.BLOCK;
      int count = Math.min(Sparsity.BLOCK, outputs - first);
      int[] ranges = blocks[b];
      for (int r = 0; r < ranges.length; r += 2) {
        int from = ranges[r];
        int wFrom = wAt + first * wOut + from * wIn;
        kernels.multiply(
            count,
            ranges[r + 1] - from,
            n,
            w,
            wFrom,
            wOut,
            wIn,
            x,
            xAt + from * n,
            n,
            y,
            yAt + first * n,
            n);
      }
    }
  }

  private void weightBack(CpuTensor input, CpuTensor weight, float[] g, int at) {
    int n = input.columnStep;
    float[] to = evaluation.gradient(weight);
    int toAt = weight.gradientAt();
    int out = weight.rowStep;
    int in = weight.columnStep;
    float[] x = input.values;
    Sparsity zeros = sparsity(weight);
    if (zeros == null) {
      kernels.outer(weight.rows, weight.columns, n, g, at, n, x, input.at, n, to, toAt, out, in);
      return;
    }
    int[][] blocks = zeros.ofGradient();
    for (int b = 0; b < blocks.length; b++) {
      int first = b * Sparsity.GRADIENT_BLOCK;
      int count = Math.min(Sparsity.GRADIENT_BLOCK, weight.rows - first);
      int[] ranges = blocks[b];
      for (int r = 0; r < ranges.length; r += 2) {
        int from = ranges[r];
        int gAt = at + first * n;
        int xAt = input.at + from * n;
        int wAt = toAt + first * out + from * in;
        kernels.outer(count, ranges[r + 1] - from, n, g, gAt, n, x, xAt, n, to, wAt, out, in);
      }
    }
  }
}
