package io.github.sbi4j.benchmarks.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.random.RandomStreams;
import org.junit.jupiter.api.Test;

class SlcpTest {
  private static final int RUNS = 20_000;
  private static final double[] THETA = {0.7, -2.9, -1.1, -0.9, 0.6};

  /**
   * Means and all covariances of the eight values; each bound is 5 standard errors, one false alarm
   * in 40 000 seeds in all.
   */
  @Test
  void valuesAreFourIndependentPointsWithTheCovarianceOfTheDefinition() throws Exception {
    double[][] x = new double[RUNS][];
    for (int i = 0; i < RUNS; i++) {
      x[i] = new Slcp().simulator().simulate(THETA.clone(), RandomStreams.of(1, i));
    }
    double s1 = 1.21;
    double s2 = 0.81;
    double[][] block = {
      {s1 * s1 + 1e-6, Math.tanh(0.6) * s1 * s2}, {Math.tanh(0.6) * s1 * s2, s2 * s2 + 1e-6}
    };
    double[] mean = {0.7, -2.9};
    for (int a = 0; a < 8; a++) {
      assertThat(mean(x, a))
          .isCloseTo(mean[a % 2], within(5 * Math.sqrt(block[a % 2][a % 2] / RUNS)));
      for (int b = 0; b <= a; b++) {
        double expected = a / 2 == b / 2 ? block[a % 2][b % 2] : 0;
        double error =
            Math.sqrt((block[a % 2][a % 2] * block[b % 2][b % 2] + expected * expected) / RUNS);
        assertThat(product(x, a, mean[a % 2], b, mean[b % 2]))
            .as("covariance of values %d and %d", a, b)
            .isCloseTo(expected, within(5 * error));
      }
    }
  }

  @Test
  void priorIsTheCube() {
    assertThat(new Slcp().prior().support().lower()).hasSize(5).containsOnly(-3.0);
    assertThat(new Slcp().prior().support().upper()).hasSize(5).containsOnly(3.0);
  }

  private static double mean(double[][] x, int column) {
    double sum = 0;
    for (double[] row : x) {
      sum += row[column];
    }
    return sum / x.length;
  }

  private static double product(double[][] x, int a, double meanA, int b, double meanB) {
    double sum = 0;
    for (double[] row : x) {
      sum += (row[a] - meanA) * (row[b] - meanB);
    }
    return sum / x.length;
  }
}
