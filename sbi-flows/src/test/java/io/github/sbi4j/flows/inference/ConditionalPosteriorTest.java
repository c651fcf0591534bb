package io.github.sbi4j.flows.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.flows.estimator.Mdn;
import io.github.sbi4j.flows.posterior.DirectPosterior;
import io.github.sbi4j.flows.posterior.UnnormalizedPosterior;
import io.github.sbi4j.flows.training.Training;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the three methods learned, with a parameter fixed. A sum and the first of two parameters are
 * observed, so the posterior is Gaussian with the precision {{6, 4}, {4, 5}}.
 */
@Timeout(60)
class ConditionalPosteriorTest {
  private static final double[] X = {1, 0.2};
  private static final double FIRST = -0.5;

  private static double[][] observations(double[][] theta, long seed) {
    Random random = new Random(seed);
    double[][] x = new double[theta.length][];
    for (int i = 0; i < x.length; i++) {
      x[i] =
          new double[] {
            theta[i][0] + theta[i][1] + 0.5 * random.nextGaussian(),
            theta[i][0] + random.nextGaussian()
          };
    }
    return x;
  }

  /** The marginal has the mean 0.51 and the standard deviation 0.65: conditioning is seen. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void learnedConditionalsAreNearTheExactOne(long seed) {
    double[][] theta = GaussianModel.parameters(1_000, seed);
    double[][] x = observations(theta, seed + 10);
    double mean = 0.8 * (X[0] - FIRST);
    double sd = Math.sqrt(0.2);
    Map<String, Double> fixed = Map.of("first", FIRST);
    Training training = Training.defaults().withMaxEpochs(25);
    DirectPosterior direct =
        SNPE.with(GaussianModel.prior())
            .densityEstimator(Mdn.defaults().withComponents(4))
            .training(training)
            .seed(seed)
            .appendSimulations(theta, x)
            .train()
            .buildPosterior();
    UnnormalizedPosterior chains = direct.given(X).fixing(fixed);
    List<UnnormalizedPosterior> conditionals =
        List.of(
            chains,
            SNLE.with(GaussianModel.prior())
                .densityEstimator(Mdn.defaults().withComponents(4))
                .training(training)
                .seed(seed)
                .appendSimulations(theta, x)
                .train()
                .buildPosterior()
                .given(X)
                .fixing(fixed),
            SNRE.with(GaussianModel.prior())
                .training(training)
                .seed(seed)
                .appendSimulations(theta, x)
                .train()
                .buildPosterior()
                .given(X)
                .fixing(fixed));
    for (UnnormalizedPosterior conditional : conditionals) {
      Samples draws = conditional.sample(2_000, seed);
      assertThat(draws.names()).containsExactly("second");
      assertThat(draws.mean()[0])
          .as("method %d", conditionals.indexOf(conditional))
          .isCloseTo(mean, within(0.35 * sd));
      assertThat(draws.sd()[0] / sd).isCloseTo(1, within(0.25));
    }
    // Chains draw what the mixture network says, summed over a grid, to 4.5 standard errors.
    double[][] grid = new double[1_600][];
    for (int i = 0; i < grid.length; i++) {
      grid[i] = new double[] {FIRST, mean + (i / 100.0 - 8) * sd};
    }
    double[] logs = direct.given(X).logProb(grid);
    double[] sums = new double[3];
    for (int i = 0; i < grid.length; i++) {
      double p = Math.exp(logs[i]);
      sums[0] += p;
      sums[1] += p * grid[i][1];
      sums[2] += p * grid[i][1] * grid[i][1];
    }
    double learned = sums[1] / sums[0];
    double spread = Math.sqrt(sums[2] / sums[0] - learned * learned);
    Samples draws = chains.sample(4_000, seed);
    assertThat(draws.mean()[0]).isCloseTo(learned, within(4.5 * spread / Math.sqrt(1_000)));
    assertThat(draws.sd()[0]).isCloseTo(spread, within(4.5 * spread / Math.sqrt(2_000)));
  }
}
