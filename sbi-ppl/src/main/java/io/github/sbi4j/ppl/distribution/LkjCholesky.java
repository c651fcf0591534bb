package io.github.sbi4j.ppl.distribution;

import io.github.sbi4j.ppl.expression.Expression;
import io.github.sbi4j.ppl.expression.Shape;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The distribution of the Cholesky factor L of a K x K correlation matrix whose density is
 * proportional to its determinant to the power eta - 1 (Lewandowski, Kurowicka and Joe 2009, J.
 * Multivar. Anal. 100; Stan's {@code lkj_corr_cholesky}).
 *
 * <p>p(L) is proportional to prod<sub>k = 2..K</sub> L<sub>kk</sub><sup>K - k + 2 eta - 2</sup>, as
 * a density of the entries below the diagonal. The factor of a covariance matrix is {@code
 * sds.to(Shape.of(K, K)...)} times it; see {@link #scaled}.
 */
public final class LkjCholesky implements Distribution {
  private final int size;
  private final Expression eta;

  private LkjCholesky(int size, Expression eta) {
    this.size = size;
    this.eta = eta;
  }

  /**
   * The distribution for a number of variables.
   *
   * @param size the number of variables, K, at least two
   * @param eta the shape: 1 is uniform, more prefers small correlations
   * @return the distribution
   * @throws IllegalArgumentException if a number is out of its range
   */
  public static LkjCholesky of(int size, Number eta) {
    if (size < 2) {
      throw new IllegalArgumentException("size is " + size + ", expected at least 2 variables");
    }
    return new LkjCholesky(size, Parameters.positive("eta", eta));
  }

  /**
   * The Cholesky factor of a covariance matrix: each row of L times a standard deviation.
   *
   * @param sds K standard deviations
   * @param factor a K x K Cholesky factor of a correlation matrix
   * @return diag(sds) L
   * @throws IllegalArgumentException if the sizes differ
   */
  public static Expression scaled(Expression sds, Expression factor) {
    int k = sds.shape().inner(1).size();
    int[] row = new int[k * k];
    for (int i = 0; i < row.length; i++) {
      row[i] = i / k;
    }
    return factor.times(sds.gather(row, Shape.of(k, k)));
  }

  @Override
  public List<Expression> parameters() {
    return List.of(eta);
  }

  @Override
  public Shape event() {
    return Shape.of(size, size);
  }

  @Override
  public Support support() {
    return new CorrelationCholesky(size);
  }

  @Override
  public Expression logProb(Expression value) {
    Shape outer = value.shape().outer(2);
    Expression result = logNormaliser();
    for (int i = 1; i < size; i++) {
      int[] entry = new int[outer.size()];
      for (int n = 0; n < entry.length; n++) {
        entry[n] = n * size * size + i * (size + 1);
      }
      Expression power = eta.times(2).plus(size - i - 3);
      result = result.plus(power.times(value.gather(entry, outer).log()));
    }
    return result;
  }

  private Expression logNormaliser() {
    Expression result = eta.plus(0.5 * (size - 1)).logGamma().times(size - 1);
    for (int k = 1; k < size; k++) {
      result =
          result
              .minus(0.5 * k * Math.log(Math.PI))
              .minus(eta.plus(0.5 * (size - 1 - k)).logGamma());
    }
    return result;
  }

  /** Partial correlations are independent, of beta distributions on (-1, 1). */
  @Override
  public void sample(double[][] parameters, RandomGenerator random, double[] value) {
    for (int i = 0; i < size; i++) {
      double left = 1;
      for (int j = 0; j < size; j++) {
        if (j < i) {
          double shape = parameters[0][0] + 0.5 * (size - 2 - j);
          double a = Gamma.draw(shape, 1, random);
          double partial = 2 * a / (a + Gamma.draw(shape, 1, random)) - 1;
          value[i * size + j] = partial * Math.sqrt(left);
          left *= 1 - partial * partial;
        } else {
          value[i * size + j] = j == i ? Math.sqrt(left) : 0;
        }
      }
    }
  }

  @Override
  public String toString() {
    return "LkjCholesky[" + size + ", " + eta + "]";
  }
}
