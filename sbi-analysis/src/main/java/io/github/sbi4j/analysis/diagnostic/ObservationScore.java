package io.github.sbi4j.analysis.diagnostic;

import io.github.sbi4j.core.concurrent.Tasks;
import io.github.sbi4j.core.distribution.MultivariateNormal;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.flows.estimator.ConditionalDensity;
import io.github.sbi4j.flows.estimator.DensityEstimator;
import io.github.sbi4j.flows.inference.SNPE;
import io.github.sbi4j.flows.training.Training;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** How unlike a reference set M observations are: large where they do not belong to it. */
@FunctionalInterface
interface ObservationScore {
  /** The score of a group of standardised observations, M x L. */
  double of(double[][] group);

  /**
   * The squared maximum mean discrepancy to the reference, less what depends on the reference
   * alone: the mean kernel within the group, without its diagonal, minus twice that across.
   *
   * @param reference N x L, standardised
   */
  static ObservationScore kernel(double[][] reference) {
    double factor = -0.5 / medianSquare(reference);
    return group -> {
      double within = 0;
      double across = 0;
      for (int i = 0; i < group.length; i++) {
        for (int j = 0; j < i; j++) {
          within += Math.exp(factor * squaredDistance(group[i], group[j]));
        }
        for (double[] row : reference) {
          across += Math.exp(factor * squaredDistance(group[i], row));
        }
      }
      double pairs = Math.max(1, 0.5 * group.length * (group.length - 1.0));
      return within / pairs - 2 * across / (group.length * (double) reference.length);
    };
  }

  private static double squaredDistance(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += (a[j] - b[j]) * (a[j] - b[j]);
    }
    return sum;
  }

  /** The median over pairs among the first rows; one where most are equal. */
  private static double medianSquare(double[][] rows) {
    int count = Math.min(500, rows.length);
    double[] squares = new double[count * (count - 1) / 2];
    for (int i = 0, at = 0; i < count; i++) {
      for (int j = 0; j < i; j++) {
        squares[at++] = squaredDistance(rows[i], rows[j]);
      }
    }
    Arrays.sort(squares);
    double median = squares[squares.length / 2];
    return median > 0 ? median : 1;
  }

  /**
   * Minus the mean log-density under an estimator fitted to the reference.
   *
   * <p>Estimators are conditional; this one is given a coin that says nothing of the observation.
   *
   * @param reference N x L, standardised, no column constant
   */
  static ObservationScore density(
      double[][] reference, DensityEstimator estimator, Training training, int threads, long seed) {
    RandomGenerator random = RandomStreams.of(seed, 0);
    double[][] coins = new double[reference.length][1];
    for (double[] coin : coins) {
      coin[0] = random.nextBoolean() ? 1 : -1;
    }
    int dimension = reference[0].length;
    double[][] identity = new double[dimension][dimension];
    for (int d = 0; d < dimension; d++) {
      identity[d][d] = 1;
    }
    ConditionalDensity density =
        SNPE.with(MultivariateNormal.of(new double[dimension], identity))
            .densityEstimator(estimator)
            .training(training.withThreads(threads))
            .seed(seed)
            .appendSimulations(reference, coins)
            .train()
            .buildPosterior()
            .density()
            .withThreads(1);
    return group -> -Arrays.stream(density.logProb(group, new double[1])).average().orElseThrow();
  }

  /** The scores of M rows in succession each, as many groups as there are. */
  static double[] ofGroups(ObservationScore score, double[][] rows, int size, int threads) {
    List<Double> scores =
        Tasks.map(
            threads,
            rows.length / size,
            g -> score.of(Arrays.copyOfRange(rows, g * size, (g + 1) * size)));
    return scores.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Means and standard deviations, those of columns that never change being one. */
  static double[][] locationAndScale(Samples reference) {
    double[] scale = Arrays.stream(reference.sd()).map(sd -> sd > 0 ? sd : 1).toArray();
    return new double[][] {reference.mean(), scale};
  }
}
