package io.github.sbi4j.core.mcmc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the driver itself costs, on a target that costs next to nothing. */
@Tag("slow")
class SamplerSpeedTest {
  /** A standard normal over D coordinates, for a whole batch. */
  record Normal(int dimension) implements DifferentiableLogDensity {
    @Override
    public void logDensities(int count, double[] positions, double[] values) {
      for (int i = 0; i < count; i++) {
        double sum = 0;
        for (int d = 0; d < dimension; d++) {
          double q = positions[i * dimension + d];
          sum -= 0.5 * q * q;
        }
        values[i] = sum;
      }
    }

    @Override
    public void logDensitiesAndGradients(
        int count, double[] positions, double[] values, double[] gradients) {
      logDensities(count, positions, values);
      for (int k = 0; k < count * dimension; k++) {
        gradients[k] = -positions[k];
      }
    }
  }

  private static <T extends LogDensity> void measure(
      String name, T target, ChainSampler<T> sampler, int chains, McmcSettings settings) {
    double[][] start = InitialPoints.uniform(target, chains, 2, 1);
    double best = Double.POSITIVE_INFINITY;
    long evaluations = 0;
    for (int i = 0; i < 5; i++) {
      long begun = System.nanoTime();
      Chains result = Mcmc.sample(target, sampler, settings, start);
      best = Math.min(best, (System.nanoTime() - begun) / 1e9);
      evaluations = result.diagnostics().evaluations();
    }
    System.out.printf(
        Locale.ROOT,
        "%s: %.3f s, %d evaluations, %.0f ns each%n",
        name,
        best,
        evaluations,
        1e9 * best / evaluations);
    assertThat(best).isLessThan(1);
  }

  @Test
  void tenThousandDrawsTakeWellUnderASecond() {
    McmcSettings settings = McmcSettings.defaults().withWarmUp(200).withDraws(100);
    for (int dimension : new int[] {2, 5}) {
      Normal target = new Normal(dimension);
      measure("slice, 100 chains, D " + dimension, target, Slice.defaults(), 100, settings);
      McmcSettings long4 = McmcSettings.defaults().withWarmUp(500).withDraws(2500);
      measure("nuts, 4 chains, D " + dimension, target, Nuts.defaults(), 4, long4);
    }
  }
}
