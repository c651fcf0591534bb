package io.github.sbi4j.flows.estimator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A simulator of two values from two parameters, x = B u + e, and more values without meaning. */
class LinearLikelihoodTest {
  private static final double[][] B = {{1, 0.5}, {-0.3, 0.8}};
  private static final double[] NOISE = {0.5, 0.7};
  private static final int USELESS = 8;
  private static final double[][] CONTEXTS = {{0.3, -0.2}, {1, 1}, {-1.5, 0.4}, {2, -1}, {0, 0}};

  private static double[] simulate(double[] u, Random random) {
    double[] x = random.doubles(2 + USELESS).map(any -> random.nextGaussian()).toArray();
    for (int i = 0; i < 2; i++) {
      x[i] = NOISE[i] * x[i] + B[i][0] * u[0] + B[i][1] * u[1];
    }
    return x;
  }

  /** Half of the rows from a prior of variance one, half from a narrow proposal elsewhere. */
  private static double[][] proposed(int rows, Random random) {
    double[][] u = new double[rows][];
    for (int i = 0; i < rows; i++) {
      boolean near = i >= rows / 2;
      u[i] =
          new double[] {
            near ? 0.8 + 0.3 * random.nextGaussian() : random.nextGaussian(),
            near ? -0.5 + 0.2 * random.nextGaussian() : random.nextGaussian()
          };
    }
    return u;
  }

