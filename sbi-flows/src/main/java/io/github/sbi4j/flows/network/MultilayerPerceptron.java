package io.github.sbi4j.flows.network;

import io.github.sbi4j.flows.tensor.Activation;
import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.ParameterLayout;
import io.github.sbi4j.flows.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Hidden layers, then a linear output that also sees the input itself, so that linear relations
 * need not be learned through the activation.
 */
public final class MultilayerPerceptron {
  private final List<LinearLayer> hidden;
  private final LinearLayer output;

  private MultilayerPerceptron(List<LinearLayer> hidden, LinearLayer output) {
    this.hidden = hidden;
    this.output = output;
  }

  /**
   * Adds a perceptron to a layout.
   *
   * @param layout receives the weights
   * @param name the prefix of the names
   * @param inputs the number of inputs
   * @param hiddenFeatures the width of each hidden layer
   * @param hiddenLayers the number of hidden layers
   * @param outputs the number of outputs
   * @param activation of the hidden layers
   * @param gain the scale of the output layer's first weights
   * @param biases the output's biases to start from; null for small ones
   * @param random draws the weights
   * @return the perceptron
   */
  public static MultilayerPerceptron create(
      ParameterLayout layout,
      String name,
      int inputs,
      int hiddenFeatures,
      int hiddenLayers,
      int outputs,
      Activation activation,
      double gain,
      float @Nullable [] biases,
      RandomGenerator random) {
    List<LinearLayer> hidden = new ArrayList<>();
    int width = inputs;
    for (int i = 0; i < hiddenLayers; i++) {
      hidden.add(
          LinearLayer.create(
              layout, name + ".hidden." + i, width, hiddenFeatures, activation, 1, random));
      width = hiddenFeatures;
    }
    int seen = hiddenLayers == 0 ? inputs : hiddenFeatures + inputs;
    LinearLayer output =
        LinearLayer.create(
            layout,
            name + ".output",
            seen,
            outputs,
            Activation.IDENTITY,
            gain,
            null,
            biases,
            random);
    return new MultilayerPerceptron(List.copyOf(hidden), output);
  }

  /**
   * {@return the output for a batch of inputs, B x outputs}
   *
   * @param ops the evaluation
   * @param input B x inputs
   */
  public Tensor apply(Operations ops, Tensor input) {
    return output.apply(ops, seenByLast(ops, input));
  }

  /**
   * {@return the output layer with what it sees, for operations that are fused with it}
   *
   * @param ops the evaluation
   * @param input B x inputs
   */
  public LinearLayer.Operands last(Operations ops, Tensor input) {
    return output.operands(ops, seenByLast(ops, input));
  }

  private Tensor seenByLast(Operations ops, Tensor input) {
    return hidden.isEmpty()
        ? input
        : ops.concat(following(ops, hidden.get(0).apply(ops, input)), input);
  }

  /**
   * {@return the output layer with what it sees, for operations that are fused with it}
   *
   * @param ops the evaluation
   * @param own B x the first inputs
   * @param context B x the other inputs, or 1 x them for all
   */
  public LinearLayer.Operands last(Operations ops, Tensor own, Tensor context) {
    if (hidden.isEmpty()) {
      return output.operands(ops, own, context);
    }
    Tensor h = following(ops, hidden.get(0).apply(ops, own, context));
    return output.operands(ops, ops.concat(h, own), context);
  }

  private Tensor following(Operations ops, Tensor first) {
    Tensor h = first;
    for (LinearLayer layer : hidden.subList(1, hidden.size())) {
      h = layer.apply(ops, h);
    }
    return h;
  }
}
