package io.github.sbi4j.ppl.expression;

/**
 * A function of vectors or matrices with a gradient of its own, one block at a time. It holds no
 * state and may be called from several threads at a time.
 */
public interface BlockFunction {
  /**
   * Computes.
   *
   * @param arguments the numbers of each argument's block; not to be changed or kept
   * @param value receives the numbers of the result
   */
  void forward(double[][] arguments, double[] value);

  /**
   * Computes the product of the adjoint and the Jacobian matrix.
   *
   * @param arguments the arguments
   * @param value what {@link #forward} gave
   * @param adjoint the derivatives of what is differentiated by each number of {@code value}
   * @param adjoints receives its derivatives by each number of each argument; holds zeros before
   */
  void backward(double[][] arguments, double[] value, double[] adjoint, double[][] adjoints);

  /**
   * Whether there are arguments without a value, as where an equation has no solution. All numbers
   * of the result are NaN there, and the density of a model is zero instead of NaN.
   *
   * @return false unless overridden
   */
  default boolean isPartial() {
    return false;
  }
}
