package io.github.sbi4j.core.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the multivariate normal has beyond the contract: correlations and a covariance to check. */
class MultivariateNormalTest {
  private static final double[] MEAN = {1, -2, 0.5};
  private static final double[][] COVARIANCE = {{2, 0.6, -0.3}, {0.6, 1, 0.2}, {-0.3, 0.2, 0.5}};

  /** A z-score for each entry at a false-alarm rate of 1e-6. */
  @Test
  void samplesHaveTheCovariance() {
    int rows = 20_000;
    double[][] samples = MultivariateNormal.of(MEAN, COVARIANCE).sample(rows, 17).toArray();
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j <= i; j++) {
        double estimate = 0;
        for (double[] row : samples) {
          estimate += (row[i] - MEAN[i]) * (row[j] - MEAN[j]) / rows;
        }
        // Isserlis: the variance of a product of two centred normals.
        double variance = COVARIANCE[i][i] * COVARIANCE[j][j] + COVARIANCE[i][j] * COVARIANCE[i][j];
        double z = (estimate - COVARIANCE[i][j]) / Math.sqrt(variance / rows);
        assertThat(z).isBetween(-4.892, 4.892);
      }
    }
  }

  @Test
  void diagonalCovarianceIsIndependentNormals() {
    Distribution joint =
        MultivariateNormal.of(new double[] {1, -2}, new double[][] {{4, 0}, {0, 0.25}});
    Distribution product = Independent.of(Normal.of(1, 2), Normal.of(-2, 0.5));
    double[] value = {3.3, -7};
    assertThat(joint.logProb(value)).isCloseTo(product.logProb(value), within(1e-12));
    assertThat(joint.variance()).containsExactly(4, 0.25);
  }

  @Test
  void valueSoFarOutThatItOverflowsHasNoDensity() {
    Distribution distribution = MultivariateNormal.of(MEAN, COVARIANCE);
    double most = Double.MAX_VALUE;
    assertThat(distribution.logProb(new double[] {most, most, -most}))
        .isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(distribution.logProb(new double[] {-most, most, most}))
        .isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void argumentsAreCopied() {
    double[] mean = {1, 2};
    double[][] covariance = {{1, 0}, {0, 1}};
    Distribution distribution = MultivariateNormal.of(mean, covariance);
    mean[0] = 9;
    covariance[0][0] = 9;
    distribution.mean()[1] = 9;
    assertThat(distribution.mean()).containsExactly(1, 2);
    assertThat(distribution.variance()).containsExactly(1, 1);
  }

  static Stream<Arguments> invalid() {
    return Stream.of(
        bad(
            new double[][] {{1}},
            "covariance has 1 rows, expected 2, as many as the mean has numbers"),
        bad(new double[][] {{1, 0}, {0}}, "covariance[1] has 1 numbers, expected 2"),
        bad(
            new double[][] {{1, Double.NaN}, {0, 1}},
            "covariance[0][1] is NaN, expected a finite number"),
        bad(
            new double[][] {{1, 0}, {0, -1}},
            "covariance[1][1], a variance, is -1.0, expected a positive finite number"),
        bad(
            new double[][] {{1, 0.2}, {0.1, 1}},
            "covariance[1][0] is 0.1 but covariance[0][1] is 0.2, expected a symmetric matrix"),
        bad(
            new double[][] {{1, 2}, {2, 1}},
            "covariance is not positive definite: some value is a linear combination of the others;"
                + " leave it out, or add a small number to the diagonal"),
        bad(
            new double[][] {{1, 1}, {1, 1}},
            "covariance is not positive definite: some value is a linear combination of the others;"
                + " leave it out, or add a small number to the diagonal"),
        bad(
            new double[][] {{0.1, 0.3}, {0.3, 0.9}},
            "covariance is not positive definite: some value is a linear combination of the others;"
                + " leave it out, or add a small number to the diagonal"));
  }

  private static Arguments bad(double[][] covariance, String message) {
    return Arguments.of(covariance, message);
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void invalidCovariancesAreErrors(double[][] covariance, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MultivariateNormal.of(new double[2], covariance))
        .withMessage(message);
  }

  @Test
  void invalidMeansAreErrors() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MultivariateNormal.of(new double[] {0, Double.NaN}, new double[2][2]))
        .withMessage("mean[1] is NaN, expected a finite number");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MultivariateNormal.of(new double[0], new double[0][]))
        .withMessage("mean is empty, expected at least 1 number");
  }
}
