package io.github.sbi4j.core.distribution;

/**
 * A smooth one-to-one map between values under constraints and the whole of R<sup>D</sup>.
 *
 * <p>All arrays have D values; the argument is not changed and neither is retained. An array of
 * another length is an IllegalArgumentException.
 */
public interface Bijection {
  /** {@return the number of values, D} */
  int dimension();

  /**
   * Maps a value of the support to unconstrained space, z = f(v).
   *
   * @param value a point inside the support, D values
   * @param unconstrained receives f(value), D values
   * @return log |det df/dv|
   * @throws IllegalArgumentException if {@code value} lies outside the support
   */
  double forward(double[] value, double[] unconstrained);

  /**
   * Maps back from unconstrained space, v = f<sup>-1</sup>(z); the result is always inside the
   * support.
   *
   * @param unconstrained any point, D values; NaN gives NaN
   * @param value receives f<sup>-1</sup>(unconstrained), D values
   * @return log |det df<sup>-1</sup>/dz|
   */
  double inverse(double[] unconstrained, double[] value);

  /**
   * Pulls a gradient back through the inverse, with the gradient of its log-determinant added:
   * J(z)<sup>T</sup> g + grad<sub>z</sub> log |det J(z)| where J = df<sup>-1</sup>/dz. This is what
   * gradient-based samplers and optimisers in unconstrained space need.
   *
   * @param unconstrained the point z, D values
   * @param gradient g, the gradient with respect to the constrained value, D values; zeros give the
   *     log-determinant's alone
   * @param result receives the sum, D values; may be the same array as {@code gradient}
   */
  void pullBack(double[] unconstrained, double[] gradient, double[] result);
}
