package io.github.sbi4j.flows.tensor.cpu;

import io.github.sbi4j.flows.tensor.Activation;
import io.github.sbi4j.flows.tensor.cpu.kernel.Kernels;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Matrix products and linear layers. */
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
    kernels.multiply(
        output.columns,
        input.columns,
        pitch,
        weight.values,
        weight.at,
        weight.rowStep,
        weight.columnStep,
        input.values,
        input.at,
        pitch,
        output.values,
        output.at,
        pitch);
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
    Activations.pullBack(activation, output.values, output.at, g, at, output.run());
    if (input.differentiable) {
      float[] to = evaluation.gradient(input);
      kernels.multiply(
          input.columns,
          output.columns,
          pitch,
          weight.values,
          weight.at,
          weight.columnStep,
          weight.rowStep,
          g,
          at,
          pitch,
          to,
          input.gradientAt(),
          pitch);
    }
    boolean toBias = bias != null && bias.differentiable;
    if (weight.differentiable || toBias) {
      Evaluation.clearPadding(output, g, at);
    }
    if (weight.differentiable) {
      Evaluation.clearPadding(input, input.values, input.at);
      float[] to = evaluation.gradient(weight);
      kernels.outer(
          output.columns,
          input.columns,
          pitch,
          g,
          at,
          pitch,
          input.values,
          input.at,
          pitch,
          to,
          weight.gradientAt(),
          weight.rowStep,
          weight.columnStep);
    }
    if (bias != null && bias.differentiable) {
      float[] to = evaluation.gradient(bias);
      for (int o = 0; o < output.columns; o++) {
        to[bias.gradientAt() + o * bias.columnStep] += kernels.sum(g, at + o * pitch, pitch);
      }
    }
  }
}
