package io.github.sbi4j.flows.tensor.cpu;

import io.github.sbi4j.flows.tensor.Activation;
import io.github.sbi4j.flows.tensor.cpu.kernel.Kernels;

/** The activation functions whose slope follows from their value; all but GELU. */
final class Activations {
  private Activations() {}

  /** Applies the function in place. */
  static void apply(Kernels kernels, Activation activation, float[] y, int at, int n) {
    switch (activation) {
      case IDENTITY -> {}
      case RELU -> {
        for (int j = at; j < at + n; j++) {
          y[j] = Math.max(y[j], 0f);
        }
      }
      case TANH -> kernels.tanh(y, at, y, at, n);
      case ELU -> elu(kernels, y, at, n);
      case GELU -> throw new IllegalArgumentException("the slope of GELU needs its argument");
    }
  }

  private static void elu(Kernels kernels, float[] y, int at, int n) {
    float[] negative = new float[n];
    for (int j = 0; j < n; j++) {
      negative[j] = Math.min(y[at + j], 0f);
    }
    kernels.expm1(negative, 0, negative, 0, n);
    for (int j = 0; j < n; j++) {
      y[at + j] = Math.max(y[at + j], 0f) + negative[j];
    }
  }

  /** Multiplies a gradient by the slope at the values that the function gave. */
  static void pullBack(
      Kernels kernels, Activation activation, float[] y, int at, float[] g, int gAt, int n) {
    switch (activation) {
      case IDENTITY, GELU -> {}
      case RELU -> kernels.pullBackRelu(y, at, g, gAt, n);
      case TANH -> kernels.pullBackTanh(y, at, g, gAt, n);
      case ELU -> kernels.pullBackElu(y, at, g, gAt, n);
    }
  }
}
