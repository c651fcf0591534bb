package io.github.sbi4j.flows.tensor.cpu.kernel;

/**
 * The inner loops over float32 arrays, of which these are the matrix products.
 *
 * <p>A matrix lies feature after feature: feature f of a batch of n rows begins at {@code at + f
 * pitch}. Every n, and the length of every run, is a multiple of {@link #lanes()}; a batch is
 * padded to it. Weights lie at any two steps, so that a transposed matrix needs no copy.
 */
public interface Kernels extends RunKernels, FunctionKernels, SplineKernels {
  /**
   * {@return the kernels of this JVM, chosen once: Vector API if it is there, scalar loops if not}
   */
  static Kernels get() {
    return KernelChoice.CHOSEN;
  }

  /** {@return a short name for logs, for example {@code "Vector API, 8 lanes"}} */
  String name();

  /**
   * {@return true if products of few outputs at a time are as fast as those of many, so that zeros
   * in the weights are better left out}
   */
  boolean fastOnBlocks();

  /**
   * Adds a product: y<sub>o</sub> += sum over i of w<sub>o i</sub> x<sub>i</sub>, each of y and x a
   * run of n values.
   *
   * @param outputs the number of y
   * @param inputs the number of x
   * @param n the length of a run
   * @param w the weights
   * @param wAt where they begin
   * @param wOut from one output's weight to the next one's
   * @param wIn from one input's weight to the next one's
   * @param x the inputs
   * @param xAt where they begin
   * @param xPitch from one input to the next
   * @param y the outputs
   * @param yAt where they begin
   * @param yPitch from one output to the next
   */
  void multiply(
      int outputs,
      int inputs,
      int n,
      float[] w,
      int wAt,
      int wOut,
      int wIn,
      float[] x,
      int xAt,
      int xPitch,
      float[] y,
      int yAt,
      int yPitch);

  /**
   * Adds the products of runs: w<sub>o i</sub> += sum over n of y<sub>o</sub> x<sub>i</sub>, what a
   * product's weights get of its outputs' gradient.
   *
   * @param outputs the number of y
   * @param inputs the number of x
   * @param n the length of a run
   * @param y the gradient of the outputs
   * @param yAt where it begins
   * @param yPitch from one output to the next
   * @param x the inputs
   * @param xAt where they begin
   * @param xPitch from one input to the next
   * @param w the gradient of the weights
   * @param wAt where it begins
   * @param wOut from one output's weight to the next one's
   * @param wIn from one input's weight to the next one's
   */
  void outer(
      int outputs,
      int inputs,
      int n,
      float[] y,
      int yAt,
      int yPitch,
      float[] x,
      int xAt,
      int xPitch,
      float[] w,
      int wAt,
      int wOut,
      int wIn);

  /**
   * Adds the sums of runs: to<sub>o</sub> += sum over n of x<sub>o</sub>, what the biases get of
   * their outputs' gradient.
   *
   * @param count the number of runs
   * @param n the length of a run
   * @param x the values
   * @param at where they begin
   * @param pitch from one run to the next
   * @param to the sums
   * @param toAt where they begin
   * @param step from one sum to the next
   */
  void sums(int count, int n, float[] x, int at, int pitch, float[] to, int toAt, int step);

  /**
   * {@return the sum of the squares of the first n values}
   *
   * @param x the values
   * @param n how many, any number
   */
  double sumOfSquares(float[] x, int n);
}
