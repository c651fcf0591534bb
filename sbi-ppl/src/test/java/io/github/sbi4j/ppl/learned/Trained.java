package io.github.sbi4j.ppl.learned;

import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Support;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.flows.estimator.ColumnKind;
import io.github.sbi4j.flows.estimator.DensityEstimator;
import io.github.sbi4j.flows.estimator.Mdn;
import io.github.sbi4j.flows.estimator.Mnle;
import io.github.sbi4j.flows.estimator.Nsf;
import io.github.sbi4j.flows.inference.SNLE;
import io.github.sbi4j.flows.inference.SNRE;
import io.github.sbi4j.flows.posterior.Likelihood;
import io.github.sbi4j.flows.posterior.Ratio;
import io.github.sbi4j.flows.training.Training;
import java.util.List;
import java.util.random.RandomGenerator;

/** Networks of a few epochs: good enough to be evaluated, not to be believed. */
final class Trained {
  private static final int ROWS = 1_000;
  private static final double INFINITY = Double.POSITIVE_INFINITY;
  private static final Training SHORT = Training.defaults().withMaxEpochs(4).withThreads(1);

  /** A delay and a rate. */
  static final Distribution PRIOR =
      BoxUniform.of(new double[] {0.2, 0.5}, new double[] {2, 4}).named("delay", "rate");

  private Trained() {}

  private interface Draw {
    double[] of(double[] theta, RandomGenerator random);
  }

  private static double[][] simulated(double[][] theta, Draw draw) {
    double[][] x = new double[theta.length][];
    for (int i = 0; i < x.length; i++) {
      x[i] = draw.of(theta[i], RandomStreams.of(5, i));
    }
    return x;
  }

  private static int count(double rate, RandomGenerator random) {
    int count = 0;
    for (double left = rate; (left += Math.log(random.nextDouble())) > 0; ) {
      count++;
    }
    return count;
  }

  private static SNLE likelihood(DensityEstimator estimator, int networks, Draw draw) {
    double[][] theta = PRIOR.sample(ROWS, 3).toArray();
    return SNLE.with(PRIOR)
        .densityEstimator(estimator)
        .training(SHORT)
        .ensemble(networks)
        .seed(7)
        .appendSimulations(theta, simulated(theta, draw));
  }

  /** Counts as categories. */
  static Likelihood categorical(int networks) {
    return likelihood(
            Mnle.defaults().withColumns(ColumnKind.CATEGORICAL),
            networks,
            (theta, random) -> new double[] {count(theta[0] * theta[1], random)})
        .train()
        .buildLikelihood();
  }

  /** Counts by a density. */
  static Likelihood counts() {
    return likelihood(
            Mnle.defaults().withColumns(ColumnKind.COUNT).withContinuous(Mdn.defaults()),
            1,
            (theta, random) -> new double[] {count(5 * theta[0] * theta[1], random)})
        .train()
        .buildLikelihood();
  }

  /** A time above the delay and a choice. */
  static Likelihood mixed(int networks) {
    return likelihood(
            Mnle.defaults().withColumns(ColumnKind.CONTINUOUS, ColumnKind.CATEGORICAL),
            networks,
            (theta, random) ->
                new double[] {
                  theta[0] - Math.log(1 - random.nextDouble()) / theta[1],
                  random.nextDouble() < theta[1] / 4 ? 1 : 0
                })
        .observationSupport(
            Support.box(new double[] {0, -INFINITY}, new double[] {INFINITY, INFINITY}))
        .observationLowerBound(0, "delay")
        .train()
        .buildLikelihood();
  }

  /** Two values under a condition. */
  static Likelihood conditioned() {
    double[][] theta = PRIOR.sample(ROWS, 3).toArray();
    double[][] design =
        BoxUniform.of(new double[] {-1}, new double[] {1}).sample(ROWS, 4).toArray();
    double[][] x = new double[ROWS][];
    for (int i = 0; i < ROWS; i++) {
      x[i] = pair(theta[i], design[i][0], RandomStreams.of(5, i));
    }
    return SNLE.with(PRIOR)
        .densityEstimator(Nsf.defaults())
        .training(SHORT)
        .seed(7)
        .appendSimulations(
            Samples.copyOf(PRIOR.names(), theta),
            Samples.copyOf(List.of("dose"), design),
            Samples.copyOf(List.of("x", "y"), x))
        .train()
        .buildLikelihood();
  }

  private static double[] pair(double[] theta, double dose, RandomGenerator random) {
    double x = theta[0] + theta[1] * dose + random.nextGaussian();
    return new double[] {x, x * theta[0] + random.nextGaussian()};
  }

  static Ratio ratio(int networks) {
    double[][] theta = PRIOR.sample(ROWS, 3).toArray();
    return SNRE.with(PRIOR)
        .training(SHORT)
        .ensemble(networks)
        .seed(7)
        .appendSimulations(theta, simulated(theta, (each, random) -> pair(each, 0, random)))
        .train()
        .buildRatio();
  }
}
