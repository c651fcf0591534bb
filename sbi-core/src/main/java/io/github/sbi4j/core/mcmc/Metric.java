package io.github.sbi4j.core.mcmc;

import java.util.random.RandomGenerator;

/**
 * The geometry of Hamiltonian dynamics: the inverse mass matrix M<sup>-1</sup>, best near the
 * target's covariance. Immutable.
 */
public sealed interface Metric permits DiagonalMetric, DenseMetric {
  /** {@return the number of coordinates, D} */
  int dimension();

  /**
   * Draws a momentum from N(0, M).
   *
   * @param random the source of chance
   * @return D numbers
   */
  double[] momentum(RandomGenerator random);

  /**
   * The velocity of a momentum, M<sup>-1</sup> p.
   *
   * @param momentum p, D numbers
   * @return D numbers
   */
  double[] velocity(double[] momentum);

  /** {@return the D x D inverse mass matrix} */
  double[][] inverseMass();
}
