package io.github.sbi4j.flows.estimator;

import io.github.sbi4j.flows.network.MultilayerPerceptron;
import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.ParameterLayout;
import io.github.sbi4j.flows.tensor.Tensor;
import java.util.random.RandomGenerator;

/**
 * A Gaussian mixture whose parameters a network gives: log q(t | c) = log sum<sub>k</sub>
 * w<sub>k</sub>(c) N(t; m<sub>k</sub>(c), (U<sub>k</sub>(c)<sup>T</sup>
 * U<sub>k</sub>(c))<sup>-1</sup>).
 */
final class MixtureDensityNetwork implements DensityNetwork {
  private final int targets;
  private final int contexts;
  private final int components;
  private final int above;
  private final MultilayerPerceptron network;

  MixtureDensityNetwork(
      ParameterLayout layout, int targets, int contexts, Mdn settings, RandomGenerator random) {
    this.targets = targets;
    this.contexts = contexts;
    this.components = settings.components();
    this.above = targets * (targets - 1) / 2;
    int outputs = components * (1 + 2 * targets + above);
    float[] biases = new float[outputs];
    // The components begin apart, or they would all receive the same gradient and stay together.
    for (int i = 0; i < components * targets; i++) {
      biases[components + i] = (float) random.nextGaussian();
    }
    this.network =
        MultilayerPerceptron.create(
            layout,
            "mixture",
            contexts,
            settings.hiddenFeatures(),
            settings.hiddenLayers(),
            outputs,
            settings.activation(),
            0.3,
            biases,
            random);
  }

  @Override
  public int targets() {
    return targets;
  }

  @Override
  public int contexts() {
    return contexts;
  }

  /** The mixtures of the contexts are computed once for all their targets. */
  @Override
  public Tensor logProb(Operations ops, Tensor target, Tensor context, int draws) {
    return logProb(ops, target, context);
  }

  @Override
  public Tensor logProb(Operations ops, Tensor target, Tensor context) {
    return logProbOf(ops, target, Transform.forEach(ops, parameters(ops, context), target.rows()));
  }

  /** Logits, means, logarithms of diagonals and the values above them, component by component. */
  Tensor parameters(Operations ops, Tensor context) {
    return network.apply(ops, context);
  }

  /** The log-density of mixtures with such parameters, B x 1. */
  Tensor logProbOf(Operations ops, Tensor target, Tensor out) {
    int means = components;
    int diagonals = means + components * targets;
    int upper = diagonals + components * targets;
    return ops.mixtureLogProb(
        target,
        ops.columns(out, 0, means),
        ops.columns(out, means, diagonals),
        ops.columns(out, diagonals, upper),
        ops.columns(out, upper, upper + components * above));
  }

  /**
   * Draws on the heap: the mixtures of the N contexts are read once, then each draw is a choice and
   * a back substitution.
   */
  @Override
  public Tensor sample(Operations ops, Tensor context, int draws, RandomGenerator random) {
    Tensor out = network.apply(ops, context);
    float[] mixtures = ops.values(out);
    int width = out.columns();
    float[] result = new float[context.rows() * draws * targets];
    double[] cumulative = new double[components];
    double[] scales = new double[components * targets];
    double[] draw = new double[targets];
    for (int c = 0; c < context.rows(); c++) {
      int at = c * width;
      cumulate(mixtures, at, cumulative);
      for (int i = 0; i < scales.length; i++) {
        scales[i] = Math.exp(-mixtures[at + components * (1 + targets) + i]);
      }
      for (int i = 0; i < draws; i++) {
        double u = random.nextDouble() * cumulative[components - 1];
        int k = 0;
        while (k < components - 1 && cumulative[k] <= u) {
          k++;
        }
        solve(mixtures, at, k, scales, draw, random);
        int row = (c * draws + i) * targets;
        int mean = at + components + k * targets;
        for (int d = 0; d < targets; d++) {
          result[row + d] = (float) (mixtures[mean + d] + draw[d]);
        }
      }
    }
    return ops.constant(result, context.rows() * draws, targets);
  }

  private void cumulate(float[] mixtures, int at, double[] cumulative) {
    double max = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < components; k++) {
      max = Math.max(max, mixtures[at + k]);
    }
    double sum = 0;
    for (int k = 0; k < components; k++) {
      sum += Math.exp(mixtures[at + k] - max);
      cumulative[k] = sum;
    }
  }

  /** Solves U z = n for standard normal n, whose covariance is the inverse of the precision. */
  private void solve(
      float[] mixtures,
      int at,
      int component,
      double[] scales,
      double[] z,
      RandomGenerator random) {
    int upper = at + components * (1 + 2 * targets) + component * above;
    for (int i = targets - 1; i >= 0; i--) {
      double value = random.nextGaussian();
      int row = upper + i * (2 * targets - i - 1) / 2;
      for (int j = i + 1; j < targets; j++) {
        value -= mixtures[row + j - i - 1] * z[j];
      }
      z[i] = value * scales[component * targets + i];
    }
  }
}
