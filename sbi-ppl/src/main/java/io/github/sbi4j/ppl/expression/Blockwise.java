package io.github.sbi4j.ppl.expression;

import java.util.Arrays;

/**
 * A function of the blocks of several operands.
 *
 * @param blocks the number of blocks
 * @param sizes the size of each operand's block; not to be changed
 * @param shared which operands have one block for all; not to be changed
 * @param valueSize the size of the result's block
 */
record Blockwise(BlockFunction function, int blocks, int[] sizes, boolean[] shared, int valueSize)
    implements Operation {
  private static final class Buffers {
    final double[][] in;
    final double[][] inAdjoints;
    final double[] out;
    final double[] adjoint;

    Buffers(int[] sizes, int valueSize) {
      in = new double[sizes.length][];
      Arrays.setAll(in, k -> new double[sizes[k]]);
      inAdjoints = new double[sizes.length][];
      Arrays.setAll(inAdjoints, k -> new double[sizes[k]]);
      out = new double[valueSize];
      adjoint = new double[valueSize];
    }
  }

  @Override
  public boolean isPartial() {
    return function.isPartial();
  }

  @Override
  public Object memory(int capacity, boolean[] active) {
    return new Buffers(sizes, valueSize);
  }

  @Override
  public void forward(
      int chains, double[][] in, double[] out, Object memory, boolean wantsGradient) {
    Buffers buffers = (Buffers) memory;
    for (int row = 0; row < chains * blocks; row++) {
      load(row, in, buffers);
      function.forward(buffers.in, buffers.out);
      System.arraycopy(buffers.out, 0, out, row * valueSize, valueSize);
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
    for (int row = 0; row < chains * blocks; row++) {
      load(row, in, buffers);
      System.arraycopy(out, row * valueSize, buffers.out, 0, valueSize);
      System.arraycopy(adjoint, row * valueSize, buffers.adjoint, 0, valueSize);
      for (double[] zeroed : buffers.inAdjoints) {
        Arrays.fill(zeroed, 0);
      }
      function.backward(buffers.in, buffers.out, buffers.adjoint, buffers.inAdjoints);
      for (int k = 0; k < sizes.length; k++) {
        if (inAdjoints[k].length > 0) {
          int offset = offset(row, k);
          for (int i = 0; i < sizes[k]; i++) {
            inAdjoints[k][offset + i] += buffers.inAdjoints[k][i];
          }
        }
      }
    }
  }

  private void load(int row, double[][] in, Buffers buffers) {
    for (int k = 0; k < sizes.length; k++) {
      System.arraycopy(in[k], offset(row, k), buffers.in[k], 0, sizes[k]);
    }
  }

  private int offset(int row, int k) {
    return (shared[k] ? row / blocks : row) * sizes[k];
  }
}
