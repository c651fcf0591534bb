package io.github.sbi4j.ppl.distribution;

import io.github.sbi4j.ppl.expression.BlockFunction;
import io.github.sbi4j.ppl.expression.Expression;
import io.github.sbi4j.ppl.expression.Shape;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The normal distribution of vectors of K numbers, by the Cholesky factor L of the covariance
 * matrix.
 *
 * <p>log p(x) = -|L<sup>-1</sup> (x - mean)|<sup>2</sup> / 2 - sum<sub>k</sub> log L<sub>kk</sub> -
 * K log(2 pi) / 2.
 */
public final class MultivariateNormal implements LocationScale {
  private final Expression mean;
  private final Expression factor;
  private final int size;

  private MultivariateNormal(Expression mean, Expression factor) {
    this.mean = mean;
    this.factor = factor;
    this.size = factor.shape().inner(1).size();
  }

  /**
   * The distribution with a mean and the Cholesky factor of a covariance matrix.
   *
   * @param mean a scalar, or K means along the last axis
   * @param factor L, a K x K lower triangle; {@link Expression#cholesky()} of the covariance, or
   *     {@link LkjCholesky#scaled}
   * @return the distribution
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public static MultivariateNormal of(Number mean, Expression factor) {
    Shape matrix = Parameters.ofRank("factor", factor, 2).shape().inner(2);
    int size = matrix.inner(1).size();
    if (matrix.size() != size * size) {
      throw new IllegalArgumentException("factor is " + matrix + ", expected a square matrix");
    }
    Expression centre = Expression.of(mean);
    if (centre.shape().rank() == 0) {
      centre = centre.to(Shape.of(size));
    } else if (centre.shape().inner(1).size() != size) {
      throw new IllegalArgumentException(
          "mean has the shape "
              + centre.shape()
              + " beside a factor of "
              + matrix
              + ", expected its last axis to be "
              + size);
    }
    return new MultivariateNormal(centre, factor);
  }

  @Override
  public List<Expression> parameters() {
    return List.of(mean, factor);
  }

  @Override
  public int parameterRank(int k) {
    return k + 1;
  }

  @Override
  public Shape event() {
    return Shape.of(size);
  }

  @Override
  public Support support() {
    return Interval.REAL;
  }

  @Override
  public Distribution standard() {
    double[] identity =
        IntStream.range(0, size * size).mapToDouble(i -> i % (size + 1) == 0 ? 1 : 0).toArray();
    return of(0, Expression.constant(Shape.of(size, size), identity));
  }

  @Override
  public Expression fromStandard(Expression standard) {
    return Expression.blockwise(
            new Product(size), Shape.of(size), new int[] {2, 1}, factor, standard)
        .plus(mean);
  }

  @Override
  public Expression logProb(Expression value) {
    return Expression.blockwise(
            new Density(size), Shape.SCALAR, new int[] {1, 1, 2}, value, mean, factor)
        .minus(0.5 * size * Math.log(2 * Math.PI));
  }

  @Override
  public void sample(double[][] parameters, RandomGenerator random, double[] value) {
    double[] z = new double[size];
    for (int i = 0; i < size; i++) {
      z[i] = random.nextGaussian();
      value[i] = parameters[0][i];
      for (int j = 0; j <= i; j++) {
        value[i] += parameters[1][i * size + j] * z[j];
      }
    }
  }

  @Override
  public String toString() {
    return "MultivariateNormal[" + mean + ", " + factor + "]";
  }

  /** L z. */
  private record Product(int size) implements BlockFunction {
    @Override
    public void forward(double[][] arguments, double[] value) {
      for (int i = 0; i < size; i++) {
        double sum = 0;
        for (int j = 0; j <= i; j++) {
          sum += arguments[0][i * size + j] * arguments[1][j];
        }
        value[i] = sum;
      }
    }

    @Override
    public void backward(
        double[][] arguments, double[] value, double[] adjoint, double[][] adjoints) {
      for (int i = 0; i < size; i++) {
        for (int j = 0; j <= i; j++) {
          adjoints[0][i * size + j] = adjoint[i] * arguments[1][j];
          adjoints[1][j] += adjoint[i] * arguments[0][i * size + j];
        }
      }
    }
  }

  /** -|L^-1 (x - mean)|^2 / 2 - sum log L_kk. */
  private record Density(int size) implements BlockFunction {
    @Override
    public void forward(double[][] arguments, double[] value) {
      double[] z = scores(arguments);
      double sum = 0;
      for (int i = 0; i < size; i++) {
        sum -= 0.5 * z[i] * z[i] + Math.log(arguments[2][i * (size + 1)]);
      }
      value[0] = sum;
    }

    @Override
    public void backward(
        double[][] arguments, double[] value, double[] adjoint, double[][] adjoints) {
      double[] l = arguments[2];
      double[] z = scores(arguments);
      // w = L^-T z
      double[] w = z.clone();
      for (int i = size - 1; i >= 0; i--) {
        for (int k = i + 1; k < size; k++) {
          w[i] -= l[k * size + i] * w[k];
        }
        w[i] /= l[i * (size + 1)];
      }
      for (int i = 0; i < size; i++) {
        adjoints[0][i] = -adjoint[0] * w[i];
        adjoints[1][i] = adjoint[0] * w[i];
        for (int j = 0; j <= i; j++) {
          adjoints[2][i * size + j] = adjoint[0] * w[i] * z[j];
        }
        adjoints[2][i * (size + 1)] -= adjoint[0] / l[i * (size + 1)];
      }
    }

    private double[] scores(double[][] arguments) {
      double[] l = arguments[2];
      double[] z = new double[size];
      for (int i = 0; i < size; i++) {
        double sum = arguments[0][i] - arguments[1][i];
        for (int j = 0; j < i; j++) {
          sum -= l[i * size + j] * z[j];
        }
        z[i] = sum / l[i * (size + 1)];
      }
      return z;
    }
  }
}
