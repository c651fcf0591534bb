package io.github.sbi4j.flows.tensor.cpu;

import io.github.sbi4j.flows.tensor.Activation;
import io.github.sbi4j.flows.tensor.cpu.kernel.Kernels;
import java.util.Arrays;

/** Convolution and pooling along time; channel c at time t is column c length + t. */
final class Convolutions {
  private final Evaluation evaluation;
  private final Kernels kernels;

  Convolutions(Evaluation evaluation) {
    this.evaluation = evaluation;
    this.kernels = evaluation.kernels;
  }

  /** A layer's sizes and where the kernel lies over the series at each time. */
  private record Geometry(int outputs, int channels, int kernel, int length) {
    /** The first place of the kernel that is over the series. */
    int from(int time) {
      return Math.max(0, kernel / 2 - time);
    }

    /** The number of places over the series. */
    int width(int time) {
      return Math.min(kernel, length + kernel / 2 - time) - from(time);
    }

    /** The column under the first such place. */
    int column(int channel, int time) {
      return channel * length + time + from(time) - kernel / 2;
    }
  }

  CpuTensor convolution(
      CpuTensor matrix,
      CpuTensor weight,
      CpuTensor bias,
      int channels,
      int kernel,
      Activation activation) {
    CpuTensor input = evaluation.dense(matrix);
    int length = input.columns / channels;
    Geometry shape = new Geometry(weight.rows, channels, kernel, length);
    boolean differentiable = input.differentiable || weight.differentiable || bias.differentiable;
    CpuTensor output = evaluation.make(input.rows, shape.outputs * length, differentiable);
    int n = output.columnStep;
    for (int o = 0; o < shape.outputs; o++) {
      int from = output.at + o * length * n;
      float value = bias.values[bias.at + o * bias.columnStep];
      Arrays.fill(output.values, from, from + length * n, value);
    }
    for (int t = 0; t < length; t++) {
      for (int c = 0; c < channels; c++) {
        kernels.multiply(
            shape.outputs,
            shape.width(t),
            n,
            weight.values,
            weight.at + (c * kernel + shape.from(t)) * weight.columnStep,
            weight.rowStep,
            weight.columnStep,
            input.values,
            input.at + shape.column(c, t) * n,
            n,
            output.values,
            output.at + t * n,
            length * n);
      }
    }
    Activations.apply(kernels, activation, output.values, output.at, output.run());
    return evaluation.record(output, () -> back(input, weight, bias, activation, output, shape));
  }

  private void back(
      CpuTensor input,
      CpuTensor weight,
      CpuTensor bias,
      Activation activation,
      CpuTensor output,
      Geometry shape) {
    float[] g = evaluation.gradient(output);
    int at = output.gradientAt();
    int n = output.columnStep;
    int length = shape.length;
    Activations.pullBack(kernels, activation, output.values, output.at, g, at, output.run());
    Evaluation.clearPadding(output, g, at);
    Evaluation.clearPadding(input, input.values, input.at);
    for (int t = 0; t < length; t++) {
      for (int c = 0; c < shape.channels; c++) {
        int place = (c * shape.kernel + shape.from(t)) * weight.columnStep;
        if (input.differentiable) {
          float[] to = evaluation.gradient(input);
          kernels.multiply(
              shape.width(t),
              shape.outputs,
              n,
              weight.values,
              weight.at + place,
              weight.columnStep,
              weight.rowStep,
              g,
              at + t * n,
              length * n,
              to,
              input.gradientAt() + shape.column(c, t) * n,
              n);
        }
        if (weight.differentiable) {
          float[] to = evaluation.gradient(weight);
          kernels.outer(
              shape.outputs,
              shape.width(t),
              n,
              g,
              at + t * n,
              length * n,
              input.values,
              input.at + shape.column(c, t) * n,
              n,
              to,
              weight.gradientAt() + place,
              weight.rowStep,
              weight.columnStep);
        }
      }
    }
    if (bias.differentiable) {
      float[] to = evaluation.gradient(bias);
      int run = length * n;
      kernels.sums(shape.outputs, run, g, at, run, to, bias.gradientAt(), bias.columnStep);
    }
  }

  CpuTensor maxPool(CpuTensor matrix, int channels, int window) {
    CpuTensor input = evaluation.dense(matrix);
    int length = input.columns / channels;
    int pooled = length / window;
    CpuTensor output = evaluation.make(input.rows, channels * pooled, input.differentiable);
    int n = output.columnStep;
    for (int k = 0; k < output.columns; k++) {
      int from = input.at + (k / pooled * length + k % pooled * window) * n;
      int to = output.at + k * n;
      System.arraycopy(input.values, from, output.values, to, n);
      for (int w = 1; w < window; w++) {
        kernels.maximum(input.values, from + w * n, output.values, to, n);
      }
    }
    return evaluation.record(output, () -> poolBack(input, output, length, pooled, window));
  }

  /** The gradient goes to the first of the largest values. */
  private void poolBack(CpuTensor input, CpuTensor output, int length, int pooled, int window) {
    float[] g = evaluation.gradient(output);
    float[] to = evaluation.gradient(input);
    int n = output.columnStep;
    for (int k = 0; k < output.columns; k++) {
      int first = (k / pooled * length + k % pooled * window) * n;
      for (int r = 0; r < output.rows; r++) {
        float top = output.values[output.at + k * n + r];
        for (int w = 0; w < window; w++) {
          if (input.values[input.at + first + w * n + r] == top) {
            to[input.gradientAt() + first + w * n + r] += g[output.gradientAt() + k * n + r];
            break;
          }
        }
      }
    }
  }
}
