package io.github.sbi4j.benchmarks.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.simulation.Simulations;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class TwoMoonsTest {
  private static final int RUNS = 4000;

  private final Task task = new TwoMoons();

  /**
   * Ranks of the true parameters among exact draws are uniform: chi-squared with 19 degrees, one
   * false alarm in 10 000 seeds each.
   */
  @Test
  void exactSamplerAgreesWithTheSimulator() {
    Simulations simulations = TaskSimulations.run(task, RUNS, 1);
    int[][] counts = new int[3][20];
    for (int i = 0; i < RUNS; i++) {
      double[] theta = simulations.parameters().row(i);
      double[] x = simulations.observations().row(i);
      RandomGenerator random = RandomStreams.of(2, i);
      int[] ranks = new int[3];
      for (int draw = 0; draw < 19; draw++) {
        double[] other = exactDraw(x, random);
        ranks[0] += other[0] < theta[0] ? 1 : 0;
        ranks[1] += other[1] < theta[1] ? 1 : 0;
        // the distance between the moon's centre and the datum, which both coordinates make
        ranks[2] += radius(other, x) < radius(theta, x) ? 1 : 0;
      }
      for (int k = 0; k < 3; k++) {
        counts[k][ranks[k]]++;
      }
    }
    for (int[] count : counts) {
      assertThat(chiSquared(count, RUNS / 20.0)).isLessThan(50.8);
    }
  }

  /** The radius has mean 0.1 and standard deviation 0.01; each bound is 4.5 standard errors. */
  @Test
  void radiusOfTheSimulatedMoonHasTheMomentsOfTheDefinition() {
    Simulations simulations = TaskSimulations.run(task, RUNS, 3);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < RUNS; i++) {
      double radius = radius(simulations.parameters().row(i), simulations.observations().row(i));
      sum += radius;
      squares += (radius - 0.1) * (radius - 0.1);
    }
    assertThat(sum / RUNS).isCloseTo(0.1, within(4.5 * 0.01 / Math.sqrt(RUNS)));
    assertThat(squares / RUNS).isCloseTo(1e-4, within(4.5 * 1e-4 * Math.sqrt(2.0 / RUNS)));
  }

  /**
   * Draws from the posterior without an approximation; written from the definition with its own
   * constants.
   */
  static double[] exactDraw(double[] x, RandomGenerator random) {
    while (true) {
      double angle = Math.PI * (random.nextDouble() - 0.5);
      double radius = 0.1 + 0.01 * random.nextGaussian();
      double sum = radius * Math.cos(angle) + 0.25 - x[0]; // |t1 + t2| / sqrt 2
      double difference = x[1] - radius * Math.sin(angle); // (t2 - t1) / sqrt 2
      if (random.nextBoolean()) {
        sum = -sum;
      }
      double[] theta = {(sum - difference) / Math.sqrt(2), (sum + difference) / Math.sqrt(2)};
      if (Math.abs(theta[0]) <= 1 && Math.abs(theta[1]) <= 1) {
        return theta;
      }
    }
  }

  static double radius(double[] theta, double[] x) {
    double u = x[0] + Math.abs(theta[0] + theta[1]) / Math.sqrt(2) - 0.25;
    double v = x[1] - (theta[1] - theta[0]) / Math.sqrt(2);
    return Math.hypot(u, v);
  }

  private static double chiSquared(int[] counts, double expected) {
    double sum = 0;
    for (int count : counts) {
      sum += (count - expected) * (count - expected) / expected;
    }
    return sum;
  }
}
