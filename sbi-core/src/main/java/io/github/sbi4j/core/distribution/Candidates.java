package io.github.sbi4j.core.distribution;

import io.github.sbi4j.core.sample.Samples;

/** What candidates for a draw come from, with their density: any distribution or posterior. */
public interface Candidates {
  /**
   * Draws a table.
   *
   * @param count the number of rows, N
   * @param seed the seed
   * @return N rows of D values
   */
  Samples sample(int count, long seed);

  /**
   * The log of the density, up to a constant.
   *
   * @param values N x D
   * @return N values
   */
  double[] logProb(double[][] values);
}
