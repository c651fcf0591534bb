package io.github.sbi4j.flows.variational;

import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.flows.Device;
import io.github.sbi4j.flows.estimator.DensityEstimator;
import io.github.sbi4j.flows.estimator.DensityNetwork;
import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.ParameterLayout;
import io.github.sbi4j.flows.tensor.Tensor;
import io.github.sbi4j.flows.tensor.Weights;
import java.util.random.RandomGenerator;

/** A density over D coordinates without a context: an estimator whose context is always zero. */
final class Flow {
  private final DensityNetwork network;
  private final Weights weights;

  Flow(DensityEstimator estimator, int dimension, long seed) {
    ParameterLayout layout = new ParameterLayout();
    this.network = estimator.build(dimension, 1, layout, RandomStreams.of(seed, 0));
    this.weights = Device.cpu().engine().weights(layout, layout.initialValues());
  }

  Weights weights() {
    return weights;
  }

  private static Tensor context(Operations ops) {
    return ops.constant(new float[1], 1, 1);
  }

  /** Draws, with derivatives with respect to the weights where the evaluation records them. */
  Tensor sample(Operations ops, int count, RandomGenerator random) {
    return network.sample(ops, context(ops), count, random);
  }

  Tensor logProb(Operations ops, Tensor points) {
    return network.logProb(ops, points, context(ops));
  }

  double[][] sample(int count, RandomGenerator random) {
    try (Operations ops = weights.evaluate()) {
      return rows(ops.values(sample(ops, count, random)), network.targets());
    }
  }

  double[] logProb(double[][] points) {
    try (Operations ops = weights.evaluate()) {
      Tensor at = ops.constant(flat(points), points.length, network.targets());
      return doubles(ops.values(logProb(ops, at)));
    }
  }

  /** The log-density and its gradients with respect to the points. */
  double[] logProbGradient(double[][] points, double[][] gradients) {
    try (Operations ops = weights.evaluate()) {
      Tensor at = ops.variable(flat(points), points.length, network.targets());
      Tensor logs = logProb(ops, at);
      double[] values = doubles(ops.values(logs));
      ops.backward(logs);
      double[][] slopes = rows(ops.gradient(at), network.targets());
      System.arraycopy(slopes, 0, gradients, 0, slopes.length);
      return values;
    }
  }

  static float[] flat(double[][] rows) {
    int columns = rows[0].length;
    float[] result = new float[rows.length * columns];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) rows[i / columns][i % columns];
    }
    return result;
  }

  static double[][] rows(float[] values, int columns) {
    double[][] result = new double[values.length / columns][columns];
    for (int i = 0; i < values.length; i++) {
      result[i / columns][i % columns] = values[i];
    }
    return result;
  }

  private static double[] doubles(float[] values) {
    double[] result = new double[values.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = values[i];
    }
    return result;
  }
}
