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

  /** y += x. */
  void add(float[] x, int xAt, float[] y, int yAt, int n);

  /** y -= x. */
  void subtract(float[] x, int xAt, float[] y, int yAt, int n);

  /** y = max(x, y). */
  void maximum(float[] x, int xAt, float[] y, int yAt, int n);

  /** z = a + b. */
  void sum(float[] a, int aAt, float[] b, int bAt, float[] z, int zAt, int n);

  /** z = a - b. */
  void difference(float[] a, int aAt, float[] b, int bAt, float[] z, int zAt, int n);

  /** z = a b. */
  void product(float[] a, int aAt, float[] b, int bAt, float[] z, int zAt, int n);

  /** z += a b. */
  void addProduct(float[] a, int aAt, float[] b, int bAt, float[] z, int zAt, int n);

  /** y += factor x. */
  void addScaled(float factor, float[] x, int xAt, float[] y, int yAt, int n);

  /** y = factor x. */
  void scale(float factor, float[] x, int xAt, float[] y, int yAt, int n);

  /** y = x + constant. */
  void shift(float constant, float[] x, int xAt, float[] y, int yAt, int n);
}
