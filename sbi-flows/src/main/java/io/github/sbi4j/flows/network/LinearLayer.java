package io.github.sbi4j.flows.network;

import io.github.sbi4j.flows.tensor.Activation;
import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.Parameter;
import io.github.sbi4j.flows.tensor.ParameterLayout;
import io.github.sbi4j.flows.tensor.Tensor;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A linear layer with its activation.
 *
 * @param weight outputs x inputs
 * @param bias 1 x outputs
 * @param activation applied to each output
 */
public record LinearLayer(Parameter weight, Parameter bias, Activation activation) {

  /**
   * Adds a layer to a layout, with weights and biases uniform within gain / sqrt(inputs).
   *
   * @param layout receives the weights
   * @param name the prefix of the names
   * @param inputs the number of inputs
   * @param outputs the number of outputs
   * @param activation applied to each output
   * @param gain one for a hidden layer, little for a last layer that is to begin near its bias
   * @param random draws the weights
   * @return the layer
   */
  public static LinearLayer create(
      ParameterLayout layout,
      String name,
      int inputs,
      int outputs,
      Activation activation,
      double gain,
      RandomGenerator random) {
    return create(layout, name, inputs, outputs, activation, gain, null, null, random);
  }

  /**
   * Adds a layer some of whose weights are held at zero and whose biases may be given.
   *
   * @param layout receives the weights
   * @param name the prefix of the names
   * @param inputs the number of inputs
   * @param outputs the number of outputs
   * @param activation applied to each output
   * @param gain one for a hidden layer, little for a last layer that is to begin near its bias
   * @param mask outputs x inputs, 1 where a weight is free; null for a dense layer
   * @param biases the biases to start from; null for uniform ones
   * @param random draws the weights
   * @return the layer
   */
  public static LinearLayer create(
      ParameterLayout layout,
      String name,
      int inputs,
      int outputs,
      Activation activation,
      double gain,
      float @Nullable [] mask,
      float @Nullable [] biases,
      RandomGenerator random) {
    double bound = gain / Math.sqrt(Math.max(1, inputs));
    float[] values = uniform(outputs * inputs, bound, random);
    Parameter weight =
        mask == null
            ? layout.add(name + ".weight", outputs, inputs, values)
            : layout.addMasked(name + ".weight", outputs, inputs, values, mask);
    float[] first = biases == null ? uniform(outputs, bound, random) : biases;
    return new LinearLayer(weight, layout.add(name + ".bias", 1, outputs, first), activation);
  }

  private static float[] uniform(int count, double bound, RandomGenerator random) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
    }
    return values;
  }

  /**
   * {@return the output for a batch, B x outputs}
   *
   * @param ops the evaluation
   * @param input B x inputs
   */
  public Tensor apply(Operations ops, Tensor input) {
    return ops.linear(input, ops.parameter(weight), ops.parameter(bias), activation);
  }

  /**
   * A linear map about to be applied, for operations that are fused with it.
   *
   * @param input B x inputs
   * @param weight outputs x inputs
   * @param bias 1 x outputs
   */
  public record Operands(Tensor input, Tensor weight, Tensor bias) {}

  /**
   * {@return what is to be multiplied and added}
   *
   * @param ops the evaluation
   * @param input B x inputs
   */
  public Operands operands(Operations ops, Tensor input) {
    return new Operands(input, ops.parameter(weight), ops.parameter(bias));
  }

  /**
   * The layer over inputs of which the last are a context. What a context that the whole batch
   * shares gives to the outputs is computed once and joins the bias.
   *
   * @param ops the evaluation
   * @param own B x the first inputs
   * @param context B x the other inputs, or 1 x them for all
   * @return what is to be multiplied and added
   */
  public Operands operands(Operations ops, Tensor own, Tensor context) {
    if (context.rows() == own.rows()) {
      return operands(ops, ops.concat(own, context));
    }
    Tensor all = ops.parameter(weight);
    int border = own.columns();
    Tensor fromContext = ops.columns(all, border, all.columns());
    Tensor shared = ops.linear(context, fromContext, ops.parameter(bias), Activation.IDENTITY);
    return new Operands(own, ops.columns(all, 0, border), shared);
  }

  /**
   * {@return the output for a batch, B x outputs}
   *
   * @param ops the evaluation
   * @param own B x the first inputs
   * @param context B x the other inputs, or 1 x them for all
   */
  public Tensor apply(Operations ops, Tensor own, Tensor context) {
    Operands operands = operands(ops, own, context);
    return ops.linear(operands.input(), operands.weight(), operands.bias(), activation);
  }

  /** {@return the number of outputs} */
  public int outputs() {
    return weight.rows();
  }
}
