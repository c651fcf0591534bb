package io.github.sbi4j.flows.tensor.cpu;

import io.github.sbi4j.flows.tensor.AdamSettings;
import io.github.sbi4j.flows.tensor.Optimizer;
import java.util.Arrays;

/** Adam over the flat array. */
final class CpuAdam implements Optimizer {
  private final CpuWeights weights;
  private final AdamSettings settings;

  /** 1 where a weight is free; 0 where it is masked or state. */
  private final float[] free;

  private final float[] first;
  private final float[] second;
  private long steps;

  CpuAdam(CpuWeights weights, AdamSettings settings) {
    this.weights = weights;
    this.settings = settings;
    this.free = weights.layout().freeValues();
    this.first = new float[free.length];
    this.second = new float[free.length];
  }

  @Override
  public double step(double learningRate, double maxNorm) {
    float[] gradient = weights.gradient();
    int n = gradient.length;
    for (int i = 0; i < n; i++) {
      gradient[i] *= free[i];
    }
    double norm = Math.sqrt(weights.engine().kernels().sumOfSquares(gradient, n));
    if (Double.isFinite(norm)) {
      update(gradient, learningRate, norm > maxNorm ? maxNorm / norm : 1);
    }
    Arrays.fill(gradient, 0);
    return norm;
  }

  private void update(float[] gradient, double learningRate, double rescale) {
    steps++;
    float b1 = (float) settings.beta1();
    float b2 = (float) settings.beta2();
    float fresh1 = (float) ((1 - settings.beta1()) * rescale);
    float fresh2 = (float) ((1 - settings.beta2()) * rescale * rescale);
    float rate = (float) (learningRate / (1 - Math.pow(settings.beta1(), steps)));
    float correction = (float) (1 / Math.sqrt(1 - Math.pow(settings.beta2(), steps)));
    float epsilon = (float) settings.epsilon();
    float decay = (float) (learningRate * settings.weightDecay());
    float[] w = weights.values();
    for (int i = 0; i < w.length; i++) {
      float g = gradient[i];
      float m = b1 * first[i] + fresh1 * g;
      float v = b2 * second[i] + fresh2 * g * g;
      first[i] = m;
      second[i] = v;
      float move = rate * m / (correction * (float) Math.sqrt(v) + epsilon);
      w[i] -= move + decay * free[i] * w[i];
    }
  }
}
