package io.github.sbi4j.core.mcmc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sbi4j.core.random.RandomStreams;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * Simulation-based calibration of the samplers themselves (Talts et al. 2018, arXiv:1804.06788): a
 * is the log of a scale with prior N(0, 0.5), b a location with prior N(0, 1), and three
 * observations are N(b, exp(a)). The ranks of the true values among draws are uniform.
 */
class SimulationBasedCalibrationTest {
  private static final int RUNS = 800;
  private static final int DRAWS = 31;
  private static final int BINS = 16;

  private static DifferentiableLogDensity posterior(double[] data) {
    return DifferentiableLogDensity.of(
        2,
        (q, g) -> {
          double precision = Math.exp(-2 * q[0]);
          double sum = -2 * q[0] * q[0] - 0.5 * q[1] * q[1] - data.length * q[0];
          g[0] = -4 * q[0] - data.length;
          g[1] = -q[1];
          for (double y : data) {
            double residual = y - q[1];
            sum -= 0.5 * residual * residual * precision;
            g[0] += residual * residual * precision;
            g[1] += residual * precision;
          }
          return sum;
        });
  }

  @Test
  void gradientIsRight() {
    Gradients.assertMatchDifferences(posterior(new double[] {1, 2, -0.5}), 0.3, -0.7);
  }

  @Test
  void ranksAreUniform() {
    List<ChainSampler<? super DifferentiableLogDensity>> samplers =
        List.of(Slice.defaults(), Hmc.defaults(), Nuts.defaults());
    for (ChainSampler<? super DifferentiableLogDensity> sampler : samplers) {
      int[][] counts = new int[2][BINS];
      for (int run = 0; run < RUNS; run++) {
        RandomGenerator random = RandomStreams.of(12, run);
        double[] truth = {0.5 * random.nextGaussian(), random.nextGaussian()};
        double[] data = new double[3];
        for (int i = 0; i < 3; i++) {
          data[i] = truth[1] + Math.exp(truth[0]) * random.nextGaussian();
        }
        double[] start = {0.5 * random.nextGaussian(), random.nextGaussian()};
        Chains chains = sample(posterior(data), sampler, run, start);
        for (int d = 0; d < 2; d++) {
          int rank = 0;
          for (double draw : chains.chain(0).coordinate(d)) {
            rank += draw < truth[d] ? 1 : 0;
          }
          counts[d][rank * BINS / (DRAWS + 1)]++;
        }
      }
      for (int d = 0; d < 2; d++) {
        double chiSquare = 0;
        double expected = (double) RUNS / BINS;
        for (int count : counts[d]) {
          chiSquare += (count - expected) * (count - expected) / expected;
        }
        // The 99.99 % quantile for 15 degrees of freedom.
        assertThat(chiSquare).as("%s, value %d", sampler, d).isLessThan(44.26);
      }
    }
  }

  private static <T extends LogDensity, U extends T> Chains sample(
      U target, ChainSampler<T> sampler, long seed, double[] start) {
    McmcSettings settings =
        McmcSettings.defaults().withWarmUp(150).withDraws(DRAWS).withThin(5).withSeed(seed);
    return Mcmc.sample(target, sampler, settings, start);
  }
}
