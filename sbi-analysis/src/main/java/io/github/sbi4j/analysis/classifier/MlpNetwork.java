package io.github.sbi4j.analysis.classifier;

import io.github.sbi4j.flows.network.LinearLayer;
import io.github.sbi4j.flows.tensor.Activation;
import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.Parameter;
import io.github.sbi4j.flows.tensor.ParameterLayout;
import io.github.sbi4j.flows.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** A feed-forward network with ReLU units and one logit. */
final class MlpNetwork {
  private final ParameterLayout layout = new ParameterLayout();
  private final List<LinearLayer> layers = new ArrayList<>();

  /**
   * A network whose weights and biases start uniform within {@code sqrt(6 / (inputs + outputs))}.
   *
   * @param sizes the number of inputs, then the units of each hidden layer
   * @param neutral whether those of the output start at zero instead
   * @param random draws the weights
   */
  MlpNetwork(int[] sizes, boolean neutral, RandomGenerator random) {
    for (int l = 0; l < sizes.length; l++) {
      boolean last = l + 1 == sizes.length;
      int outputs = last ? 1 : sizes[l + 1];
      double bound = last && neutral ? 0 : Math.sqrt(6.0 / (sizes[l] + outputs));
      float[] weights = uniform(outputs * sizes[l], bound, random);
      Parameter weight = layout.add(l + ".weight", outputs, sizes[l], weights);
      Parameter bias = layout.add(l + ".bias", 1, outputs, uniform(outputs, bound, random));
      layers.add(new LinearLayer(weight, bias, last ? Activation.IDENTITY : Activation.RELU));
    }
  }

  private static float[] uniform(int count, double bound, RandomGenerator random) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (bound * (2 * random.nextDouble() - 1));
    }
    return values;
  }

  ParameterLayout layout() {
    return layout;
  }

  /** The logits of a batch, B x 1. */
  Tensor logits(Operations ops, Tensor inputs) {
    Tensor values = inputs;
    for (LinearLayer layer : layers) {
      values = layer.apply(ops, values);
    }
    return values;
  }

  /**
   * The logistic loss of each row, B x 1.
   *
   * @param ops the evaluation
   * @param inputs B x inputs
   * @param targets the classes, 0 or 1, B x 1
   * @return log(1 + e<sup>z</sup>) - y z
   */
  Tensor loss(Operations ops, Tensor inputs, Tensor targets) {
    Tensor logits = logits(ops, inputs);
    return ops.subtract(ops.softplus(logits), ops.multiply(targets, logits));
  }

  /** Half the sum of all squared weights without the biases, 1 x 1. */
  Tensor halfSquaredWeights(Operations ops) {
    Tensor sum = ops.constant(new float[1], 1, 1);
    for (LinearLayer layer : layers) {
      Tensor weight = ops.parameter(layer.weight());
      Tensor ofRows = ops.sumColumns(ops.multiply(weight, weight));
      sum = ops.add(sum, ops.scale(ops.mean(ofRows), layer.weight().rows()));
    }
    return ops.scale(sum, 0.5);
  }
}
