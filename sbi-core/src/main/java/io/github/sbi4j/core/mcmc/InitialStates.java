package io.github.sbi4j.core.mcmc;

import java.util.Arrays;

/** The states in which chains begin. */
final class InitialStates {
  private InitialStates() {}

  static <T extends LogDensity> ChainState[] of(T target, Kernel<T> kernel, double[][] initial) {
    int dimension = target.dimension();
    double[] positions = new double[initial.length * dimension];
    for (int c = 0; c < initial.length; c++) {
      Require.length("the initial point of chain " + c, initial[c], dimension);
      System.arraycopy(initial[c], 0, positions, c * dimension, dimension);
    }
    double[] values = new double[initial.length];
    double[] gradients = new double[kernel.usesGradients() ? positions.length : 0];
    kernel.evaluate(target, initial.length, positions, values, gradients);
    ChainState[] states = new ChainState[initial.length];
    for (int c = 0; c < states.length; c++) {
      int from = c * dimension;
      String name = "the initial point of chain " + c;
      double[] position = initial[c].clone();
      double[] gradient =
          kernel.usesGradients()
              ? Arrays.copyOfRange(gradients, from, from + dimension)
              : new double[0];
      Require.startable(name, position, values[c], gradient);
      states[c] = new ChainState(position, values[c], gradient);
    }
    return states;
  }
}
