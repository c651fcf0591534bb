package io.github.sbi4j.analysis.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.distribution.MultivariateNormal;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.flows.estimator.ConditionalDensity;
import io.github.sbi4j.flows.estimator.Coordinates;
import io.github.sbi4j.flows.estimator.Mdn;
import io.github.sbi4j.flows.inference.SNPE;
import io.github.sbi4j.flows.posterior.DirectPosterior;
import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.training.Training;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The algebra of mixture densities, and a mixture that is learned. */
class MixtureTest {
  private static final Logger LOG = LoggerFactory.getLogger(MixtureTest.class);

  /**
   * The log-density of one component is a quadratic, so six of its values give its mean and
   * covariance exactly; the normal with those has the same density everywhere.
   */
  @Test
  void oneComponentIsAMultivariateNormal() {
    GaussianModel model = GaussianModel.normal(2);
    DirectPosterior posterior =
        briefly(model, Mdn.defaults().withComponents(1)).given(model.seen(0.3, -0.8));
    MultivariateNormal normal = quadratic(posterior);
    double[][] draws = posterior.sample(10_000, 5).toArray();
    double[] learned = posterior.logProb(draws);
    for (int i = 0; i < 200; i++) {
      assertThat(learned[i]).isCloseTo(normal.logProb(draws[i]), within(1e-4));
    }
    double[] mean = posterior.sample(10_000, 5).mean();
    for (int d = 0; d < 2; d++) {
      assertThat(mean[d]).isCloseTo(normal.mean()[d], within(0.03));
      assertThat(Math.pow(posterior.sample(10_000, 5).sd()[d], 2))
          .isCloseTo(normal.variance()[d], within(0.1 * normal.variance()[d]));
    }
  }

  private static MultivariateNormal quadratic(DirectPosterior posterior) {
    double[] o = posterior.sample(1000, 1).mean();
    double h = 0.5;
    double[] f =
        posterior.logProb(
            new double[][] {
              o,
              {o[0] + h, o[1]},
              {o[0] - h, o[1]},
              {o[0], o[1] + h},
              {o[0], o[1] - h},
              {o[0] + h, o[1] + h}
            });
    double g0 = (f[1] - f[2]) / (2 * h);
    double g1 = (f[3] - f[4]) / (2 * h);
    double p00 = (2 * f[0] - f[1] - f[2]) / (h * h);
    double p11 = (2 * f[0] - f[3] - f[4]) / (h * h);
    double p01 = (f[1] + f[3] - f[5] - f[0]) / (h * h);
    double determinant = p00 * p11 - p01 * p01;
    double[][] covariance = {
      {p11 / determinant, -p01 / determinant}, {-p01 / determinant, p00 / determinant}
    };
    double[] mean = {
      o[0] + covariance[0][0] * g0 + covariance[0][1] * g1,
      o[1] + covariance[1][0] * g0 + covariance[1][1] * g1
    };
    return MultivariateNormal.of(mean, covariance);
  }

  /** log q(theta) = log mixture(v(theta)) + log |det dv/dtheta|, the determinant by differences. */
  @Test
  void unconstrainedDensityIsTheMixtureAndTheDeterminant() {
    GaussianModel model = GaussianModel.box(2);
    ConditionalDensity density = briefly(model, Mdn.defaults()).density();
    double[] x = {0.2, -0.4};
    Coordinates.Context context = density.coordinates().context(x);
    double[][] thetas = model.draws(50, 3, x);
    double[] learned = density.logProb(thetas, x);
    for (int i = 0; i < thetas.length; i++) {
      double expected =
          mixture(density, seen(density, thetas[i], context), context)
              + logDeterminant(density, thetas[i], context);
      assertThat(learned[i]).isCloseTo(expected, within(1e-5));
    }
  }

  private static double[] seen(
      ConditionalDensity density, double[] theta, Coordinates.Context context) {
    double[] v = new double[theta.length];
    density.coordinates().forward(theta.clone(), context, v);
    return v;
  }

  private static double mixture(
      ConditionalDensity density, double[] v, Coordinates.Context context) {
    try (Operations ops = density.members().get(0).evaluate()) {
      return ops.values(
              density
                  .model()
                  .logProb(
                      ops,
                      ops.constant(floats(v), 1, 2),
                      ops.constant(floats(context.scaled()), 1, 2)))[0];
    }
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private static double logDeterminant(
      ConditionalDensity density, double[] theta, Coordinates.Context context) {
    // Near an edge the map is steep, so the step is a small part of the way to it.
    double[][] columns = new double[2][];
    for (int d = 0; d < 2; d++) {
      double h = 1e-5 * (2 - Math.abs(theta[d]));
      double[] above = theta.clone();
      double[] below = theta.clone();
      above[d] += h;
      below[d] -= h;
      double[] high = seen(density, above, context);
      double[] low = seen(density, below, context);
      columns[d] = new double[] {(high[0] - low[0]) / (2 * h), (high[1] - low[1]) / (2 * h)};
    }
    return Math.log(Math.abs(columns[0][0] * columns[1][1] - columns[0][1] * columns[1][0]));
  }

  private static DirectPosterior briefly(GaussianModel model, Mdn estimator) {
    return SNPE.with(model.prior())
        .densityEstimator(estimator)
        .training(Training.defaults().withMaxEpochs(2))
        .appendSimulations(model.simulate(500, 8))
        .train()
        .buildPosterior();
  }

  /** A prior of two correlated normals gives a posterior of two, in closed form. */
  @Test
  void learnsAKnownMixture() {
    GaussianMixture prior =
        new GaussianMixture(
            new double[] {0.4, 0.6},
            MultivariateNormal.of(new double[] {-1.5, 1}, new double[][] {{0.5, 0.3}, {0.3, 0.4}}),
            MultivariateNormal.of(
                new double[] {1.5, -0.5}, new double[][] {{0.3, -0.2}, {-0.2, 0.6}}));
    Simulations simulations =
        Simulations.run(
            (theta, random) ->
                Arrays.stream(theta).map(t -> t + 1.5 * random.nextGaussian()).toArray(),
            prior,
            4000,
            3);
    DirectPosterior posterior =
        SNPE.with(prior)
            .densityEstimator(Mdn.defaults())
            .training(Training.defaults().withBatchSize(200).withMaxEpochs(60))
            .appendSimulations(simulations)
            .train()
            .buildPosterior();
    for (double[] x : new double[][] {{0, 0}, {-1, 0.5}, {2, -1}}) {
      double[][] truth = prior.given(x, 1.5 * 1.5).sample(1000, 4).toArray();
      double score = Gate.score(truth, posterior.given(x).sample(1000, 5).toArray());
      LOG.info("C2ST {} at {}", score, x);
      assertThat(score).isBetween(0.5 - Gate.WIDTH, 0.5 + Gate.WIDTH);
    }
  }
}
