package io.github.sbi4j.ppl.expression;

import java.util.Arrays;

/**
 * A function of all numbers of its operands. Most often its values are summed, so their gradient is
 * computed with them, for weights of one; only if the adjoint turns out to be another is the
 * function evaluated again.
 *
 * @param size the number of values
 * @param sizes the size of each operand; not to be changed
 */
record Batched(BatchFunction function, int size, int[] sizes) implements Operation {
  private record Buffers(double[] ones, double[] values, double[][] gradients, double[][] none) {}

  @Override
  public Object memory(int capacity, boolean[] active) {
    double[] ones = new double[capacity * size];
    Arrays.fill(ones, 1);
    double[][] gradients = new double[active.length][];
    Arrays.setAll(gradients, k -> new double[active[k] ? capacity * sizes[k] : 0]);
    return new Buffers(ones, new double[ones.length], gradients, new double[active.length][0]);
  }

  @Override
  public void forward(
      int chains, double[][] in, double[] out, Object memory, boolean wantsGradient) {
    Buffers buffers = (Buffers) memory;
    if (wantsGradient) {
      function.evaluate(chains, in, buffers.ones, out, buffers.gradients);
    } else {
      function.evaluate(chains, in, new double[0], out, buffers.none);
    }
  }

  @Override
  public void backward(
      int chains,
      double[][] in,
      double[] out,
      double[] adjoint,
      double[][] inAdjoints,
      Object memory) {
    Buffers buffers = (Buffers) memory;
    int count = chains * size;
    if (!Arrays.equals(adjoint, 0, count, buffers.ones, 0, count)) {
      function.evaluate(chains, in, adjoint, buffers.values, buffers.gradients);
    }
    for (int k = 0; k < sizes.length; k++) {
      double[] target = inAdjoints[k];
      double[] gradient = buffers.gradients[k];
      for (int i = 0; i < chains * sizes[k] && target.length > 0; i++) {
        target[i] += gradient[i];
      }
    }
  }
}
