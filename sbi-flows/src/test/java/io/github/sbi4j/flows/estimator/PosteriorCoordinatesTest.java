package io.github.sbi4j.flows.estimator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.distribution.Beta;
import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Exponential;
import io.github.sbi4j.core.distribution.Independent;
import io.github.sbi4j.core.distribution.MultivariateNormal;
import io.github.sbi4j.core.distribution.Normal;
import io.github.sbi4j.core.distribution.Support;
import io.github.sbi4j.core.distribution.Uniform;
import io.github.sbi4j.flows.embedding.Embedding;
import io.github.sbi4j.flows.embedding.FullyConnected;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PosteriorCoordinatesTest {
  /** Uniform, with bounds but not uniform, without, with one. */
  private static final Distribution MIXED =
      Independent.of(
          Uniform.of(10, 30).named("a"),
          Beta.of(2, 3).named("b"),
          Normal.of(0, 1).named("c"),
          Exponential.of(2).named("d"));

  private static List<double[]> draws(Distribution prior, int rows) {
    return Arrays.asList(prior.sample(rows, 1).toArray());
  }

  private static List<double[]> noisy(List<double[]> parameters) {
    Random random = new Random(1);
    List<double[]> rows = new ArrayList<>();
    for (double[] theta : parameters) {
      rows.add(Arrays.stream(theta).map(t -> t + 0.2 * random.nextGaussian()).toArray());
    }
    return rows;
  }

  private static Coordinates fit(PosteriorCoordinates how, Distribution prior, int rows) {
    List<double[]> parameters = draws(prior, rows);
    return how.fit(parameters, noisy(parameters), Embedding.identity(), 3);
  }

  @Test
  void onlyUniformParametersKeepTheirBounds() {
    Coordinates coordinates = fit(PosteriorCoordinates.truncated(MIXED), MIXED, 500);
    TruncatedGaussian part = (TruncatedGaussian) coordinates.regression();
    boolean[] bounded = new boolean[4];
    for (int k = 0; k < 4; k++) {
      bounded[k] = part.isBounded(k);
    }
    assertThat(bounded).containsExactly(true, false, false, false);
    assertThat(coordinates.targets().location()[0]).isEqualTo(20);
    // Bounds are where they are: next to them a value is still inside, and comes back.
    double[] nearBounds = {Math.nextUp(10.0), 0.5, 0, 1};
    double[] v = new double[4];
    Coordinates.Context context = coordinates.context(new double[] {11, 0.5, 0, 1});
    assertThat(coordinates.forward(nearBounds, context, v)).isFinite();
    assertThat(v[0]).isLessThan(-5);
    double[] back = coordinates.inverse(v, context);
    assertThat(coordinates.support().contains(back)).isTrue();
    assertThat(back).containsExactly(nearBounds, within(1e-6));
  }

  @Test
  void whereNothingIsUniformOrClosedFormsAreNeededThePartIsNotTruncated() {
    assertThat(fit(PosteriorCoordinates.affine(MIXED, MIXED.support()), MIXED, 500).isShifted())
        .isTrue();
    Coordinates free = fit(PosteriorCoordinates.affine(MIXED, Support.real(4)), MIXED, 500);
    assertThat(free.isShifted()).isTrue();
    assertThat(free.support()).isEqualTo(Support.real(4));
    Distribution beta = Beta.of(2, 2);
    assertThat(fit(PosteriorCoordinates.truncated(beta), beta, 500).isShifted()).isTrue();
  }

  @Test
  void withAnEmbeddingOrFewRowsThereIsNoPart() {
    List<double[]> parameters = draws(MIXED, 500);
    Coordinates embedded =
        PosteriorCoordinates.truncated(MIXED)
            .fit(parameters, noisy(parameters), FullyConnected.defaults(), 3);
    Coordinates few = fit(PosteriorCoordinates.truncated(MIXED), MIXED, 23);
    for (Coordinates coordinates : List.of(embedded, few)) {
      assertThat(((LinearGaussian) coordinates.regression()).slopes()).containsOnly(0.0);
    }
    assertThat(fit(PosteriorCoordinates.truncated(MIXED), MIXED, 24).isShifted()).isFalse();
  }

  /** Rows of a truncated prior, on which observations depend, but not linearly. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void rowsThatFillLittleOfThePriorKeepTheirOwnScale(boolean uniform) {
    Distribution prior =
        uniform ? Uniform.of(-1000, 1000).named("a") : Normal.of(0, 1000).named("a");
    Random random = new Random(3);
    List<double[]> parameters = new ArrayList<>();
    List<double[]> observations = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      double a = random.nextGaussian();
      parameters.add(new double[] {a});
      observations.add(new double[] {a * a + 0.1 * random.nextGaussian()});
    }
    Coordinates coordinates =
        PosteriorCoordinates.truncated(prior)
            .fit(parameters, observations, Embedding.identity(), 3);
    double squares = 0;
    for (int i = 0; i < 1000; i++) {
      double[] v = new double[1];
      coordinates.forward(parameters.get(i), coordinates.context(observations.get(i)), v);
      squares += v[0] * v[0] / 1000;
    }
    assertThat(squares).isCloseTo(1, within(0.2));
  }

  /** Ten rounds of equal size, the last nine of them narrow, are not a truncated prior. */
  @Test
  void rowsOfTenRoundsKeepTheScaleOfThePrior() {
    Distribution prior = Uniform.of(-1, 1).named("a");
    List<double[]> parameters = draws(prior, 100);
    parameters = new ArrayList<>(parameters);
    Random random = new Random(4);
    for (int i = 0; i < 900; i++) {
      parameters.add(new double[] {0.3 + 0.001 * random.nextGaussian()});
    }
    Coordinates coordinates =
        PosteriorCoordinates.truncated(prior)
            .fit(parameters, noisy(parameters), Embedding.identity(), 3);
    assertThat(coordinates.isShifted()).isFalse();
  }

  /** Log-densities of the Gaussian part alone against the exact ones, over pairs of the prior. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theLinearSimulatorIsAllThereIs(boolean uniform) {
    Distribution prior =
        uniform
            ? BoxUniform.of(new double[] {-1, 2}, new double[] {1, 8})
            : MultivariateNormal.of(new double[] {3, -1}, new double[][] {{1, 0.5}, {0.5, 2}});
    double[] noise = {0.5, 1};
    List<double[]> parameters = draws(prior, 5000);
    Random random = new Random(2);
    List<double[]> observations = new ArrayList<>();
    for (double[] theta : parameters) {
      observations.add(
          new double[] {
            theta[0] + noise[0] * random.nextGaussian(), theta[1] + noise[1] * random.nextGaussian()
          });
    }
    Coordinates coordinates =
        PosteriorCoordinates.truncated(prior)
            .fit(parameters, observations, Embedding.identity(), 3);
    double mean = 0;
    int pairs = 50;
    for (int i = 0; i < pairs; i++) {
      double[] theta = parameters.get(i);
      double[] x = observations.get(i);
      double[] v = new double[2];
      double log = coordinates.forward(theta, coordinates.context(x), v);
      log -= 0.5 * (v[0] * v[0] + v[1] * v[1]) + Math.log(2 * Math.PI);
      double exact =
          logLikelihood(theta, x, noise) + prior.logProb(theta) - logEvidence(prior, x, noise);
      assertThat(log).isCloseTo(exact, within(0.5));
      mean += (exact - log) / pairs;
    }
    assertThat(mean).isCloseTo(0, within(0.02));
  }

  private static double logLikelihood(double[] theta, double[] x, double[] noise) {
    double log = 0;
    for (int j = 0; j < 2; j++) {
      log += Normal.of(theta[j], noise[j]).logProb(new double[] {x[j]});
    }
    return log;
  }

  /** By a sum over a grid of eight standard deviations of the noise around x. */
  private static double logEvidence(Distribution prior, double[] x, double[] noise) {
    int points = 160;
    double sum = 0;
    for (int i = 0; i < points; i++) {
      for (int j = 0; j < points; j++) {
        double[] theta = {
          x[0] + noise[0] * 16 * ((i + 0.5) / points - 0.5),
          x[1] + noise[1] * 16 * ((j + 0.5) / points - 0.5)
        };
        if (prior.support().contains(theta)) {
          sum += Math.exp(logLikelihood(theta, x, noise) + prior.logProb(theta));
        }
      }
    }
    return Math.log(sum * 256 * noise[0] * noise[1] / points / points);
  }
}
