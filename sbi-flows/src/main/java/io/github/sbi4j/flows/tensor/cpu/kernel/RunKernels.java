package io.github.sbi4j.flows.tensor.cpu.kernel;

/**
 * Arithmetic on runs of n values, a multiple of {@link #lanes()}. Each array comes with the place
 * where its run begins; a result may be one of the operands.
 *
 * <p>The JVM's compiler makes no vectors of a loop over runs that begin at different places, not
 * even of the simplest, so that these are kernels too.
 */
public interface RunKernels {
  /** {@return what lengths are multiples of} */
  int lanes();

  /**
   * y += x.
   *
   * @param x an operand
   * @param xAt where its run begins
   * @param y the result
   * @param yAt where its run begins
   * @param n the length of the runs
   */
  void add(float[] x, int xAt, float[] y, int yAt, int n);

  /**
   * y -= x.
   *
   * @param x an operand
   * @param xAt where its run begins
   * @param y the result
   * @param yAt where its run begins
   * @param n the length of the runs
   */
  void subtract(float[] x, int xAt, float[] y, int yAt, int n);

  /**
   * y = max(x, y).
   *
   * @param x an operand
   * @param xAt where its run begins
   * @param y the result
   * @param yAt where its run begins
   * @param n the length of the runs
   */
  void maximum(float[] x, int xAt, float[] y, int yAt, int n);

  /**
   * z = a + b.
   *
   * @param a an operand
   * @param aAt where its run begins
   * @param b an operand
   * @param bAt where its run begins
   * @param z the result
   * @param zAt where its run begins
   * @param n the length of the runs
   */
  void sum(float[] a, int aAt, float[] b, int bAt, float[] z, int zAt, int n);

  /**
   * z = a - b.
   *
   * @param a an operand
   * @param aAt where its run begins
   * @param b an operand
   * @param bAt where its run begins
   * @param z the result
   * @param zAt where its run begins
   * @param n the length of the runs
   */
  void difference(float[] a, int aAt, float[] b, int bAt, float[] z, int zAt, int n);

  /**
   * z = a b.
   *
   * @param a an operand
   * @param aAt where its run begins
   * @param b an operand
   * @param bAt where its run begins
   * @param z the result
   * @param zAt where its run begins
   * @param n the length of the runs
   */
  void product(float[] a, int aAt, float[] b, int bAt, float[] z, int zAt, int n);

  /**
   * z += a b.
   *
   * @param a an operand
   * @param aAt where its run begins
   * @param b an operand
   * @param bAt where its run begins
   * @param z the result
   * @param zAt where its run begins
   * @param n the length of the runs
   */
  void addProduct(float[] a, int aAt, float[] b, int bAt, float[] z, int zAt, int n);

  /**
   * y += factor x.
   *
   * @param factor the factor
   * @param x an operand
   * @param xAt where its run begins
   * @param y the result
   * @param yAt where its run begins
   * @param n the length of the runs
   */
  void addScaled(float factor, float[] x, int xAt, float[] y, int yAt, int n);

  /**
   * y = factor x.
   *
   * @param factor the factor
   * @param x an operand
   * @param xAt where its run begins
   * @param y the result
   * @param yAt where its run begins
   * @param n the length of the runs
   */
  void scale(float factor, float[] x, int xAt, float[] y, int yAt, int n);

  /**
   * y = x + constant.
   *
   * @param constant the constant
   * @param x an operand
   * @param xAt where its run begins
   * @param y the result
   * @param yAt where its run begins
   * @param n the length of the runs
   */
  void shift(float constant, float[] x, int xAt, float[] y, int yAt, int n);

  /**
   * g = g if y &gt; 0, else 0: what a rectifier's argument gets of the gradient.
   *
   * @param y the values that the rectifier gave
   * @param yAt where they begin
   * @param g the gradient
   * @param gAt where it begins
   * @param n the length of the runs
   */
  void pullBackRelu(float[] y, int yAt, float[] g, int gAt, int n);

  /**
   * g = g (1 - y<sup>2</sup>): what a hyperbolic tangent's argument gets of the gradient.
   *
   * @param y the values that the tangent gave
   * @param yAt where they begin
   * @param g the gradient
   * @param gAt where it begins
   * @param n the length of the runs
   */
  void pullBackTanh(float[] y, int yAt, float[] g, int gAt, int n);

  /**
   * g = g (1 + min(y, 0)): what an exponential linear unit's argument gets of the gradient.
   *
   * @param y the values that the unit gave
   * @param yAt where they begin
   * @param g the gradient
   * @param gAt where it begins
   * @param n the length of the runs
   */
  void pullBackElu(float[] y, int yAt, float[] g, int gAt, int n);
}
