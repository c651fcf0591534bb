package io.github.sbi4j.flows.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.MultivariateNormal;
import io.github.sbi4j.core.distribution.Support;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.flows.embedding.PermutationInvariant;
import io.github.sbi4j.flows.estimator.Mdn;
import io.github.sbi4j.flows.inference.SNPE;
import io.github.sbi4j.flows.training.Training;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class DirectPosteriorTest {
  private static final Distribution UNIT = BoxUniform.of(new double[] {0}, new double[] {1});
  private static final double SD = 0.5;
  private static final double[] FACTOR = {0.5, 0, -0.6, 0.3};
  private static final double[] SHIFT = {0.2, -1};
  private static final Distribution WIDE =
      MultivariateNormal.of(new double[2], new double[][] {{100, 0}, {0, 100}});

  private static DirectPosterior gaussian() {
    return Gaussians.posterior(WIDE, Support.real(2), SHIFT, FACTOR);
  }

  /** The mass that a normal at x has inside the unit interval. */
  private static double inside(double x) {
    NormalDistribution normal = new NormalDistribution(x, SD);
    return normal.cumulativeProbability(1) - normal.cumulativeProbability(0);
  }

  @Test
  void densityHasItsClosedForm() {
    DirectPosterior posterior = gaussian().given(0.5, 1);
    double[][] theta = {{0.7, 0}, {0, 1}, {3, -2}};
    double[] logProb = posterior.logProb(theta);
    for (int i = 0; i < theta.length; i++) {
      double first = (theta[i][0] - 0.7) / 0.5;
      double second = (theta[i][1] - 0 + 0.6 * first) / 0.3;
      double expected = -0.5 * (first * first + second * second) - Math.log(0.15 * 2 * Math.PI);
      // The network computes in float32.
      assertThat(logProb[i]).isCloseTo(expected, within(1e-5 * (1 + Math.abs(expected))));
      assertThat(posterior.logProb(theta[i])).isEqualTo(logProb[i]);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8})
  void anyNumberOfThreadsGivesTheSame(int threads) {
    DirectPosterior alone = gaussian().given(0.5, 1).withThreads(1);
    DirectPosterior shared = alone.withThreads(threads);
    double[][] draws = alone.sample(5_000, 7).toArray();
    assertThat(shared.sample(5_000, 7).toArray()).isDeepEqualTo(draws);
    assertThat(shared.logProb(draws)).isEqualTo(alone.logProb(draws));
    double[][] observations = new double[draws.length][];
    Arrays.setAll(observations, i -> new double[] {0.001 * i, 1});
    assertThat(shared.logProbEach(draws, observations))
        .isEqualTo(alone.logProbEach(draws, observations));
    draws[4_321] = new double[] {1};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> shared.logProb(draws))
        .withMessageContaining("row 4321 has 1 values, but the density is over 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> shared.withThreads(0))
        .withMessageContaining("threads must be positive");
  }

  /** The normaliser has a standard error of sqrt((1 - p) / (10 000 p)): six of them. */
  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1.4, -0.2})
  void aLeakingDensityIsTruncatedAndNormalised(double x) {
    DirectPosterior posterior = Gaussians.truncated(UNIT, SD).given(x);
    double[][] outside = {{-1e-9}, {0}, {1}, {1.5}, {Double.NaN}};
    assertThat(posterior.logProb(outside)).containsOnly(Double.NEGATIVE_INFINITY);
    double p = inside(x);
    double error = 6 * Math.sqrt((1 - p) / (10_000 * p));
    double[][] grid = new double[1000][1];
    for (int i = 0; i < grid.length; i++) {
      grid[i][0] = (i + 0.5) / grid.length;
    }
    double mass = 0;
    for (double log : posterior.logProb(grid)) {
      mass += Math.exp(log) / grid.length;
    }
    assertThat(mass).isCloseTo(1, within(error));
    double truth = new NormalDistribution(x, SD).density(0.3) / p;
    assertThat(Math.exp(posterior.logProb(new double[] {0.3})))
        .isCloseTo(truth, within(error * truth));
  }

  /** A normaliser kept for another observation would be wrong by a factor of fifteen. */
  @Test
  void theNormaliserBelongsToTheObservation() {
    DirectPosterior posterior = Gaussians.truncated(UNIT, SD);
    DirectPosterior near = posterior.given(0.5);
    double before = near.logProb(new double[] {0.6});
    DirectPosterior far = near.given(1.8);
    double truth = new NormalDistribution(1.8, SD).logDensity(0.6) - Math.log(inside(1.8));
    // The standard error of the log of the normaliser is 0.042.
    assertThat(far.logProb(new double[] {0.6})).isCloseTo(truth, within(6 * 0.042));
    assertThat(near.logProb(new double[] {0.6})).isEqualTo(before);
    assertThat(posterior.logProbEach(new double[][] {{0.6}, {0.6}}, new double[][] {{0.5}, {1.8}}))
        .containsExactly(before, far.logProb(new double[] {0.6}));
  }

  /** Of 2000 draws the mean of a truncated normal within five standard errors. */
  @Test
  void drawsOfALeakingDensityAreThoseInside() {
    double x = 1.2;
    double[] draws = Gaussians.truncated(UNIT, SD).given(x).sample(2000, 3).column(0);
    double sum = 0;
    for (double draw : draws) {
      assertThat(draw).isBetween(0.0, 1.0);
      sum += draw;
    }
    NormalDistribution normal = new NormalDistribution(x, SD);
    double mean = x - SD * SD * (normal.density(1) - normal.density(0)) / inside(x);
    // No truncation to the unit interval has a standard deviation above 1 / sqrt(12).
    assertThat(sum / 2000).isCloseTo(mean, within(5 * Math.sqrt(1.0 / 12 / 2000)));
  }

  @Test
  void rejectionHasABudget() {
    DirectPosterior posterior = Gaussians.truncated(UNIT, 0.01).given(9);
    assertThatThrownBy(() -> posterior.sample(10))
        .isInstanceOfSatisfying(
            LeakageException.class, e -> assertThat(e.acceptanceRate()).isZero())
        .hasMessageMatching(
            "only 0 of \\d+ draws fell inside the prior \\(acceptance rate 0.0\\), 10 are wanted\\. Remedies: train in"
                + " unconstrained space \\(SNPE.unconstrained\\(true\\), the default\\), which has no mass outside the prior;"
                + " simulate more; or check that the observation is one the simulator can give\\.");
    assertThatThrownBy(() -> posterior.logProb(new double[] {0.5}))
        .isInstanceOf(LeakageException.class)
        .hasMessageStartingWith("only 0 of 10000 draws");
  }

  @Test
  void inUnconstrainedSpaceNothingLeaks() {
    DirectPosterior posterior =
        Gaussians.posterior(UNIT, UNIT.support(), new double[1], new double[] {1}).given(9);
    for (double draw : posterior.sample(1000).column(0)) {
      assertThat(draw).isStrictlyBetween(0.0, 1.0);
    }
    assertThat(posterior.logProb(new double[] {1})).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void theMaximumOfAGaussianIsItsMean() {
    MapEstimate map = gaussian().given(0.5, 1).map();
    // The Adam steps end a hundredth of a standard deviation from the maximum at most.
    assertThat(map.toArray()).containsExactly(new double[] {0.7, 0}, within(0.005));
    assertThat(map.converged()).isTrue();
    assertThat(map.logProb()).isCloseTo(-Math.log(0.15 * 2 * Math.PI), within(1e-3));
    assertThat(map.parameters()).hasSize(2);
  }

  /**
   * The probit of a uniform on (0, 1) that is normal with mean x and variance s^2 has its mode at
   * Phi(x / (1 - s^2)).
   */
  @Test
  void theMaximumIsThatOfTheDensityOverParameters() {
    double s = 0.6;
    MapEstimate map =
        Gaussians.posterior(UNIT, UNIT.support(), new double[1], new double[] {s}).given(0.4).map();
    double mode = new NormalDistribution().cumulativeProbability(0.4 / (1 - s * s));
    assertThat(map.toArray()[0]).isCloseTo(mode, within(0.005));
    assertThat(map.converged()).isTrue();
  }

  /** With a variance above one the same density rises without end towards the bounds. */
  @Test
  void aMaximumThatIsNotReachedIsNotCalledConverged() {
    MapEstimate map =
        Gaussians.posterior(UNIT, UNIT.support(), new double[1], new double[] {1.5})
            .given(0.4)
            .map();
    assertThat(map.converged()).isFalse();
  }

  @Test
  void fourThreadsGetWhatOneGets() throws Exception {
    DirectPosterior alone = Gaussians.truncated(UNIT, SD).given(0.7);
    double[][] theta = {{0.2}, {0.9}};
    double[] logProb = alone.logProb(theta);
    List<Double> draws =
        List.of(alone.sample(500, 1).get(499, 0), alone.sample(500, 2).get(499, 0));
    DirectPosterior shared = Gaussians.truncated(UNIT, SD).given(0.7);
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Future<List<Double>>> results = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        results.add(
            pool.submit(
                () -> {
                  assertThat(shared.logProb(theta)).isEqualTo(logProb);
                  return List.of(
                      shared.sample(500, 1).get(499, 0), shared.sample(500, 2).get(499, 0));
                }));
      }
      for (Future<List<Double>> result : results) {
        assertThat(result.get()).isEqualTo(draws);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void featuresAreWhatTheEmbeddingNetworkMakesOfAnObservation() {
    Distribution square = BoxUniform.of(new double[] {0, 0}, new double[] {1, 1});
    Simulations simulations =
        Simulations.run(
            (theta, random) ->
                random.doubles(4, 0, 1).map(u -> theta[0] + theta[1] * (u - 0.5)).toArray(),
            square,
            100,
            1);
    DirectPosterior posterior =
        SNPE.with(square)
            .densityEstimator(Mdn.defaults().withComponents(1))
            .embedding(PermutationInvariant.defaults())
            .training(Training.defaults().withMaxEpochs(1))
            .appendSimulations(simulations)
            .train()
            .buildPosterior();
    double[] features = posterior.features(0.1, 0.2, 0.3, 0.4);
    assertThat(posterior.features(0.4, 0.2, 0.1, 0.3)).containsExactly(features, within(1e-5));
    assertThat(posterior.features(0.1, 0.2, 0.3, 0.9)).isNotEqualTo(features);
  }

  @Test
  void withoutANetworkFeaturesAreTheStandardisedObservation() {
    DirectPosterior posterior = gaussian();
    double[] scaled = posterior.density().coordinates().context(new double[] {3, -2}).scaled();
    assertThat(posterior.features(3, -2)).containsExactly(scaled, within(1e-6));
  }

  @Test
  void sampleEachIsRepeatableAndHasATableForEachObservation() {
    double[][] observations = {{0, 0}, {3, 3}};
    DirectPosterior posterior = gaussian();
    var tables = posterior.sampleEach(observations, 400, 1);
    assertThat(tables).hasSize(2);
    assertThat(posterior.sampleEach(observations, 400, 1)).isEqualTo(tables);
    // Six standard errors of 0.025.
    assertThat(tables.get(1).mean()[0] - tables.get(0).mean()[0]).isCloseTo(3, within(0.15 * 1.5));
    assertThat(posterior.given(3, 3).sample(10)).isEqualTo(posterior.given(3, 3).sample(10));
  }

  @Test
  void badObservationsAreErrors() {
    DirectPosterior posterior = gaussian();
    assertThatIllegalStateException()
        .isThrownBy(() -> posterior.sample(1))
        .withMessage(
            "the posterior was not given an observation: call posterior.given(observed) first");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> posterior.given(1))
        .withMessage("the observation has 1 values, but the posterior was trained on 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> posterior.given(1, Double.NaN))
        .withMessage("observed value 1 is NaN, expected finite values");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> posterior.given(1, 1).sample(0))
        .withMessage("count is 0, expected at least 1 draw");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> posterior.given(1, 1).logProb(new double[3]))
        .withMessage("row 0 has 3 values, but the density is over 2");
  }

  @Test
  void observationFarOutsideTheSimulationsIsLogged() {
    DirectPosterior posterior = gaussian();
    try (LoggedWarnings log = LoggedWarnings.of(LoggerFactory.getLogger(DirectPosterior.class))) {
      posterior.given(14.9, -14.9);
      assertThat(log.text()).isEmpty();
      posterior.given(0, 15.1);
      assertThat(log.text())
          .contains("observed values [1] lie far outside what was simulated")
          .contains("value 1 is 15.1 and simulations range from -10.0 to 10.0");
    }
  }
}
