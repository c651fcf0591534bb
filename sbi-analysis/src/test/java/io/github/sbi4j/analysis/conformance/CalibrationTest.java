package io.github.sbi4j.analysis.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sbi4j.core.distribution.MultivariateNormal;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.core.simulation.Simulator;
import io.github.sbi4j.flows.estimator.Maf;
import io.github.sbi4j.flows.inference.SNLE;
import io.github.sbi4j.flows.inference.SNPE;
import io.github.sbi4j.flows.posterior.DirectPosterior;
import io.github.sbi4j.flows.posterior.Posterior;
import io.github.sbi4j.flows.training.Training;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.distribution.UniformRealDistribution;
import org.apache.commons.math3.stat.inference.ChiSquareTest;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Simulation-based calibration of amortised posteriors over 200 data sets (Talts et al. 2018): the
 * rank of the true parameter among posterior draws is uniform if the posterior is right.
 */
class CalibrationTest {
  private static final Logger LOG = LoggerFactory.getLogger(CalibrationTest.class);
  private static final int DATA_SETS = 200;
  private static final int DRAWS = 100;
  private static final int BINS = 10;

  /** A correct posterior fails in one of 1000 seeds, shared by two tests of three statistics. */
  private static final double LEVEL = 1e-3 / 6;

  private static final MultivariateNormal PRIOR =
      MultivariateNormal.of(new double[] {1, -1}, new double[][] {{1, 0.6}, {0.6, 2}});

  /** A curved view of the parameters plus noise, so that the networks have something to learn. */
  private static final Simulator SIMULATOR =
      (theta, random) -> {
        double[] x = new double[2];
        for (int j = 0; j < 2; j++) {
          double noisy = theta[j] + 0.5 * random.nextGaussian();
          x[j] = noisy + 0.3 * Math.sin(2 * noisy);
        }
        return x;
      };

  @Test
  void ranksAreUniformAndMiscalibrationIsSeen() {
    DirectPosterior posterior =
        SNPE.with(PRIOR)
            .densityEstimator(Maf.defaults())
            .training(Training.defaults().withBatchSize(200).withMaxEpochs(40))
            .seed(4)
            .appendSimulations(Simulations.run(SIMULATOR, PRIOR, 5000, 5))
            .train()
            .buildPosterior();
    double[] exact = pValues(posterior, 1, 0);
    double[] narrow = pValues(posterior, 0.6, 0);
    double[] shifted = pValues(posterior, 1, 0.5);
    LOG.info("p-values {}, too narrow {}, shifted {}", exact, narrow, shifted);
    assertThat(exact).hasSize(6).doesNotContain(Double.NaN);
    assertThat(smallest(exact)).isGreaterThan(LEVEL);
    assertThat(smallest(narrow)).isLessThan(LEVEL);
    assertThat(smallest(shifted)).isLessThan(LEVEL);
  }

  /** The same of a likelihood, whose posterior is sampled by Markov chains. */
  @Tag("slow")
  @Test
  void ranksOfALikelihoodAreUniform() {
    Posterior posterior =
        SNLE.with(PRIOR)
            .densityEstimator(Maf.defaults())
            .training(Training.defaults().withBatchSize(200).withMaxEpochs(40))
            .seed(4)
            .appendSimulations(Simulations.run(SIMULATOR, PRIOR, 5000, 5))
            .train()
            .buildPosterior();
    double[] exact = pValues(posterior, 1, 0);
    double[] narrow = pValues(posterior, 0.6, 0);
    LOG.info("likelihood: p-values {}, too narrow {}", exact, narrow);
    assertThat(exact).hasSize(6).doesNotContain(Double.NaN);
    assertThat(smallest(exact)).isGreaterThan(LEVEL);
    assertThat(smallest(narrow)).isLessThan(LEVEL);
  }

  private static double smallest(double[] values) {
    return Arrays.stream(values).min().orElseThrow();
  }

  /**
   * The p-values of the ranks of each parameter and of their sum.
   *
   * @param factor what the spread of the draws is multiplied by
   * @param shift what is added to them, in their standard deviations
   */
  private static double[] pValues(Posterior posterior, double factor, double shift) {
    double[][] uniform = new double[3][DATA_SETS];
    for (int i = 0; i < DATA_SETS; i++) {
      RandomGenerator random = RandomStreams.of(6, i);
      double[] theta = PRIOR.sample(random);
      double[] x;
      try {
        x = SIMULATOR.simulate(theta, random);
      } catch (Exception e) {
        throw new AssertionError(e);
      }
      Samples draws = posterior.given(x).sample(DRAWS, RandomStreams.key(7, i));
      int[] ranks = new int[3];
      double[] mean = draws.mean();
      double[] sd = draws.sd();
      for (double[] draw : draws.toArray()) {
        for (int d = 0; d < 2; d++) {
          draw[d] = mean[d] + factor * (draw[d] - mean[d]) + shift * sd[d];
          ranks[d] += draw[d] < theta[d] ? 1 : 0;
        }
        ranks[2] += draw[0] + draw[1] < theta[0] + theta[1] ? 1 : 0;
      }
      for (int k = 0; k < 3; k++) {
        uniform[k][i] = (ranks[k] + random.nextDouble()) / (DRAWS + 1);
      }
    }
    return Arrays.stream(uniform)
        .flatMap(u -> List.of(kolmogorovSmirnov(u), chiSquare(u)).stream())
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  private static double kolmogorovSmirnov(double[] values) {
    return new KolmogorovSmirnovTest()
        .kolmogorovSmirnovTest(new UniformRealDistribution(0, 1), values);
  }

  private static double chiSquare(double[] values) {
    long[] counts = new long[BINS];
    for (double value : values) {
      counts[Math.min(BINS - 1, (int) (BINS * value))]++;
    }
    double[] expected = new double[BINS];
    Arrays.fill(expected, (double) values.length / BINS);
    return new ChiSquareTest().chiSquareTest(expected, counts);
  }
}
