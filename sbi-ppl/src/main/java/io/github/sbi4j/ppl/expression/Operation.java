package io.github.sbi4j.ppl.expression;

/**
 * How the numbers of an expression come from those of others, and gradients back.
 *
 * <p>Arrays hold the numbers of chain 0, then of chain 1, ...; they may be longer.
 */
interface Operation {
  /**
   * Computes.
   *
   * @param chains the number of chains, C
   * @param in the numbers of each operand
   * @param out receives the result
   * @param memory what {@link #memory} gave
   * @param wantsGradient whether {@link #backward} follows
   */
  void forward(int chains, double[][] in, double[] out, Object memory, boolean wantsGradient);

  /**
   * Adds to the adjoints of the operands what the adjoint of the result brings.
   *
   * @param inAdjoints those of the operands; empty arrays where none is wanted
   */
  void backward(
      int chains,
      double[][] in,
      double[] out,
      double[] adjoint,
      double[][] inAdjoints,
      Object memory);

  /** Whether NaN tells that there is no value. */
  default boolean isPartial() {
    return false;
  }

  /**
   * Memory of an evaluation for this operation.
   *
   * @param capacity the greatest number of chains
   * @param active which operands depend on what is not known
   */
  default Object memory(int capacity, boolean[] active) {
    return this;
  }
}
