package io.github.sbi4j.flows.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.distribution.MultivariateNormal;
import io.github.sbi4j.flows.estimator.DensityEstimator;
import io.github.sbi4j.flows.estimator.Maf;
import io.github.sbi4j.flows.estimator.Mdn;
import io.github.sbi4j.flows.estimator.Nsf;
import io.github.sbi4j.flows.posterior.Likelihood;
import io.github.sbi4j.flows.training.Training;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Neural likelihood estimation against the likelihood and posterior in closed form. */
@Timeout(120)
class SnleTest {
  private static final Logger LOG = LoggerFactory.getLogger(SnleTest.class);

  static Stream<DensityEstimator> estimators() {
    return Stream.of(Maf.defaults(), Nsf.defaults(), Mdn.defaults());
  }

  private static Likelihood learn(DensityEstimator estimator, int rows, long seed) {
    double[][] theta = GaussianModel.parameters(rows, seed);
    return SNLE.with(GaussianModel.prior())
        .densityEstimator(estimator)
        .training(Training.defaults().withMaxEpochs(30))
        .seed(seed)
        .appendSimulations(theta, GaussianModel.observations(theta, seed + 100))
        .train()
        .buildLikelihood();
  }

  /** The root mean squared error of log p(x | theta) over draws of both. */
  static double error(Likelihood likelihood) {
    double[][] theta = GaussianModel.parameters(500, 77);
    double[][] x = GaussianModel.observations(theta, 78);
    double[] learned = likelihood.logProb(x, theta);
    return Math.sqrt(
        IntStream.range(0, x.length)
            .mapToDouble(i -> learned[i] - GaussianModel.given(theta[i]).logProb(x[i]))
            .map(e -> e * e)
            .average()
            .orElseThrow());
  }

  @ParameterizedTest
  @MethodSource("estimators")
  void learnsTheLikelihoodAndThePosteriorOfManyTrials(DensityEstimator estimator) {
    for (long seed = 1; seed <= 3; seed++) {
      Likelihood likelihood = learn(estimator, 2000, seed);
      double error = error(likelihood);
      double[][] trials = GaussianModel.trials(new double[] {0.5, -0.7}, 5, seed + 9);
      MultivariateNormal exact = GaussianModel.posterior(trials);
      PosteriorGrid grid = PosteriorGrid.of(likelihood.given(trials), exact);
      LOG.warn(
          "{} seed {}: error {} mean {} {} sd {} {}",
          estimator,
          seed,
          error,
          Arrays.toString(grid.mean()),
          Arrays.toString(exact.mean()),
          Arrays.toString(grid.sd()),
          Arrays.toString(Arrays.stream(exact.variance()).map(Math::sqrt).toArray()));
      assertThat(error).isLessThan(0.15);
      for (int d = 0; d < 2; d++) {
        double sd = Math.sqrt(exact.variance()[d]);
        assertThat(grid.mean()[d]).isCloseTo(exact.mean()[d], within(0.25 * sd));
        assertThat(grid.sd()[d] / sd).isCloseTo(1, within(0.15));
      }
    }
  }
}
