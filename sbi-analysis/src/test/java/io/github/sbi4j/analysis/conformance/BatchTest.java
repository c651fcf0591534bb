package io.github.sbi4j.analysis.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.flows.estimator.DensityEstimator;
import io.github.sbi4j.flows.inference.SNPE;
import io.github.sbi4j.flows.posterior.DirectPosterior;
import io.github.sbi4j.flows.training.Training;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is asked for many observations at once is what one observation after the other gives. */
class BatchTest {
  private static final double[][] OBSERVATIONS = {{-3, 1}, {2, -2}};

  private static DirectPosterior train(GaussianModel model, DensityEstimator estimator) {
    return SNPE.with(model.prior())
        .densityEstimator(estimator)
        .training(Training.defaults().withMaxEpochs(3))
        .appendSimulations(model.simulate(500, 8))
        .train()
        .buildPosterior();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("io.github.sbi4j.analysis.conformance.Estimators#all")
  void drawsOfABatchHaveTheDistributionOfSeparateOnes(DensityEstimator estimator) {
    DirectPosterior posterior = train(GaussianModel.normal(2), estimator);
    List<Samples> batch = posterior.sampleEach(OBSERVATIONS, 1000, 1);
    assertThat(batch).hasSize(OBSERVATIONS.length);
    for (int i = 0; i < OBSERVATIONS.length; i++) {
      double[][] separate = posterior.given(OBSERVATIONS[i]).sample(1000, 2).toArray();
      double[][] other = posterior.given(OBSERVATIONS[1 - i]).sample(1000, 2).toArray();
      assertThat(Gate.score(separate, batch.get(i).toArray())).isBetween(0.4, 0.6);
      assertThat(Gate.score(other, batch.get(i).toArray())).isGreaterThan(0.7);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("io.github.sbi4j.analysis.conformance.Estimators#all")
  void densitiesOfABatchAreThoseOfSeparateRows(DensityEstimator estimator) {
    GaussianModel model = GaussianModel.box(2);
    DirectPosterior posterior = train(model, estimator);
    int rows = 60;
    double[][] parameters = model.prior().sample(rows, 3).toArray();
    double[][] observations = new double[rows][];
    Arrays.setAll(observations, i -> OBSERVATIONS[i % 2]);
    double[] batch = posterior.logProbEach(parameters, observations);
    assertThat(batch).hasSize(rows);
    for (int i = 0; i < rows; i++) {
      double alone = posterior.given(observations[i]).logProb(parameters[i]);
      assertThat(batch[i]).isCloseTo(alone, within(1e-4 * Math.max(1, Math.abs(alone))));
      double again = posterior.given(observations[i]).logProb(parameters)[i];
      assertThat(again).isCloseTo(alone, within(1e-4 * Math.max(1, Math.abs(alone))));
    }
  }
}
