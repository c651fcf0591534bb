package io.github.sbi4j.flows.tensor.cpu.kernel;

/**
 * Elementary functions of runs of n values, n a multiple of {@link RunKernels#lanes()}; in place
 * where source and target are the same.
 *
 * <p>The vector kernels state their largest errors; the scalar ones round results in double
 * precision.
 */
public interface FunctionKernels {
  /**
   * y = e<sup>x</sup>.
   *
   * @param x the values
   * @param xAt where they begin
   * @param y the results
   * @param yAt where they begin
   * @param n how many
   */
  void exp(float[] x, int xAt, float[] y, int yAt, int n);

  /**
   * y = log x.
   *
   * @param x the values
   * @param xAt where they begin
   * @param y the results
   * @param yAt where they begin
   * @param n how many
   */
  void log(float[] x, int xAt, float[] y, int yAt, int n);

  /**
   * y = tanh x.
   *
   * @param x the values
   * @param xAt where they begin
   * @param y the results
   * @param yAt where they begin
   * @param n how many
   */
  void tanh(float[] x, int xAt, float[] y, int yAt, int n);

  /**
   * y = 1 / (1 + e<sup>-x</sup>).
   *
   * @param x the values
   * @param xAt where they begin
   * @param y the results
   * @param yAt where they begin
   * @param n how many
   */
  void sigmoid(float[] x, int xAt, float[] y, int yAt, int n);

  /**
   * y = log(1 + e<sup>x</sup>).
   *
   * @param x the values
   * @param xAt where they begin
   * @param y the results
   * @param yAt where they begin
   * @param n how many
   */
  void softplus(float[] x, int xAt, float[] y, int yAt, int n);

  /**
   * y = e<sup>x</sup> - 1.
   *
   * @param x the values
   * @param xAt where they begin
   * @param y the results
   * @param yAt where they begin
   * @param n how many
   */
  void expm1(float[] x, int xAt, float[] y, int yAt, int n);
}
