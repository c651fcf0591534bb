package io.github.sbi4j.flows.ratio;

import io.github.sbi4j.flows.tensor.Activation;
import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.Parameter;
import io.github.sbi4j.flows.tensor.ParameterLayout;
import io.github.sbi4j.flows.tensor.Tensor;

/**
 * What a log ratio has beside its network: z' Q z + s' z + c of parameters and observation side by
 * side, z = (theta, x). Where both are jointly Gaussian that is all of it, and a network without it
 * has to make products of sums of its units.
 *
 * @param matrix Q
 * @param slopes s
 * @param constant c
 */
record QuadraticTerms(Parameter matrix, Parameter slopes, Parameter constant) {
  /** Adds the terms to a layout, with the weights to start from. */
  static QuadraticTerms create(ParameterLayout layout, GaussianRatio start) {
    int n = start.slopes().length;
    return new QuadraticTerms(
        layout.add("quadratic.matrix", n, n, start.matrix()),
        layout.add("quadratic.slopes", 1, n, start.slopes()),
        layout.add("quadratic.constant", 1, 1, new float[] {start.constant()}));
  }

  /** The terms of each row of z, B x 1. */
  Tensor apply(Operations ops, Tensor inputs) {
    Tensor z = clipped(ops, inputs);
    Tensor square = ops.sumColumns(ops.multiply(ops.product(z, ops.parameter(matrix)), z));
    Tensor linear = ops.product(z, ops.parameter(slopes));
    return ops.add(ops.add(square, linear), ops.parameter(constant));
  }

  private static Tensor clipped(Operations ops, Tensor z) {
    Tensor aboveLow = ops.activate(ops.shift(z, GaussianRatio.LARGEST), Activation.RELU);
    Tensor aboveHigh = ops.activate(ops.shift(z, -GaussianRatio.LARGEST), Activation.RELU);
    return ops.shift(ops.subtract(aboveLow, aboveHigh), -GaussianRatio.LARGEST);
  }
}
