package io.github.sbi4j.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the runner itself costs. */
@Tag("slow")
class SimulationSpeedTest {
  private static final Simulator TRIVIAL =
      (theta, random) -> {
        double[] x = new double[theta.length];
        for (int d = 0; d < x.length; d++) {
          x[d] = theta[d] + random.nextGaussian();
        }
        return x;
      };

  @Test
  void millionTrivialRunsTakeUnderTwoSeconds() {
    assertThat(bestOfThree(SimulationSettings.defaults().withThreads(2))).isLessThan(2);
  }

  @Test
  void soTheyDoWithATimeout() {
    assertThat(
            bestOfThree(
                SimulationSettings.defaults().withThreads(2).withTimeout(Duration.ofSeconds(1))))
        .isLessThan(2);
  }

  private static double bestOfThree(SimulationSettings settings) {
    Distribution prior = BoxUniform.of(new double[5], new double[] {1, 2, 3, 4, 5});
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < 3; i++) {
      long started = System.nanoTime();
      Simulations table = Simulations.run(TRIVIAL, prior, 1_000_000, i, settings);
      best = Math.min(best, (System.nanoTime() - started) / 1e9);
      assertThat(table.size()).isEqualTo(1_000_000);
    }
    return best;
  }
}