  /** The exact posterior at x under a standard normal prior: mean, then covariance. */
  private static double[] exact(double[] x) {
    DMatrixRMaj b = new DMatrixRMaj(B);
    DMatrixRMaj weights = b.copy();
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 2; j++) {
        weights.set(i, j, b.get(i, j) / (NOISE[i] * NOISE[i]));
      }
    }
    DMatrixRMaj precision = CommonOps_DDRM.multTransA(b, weights, null);
    CommonOps_DDRM.addEquals(precision, CommonOps_DDRM.identity(2));
    CommonOps_DDRM.invert(precision);
    DMatrixRMaj linear =
        CommonOps_DDRM.multTransA(weights, DMatrixRMaj.wrap(2, 1, Arrays.copyOf(x, 2)), null);
    DMatrixRMaj mean = CommonOps_DDRM.mult(precision, linear, null);
    return new double[] {
      mean.get(0), mean.get(1), precision.get(0, 0), precision.get(0, 1), precision.get(1, 1)
    };
  }

  private static double[] padded(double[] x) {
    return Arrays.copyOf(x, 2 + USELESS);
  }

  private static double[] moments(LinearGaussian part, double[] x) {
    double[] mean = part.mean(padded(x));
    double[] f = part.factor();
    return new double[] {mean[0], mean[1], f[0] * f[0], f[0] * f[2], f[2] * f[2] + f[3] * f[3]};
  }

  /** The divergence of a Gaussian of two values from another, both as mean and covariance. */
  private static double divergence(double[] truth, double[] found) {
    double det = found[2] * found[4] - found[3] * found[3];
    double trace = (found[4] * truth[2] - 2 * found[3] * truth[3] + found[2] * truth[4]) / det;
    double a = found[0] - truth[0];
    double b = found[1] - truth[1];
    double square = (found[4] * a * a - 2 * found[3] * a * b + found[2] * b * b) / det;
    return 0.5 * (trace + square - 2 + Math.log(det / (truth[2] * truth[4] - truth[3] * truth[3])));
  }

  /**
   * Some 23 coefficients of 4000 rows cost about 23 / 8000 = 0.003 nats; the regression of what was
   * proposed is wrong by much more.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void proposalsDoNotMatter(long seed) {
    Random random = new Random(seed);
    double[][] u = proposed(4000, random);
    double[][] x = Arrays.stream(u).map(row -> simulate(row, random)).toArray(double[][]::new);
    LinearGaussian found =
        LinearLikelihood.fit(u, x).posterior(new double[2], new double[][] {{1, 0}, {0, 1}});
    LinearGaussian naive = LinearGaussian.fit(u, x);
    double mean = 0;
    double meanOfNaive = 0;
    for (double[] at : CONTEXTS) {
      mean += divergence(exact(at), moments(found, at)) / CONTEXTS.length;
      meanOfNaive += divergence(exact(at), moments(naive, at)) / CONTEXTS.length;
    }
    assertThat(mean).isLessThan(0.02);
    assertThat(meanOfNaive).isGreaterThan(0.1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void withFewRowsUselessContextsSayLittle(long seed) {
    Random random = new Random(seed);
    double[][] u = proposed(200, random);
    double[][] x = new double[200][];
    Arrays.setAll(x, i -> random.doubles(40).map(any -> random.nextGaussian()).toArray());
    LinearGaussian found =
        LinearLikelihood.fit(u, x).posterior(new double[2], new double[][] {{1, 0}, {0, 1}});
    assertThat(found.factor()[0]).isBetween(0.9, 1.0);
    assertThat(found.factor()[3]).isBetween(0.9, 1.0);
    for (double[] row : x) {
      assertThat(Arrays.stream(found.mean(row)).map(m -> m * m).sum()).isLessThan(0.5);
    }
  }

  @Test
  void rowsWithoutAnyDependenceLeaveThePrior() {
    Random random = new Random(1);
    double[][] u = proposed(100, random);
    double[][] x = new double[100][3];
    LinearGaussian found =
        LinearLikelihood.fit(u, x).posterior(new double[] {2, 0}, new double[][] {{4, 1}, {1, 1}});
    assertThat(found.mean(new double[3])).containsExactly(new double[] {2, 0}, within(1e-6));
    assertThat(moments(found, new double[1]))
        .containsExactly(new double[] {2, 0, 4, 1, 1}, within(1e-6));
  }

  /** Bounds that no mass is near change nothing. */
  @Test
  void wideBoundsGiveTheGaussian() {
    Random random = new Random(2);
    double[][] u = proposed(4000, random);
    double[][] x = Arrays.stream(u).map(row -> simulate(row, random)).toArray(double[][]::new);
    LinearLikelihood likelihood = LinearLikelihood.fit(u, x);
    double wide = 1000;
    double[][] flat = {{wide * wide / 3, 0}, {0, wide * wide / 3}};
    TruncatedGaussian truncated =
        likelihood.posterior(
            new double[2], flat, new double[] {-wide, -wide}, new double[] {wide, wide});
    LinearGaussian gaussian = likelihood.posterior(new double[2], flat);
    assertSame(truncated, gaussian);
  }

  /** Without bounds both are the same posterior, written differently. */
  @Test
  void noBoundsGiveTheGaussian() {
    Random random = new Random(3);
    double[][] u = proposed(1000, random);
    double[][] x = Arrays.stream(u).map(row -> simulate(row, random)).toArray(double[][]::new);
    LinearLikelihood likelihood = LinearLikelihood.fit(u, x);
    double[] mean = {0.3, -0.4};
    double[][] covariance = {{1, 0.6}, {0.6, 2}};
    double inf = Double.POSITIVE_INFINITY;
    TruncatedGaussian truncated =
        likelihood.posterior(mean, covariance, new double[] {-inf, -inf}, new double[] {inf, inf});
    assertSame(truncated, likelihood.posterior(mean, covariance));
  }

  private static void assertSame(TruncatedGaussian truncated, LinearGaussian gaussian) {
    Random random = new Random(4);
    for (double[] at : CONTEXTS) {
      double[] u = {random.nextGaussian(), random.nextGaussian()};
      assertThat(logDensity(truncated, u, padded(at)))
          .isCloseTo(logDensity(gaussian, u, padded(at)), within(1e-4));
    }
  }

  private static double logDensity(GaussianPart part, double[] u, double[] context) {
    double[] v = u.clone();
    double log = part.forward(v, part.mean(context));
    return log - 0.5 * (v[0] * v[0] + v[1] * v[1]) - Math.log(2 * Math.PI);
  }

  /**
   * The likelihood of one parameter that is known well and one that says nothing: the first is
   * truncated at its bound, the second is uniform.
   */
  @Test
  void boundsTakeThePlaceOfThePrior() {
    Random random = new Random(5);
    int n = 20_000;
    double root = Math.sqrt(3);
    double[][] u = new double[n][];
    double[][] x = new double[n][];
    for (int i = 0; i < n; i++) {
      u[i] =
          new double[] {root * (2 * random.nextDouble() - 1), root * (2 * random.nextDouble() - 1)};
      x[i] = new double[] {u[i][0] + 0.4 * random.nextGaussian()};
    }
    TruncatedGaussian part =
        LinearLikelihood.fit(u, x)
            .posterior(
                new double[2],
                new double[][] {{1, 0}, {0, 1}},
                new double[] {-root, -root},
                new double[] {root, root});
    assertThat(part.deviations()[0]).isCloseTo(0.4, within(0.01));
    assertThat(part.mean(new double[] {1.5})[0]).isCloseTo(1.5, within(0.02));
    assertThat(part.deviations()[1]).isGreaterThan(10);
    // The distribution function of the second is a straight line.
    double[] at = {0.2, 0.5 * root};
    part.forward(at, part.mean(new double[] {1.5}));
    assertThat(at[1]).isCloseTo(0.6745, within(0.05));
  }
}
