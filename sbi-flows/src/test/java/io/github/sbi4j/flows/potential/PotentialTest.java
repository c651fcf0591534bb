package io.github.sbi4j.flows.potential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.distribution.Beta;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Gamma;
import io.github.sbi4j.core.distribution.Independent;
import io.github.sbi4j.core.distribution.Normal;
import io.github.sbi4j.core.distribution.StudentT;
import io.github.sbi4j.core.distribution.Support;
import io.github.sbi4j.core.mcmc.DifferentiableLogDensity;
import io.github.sbi4j.core.mcmc.LogDensity;
import io.github.sbi4j.flows.Device;
import io.github.sbi4j.flows.embedding.FullyConnected;
import io.github.sbi4j.flows.estimator.Maf;
import io.github.sbi4j.flows.estimator.Mdn;
import io.github.sbi4j.flows.estimator.Nsf;
import io.github.sbi4j.flows.inference.SNLE;
import io.github.sbi4j.flows.inference.SNRE;
import io.github.sbi4j.flows.posterior.Likelihood;
import io.github.sbi4j.flows.posterior.Ratio;
import io.github.sbi4j.flows.ratio.Aalr;
import io.github.sbi4j.flows.ratio.Linear;
import io.github.sbi4j.flows.ratio.Mlp;
import io.github.sbi4j.flows.ratio.Resnet;
import io.github.sbi4j.flows.tensor.Activation;
import io.github.sbi4j.flows.training.Training;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every potential keeps, whatever it was learned with. */
@Timeout(60)
class PotentialTest {
  /** A bounded, a half-bounded, a heavy-tailed and a free parameter. */
  private static final Distribution PRIOR =
      Independent.of(Beta.of(2, 3), Gamma.of(3, 2), StudentT.of(1.5, 0, 1), Normal.of(1, 2));

  private static final Training SHORT = Training.defaults().withMaxEpochs(15);
  private static final Support POSITIVE_FIRST =
      Support.product(
          List.of(
              Support.box(new double[] {0}, new double[] {Double.POSITIVE_INFINITY}),
              Support.real(2)));
  private static final double[][] THETA = PRIOR.sample(400, 1).toArray();
  private static final double[][] X = observations(THETA, 2);
  private static final double[][] TRIALS = Arrays.copyOfRange(X, 40, 47);

  /** A trained method that gives the potential of trials. */
  private interface Method extends Function<double[][], Potential> {}

  private static double[][] observations(double[][] theta, long seed) {
    Random random = new Random(seed);
    double[][] x = new double[theta.length][];
    for (int i = 0; i < x.length; i++) {
      double[] t = theta[i];
      x[i] =
          new double[] {
            Math.exp(t[0] + 0.3 * random.nextGaussian()),
            t[1] + t[3] * (0.5 + t[0]) + random.nextGaussian(),
            Math.tanh(t[2]) + 0.2 * t[3] * random.nextGaussian()
          };
    }
    return x;
  }

  private static Method likelihood(SNLE inference) {
    Likelihood trained =
        inference
            .observationSupport(POSITIVE_FIRST)
            .training(SHORT)
            .appendSimulations(THETA, X)
            .train()
            .buildLikelihood();
    return trained::potential;
  }

  private static Method ratio(SNRE inference) {
    Ratio trained = inference.training(SHORT).appendSimulations(THETA, X).train().buildRatio();
    return trained::potential;
  }

  static Stream<Named<Method>> methods() {
    // Smooth activations: a finite difference across a rectifier's corner is no derivative.
    Resnet resnet = Resnet.defaults().withActivation(Activation.TANH);
    FullyConnected embedding =
        FullyConnected.defaults().withOutputs(4).withActivation(Activation.TANH);
    return Stream.of(
        Named.of("MAF", likelihood(SNLE.with(PRIOR).densityEstimator(Maf.defaults()))),
        Named.of(
            "NSF",
            likelihood(
                SNLE.with(PRIOR).densityEstimator(Nsf.defaults().withActivation(Activation.TANH)))),
        Named.of(
            "MDN",
            likelihood(
                SNLE.with(PRIOR).densityEstimator(Mdn.defaults().withActivation(Activation.TANH)))),
        Named.of("three MAFs", likelihood(SNLE.with(PRIOR).ensemble(3))),
        Named.of("Resnet", ratio(SNRE.with(PRIOR).classifier(resnet))),
        Named.of(
            "Mlp, Aalr",
            ratio(
                SNRE.with(PRIOR)
                    .classifier(Mlp.defaults().withActivation(Activation.TANH))
                    .loss(Aalr.defaults()))),
        Named.of("Linear", ratio(SNRE.with(PRIOR).classifier(Linear.defaults()))),
        Named.of(
            "two Resnets, both sides embedded",
            ratio(
                SNRE.with(PRIOR)
                    .classifier(resnet)
                    .ensemble(2)
                    .embedding(embedding)
                    .parameterEmbedding(embedding))));
  }

  private static double value(LogDensity target, double[] z, int d, double by) {
    double[] moved = z.clone();
    moved[d] += by;
    return target.logDensity(moved);
  }

  /**
   * Networks compute in float32, so steps have to be wide; a fourth-order stencil allows it. Where
   * a wide one crosses a spline's knot, a narrow one may not.
   */
  @ParameterizedTest
  @MethodSource("methods")
  void gradientsAreThoseOfTheValues(Method method) {
    DifferentiableLogDensity target = method.apply(TRIALS).unconstrained();
    double[] z = new double[4];
    double[] gradients = new double[4];
    double[] values = new double[1];
    for (int i = 0; i < 10; i++) {
      PRIOR.bijection().forward(THETA[i + 100], z);
      target.logDensitiesAndGradients(1, z, values, gradients);
      assertThat(values[0]).isCloseTo(value(target, z, 0, 0), within(2e-4));
      for (int d = 0; d < 4; d++) {
        double wide = slope(target, z, d, 5e-3);
        double narrow = slope(target, z, d, 1e-3);
        double gradient = gradients[d];
        double error = Math.min(Math.abs(gradient - wide), Math.abs(gradient - narrow));
        assertThat(error)
            .as("point %d, parameter %d: %s, but %s and %s", i, d, gradient, wide, narrow)
            .isLessThan(0.02 * (1 + Math.abs(gradient)));
      }
    }
  }

  private static double slope(LogDensity target, double[] z, int d, double h) {
    return (8 * (value(target, z, d, h) - value(target, z, d, -h))
            - (value(target, z, d, 2 * h) - value(target, z, d, -2 * h)))
        / (12 * h);
  }

  /** Many trials and rows at once give what each pair gives alone, chunked or not. */
  @ParameterizedTest
  @MethodSource("methods")
  void trialsAddUp(Method method) {
    double[][] trials = Arrays.copyOf(X, 300);
    double[][] points = Arrays.copyOf(THETA, 3);
    double[] together = method.apply(trials).logProb(points);
    double[][] gradients = new double[3][4];
    double[] values = new double[3];
    method.apply(trials).logProbGradient(points, gradients, values);
    for (int i = 0; i < 3; i++) {
      double logPrior = PRIOR.logProb(points[i]);
      double sum = logPrior;
      for (double[] trial : trials) {
        sum += method.apply(new double[][] {trial}).logProb(new double[][] {points[i]})[0];
        sum -= logPrior;
      }
      assertThat(together[i]).isCloseTo(sum, within(1e-5 * (300 + Math.abs(sum))));
      assertThat(values[i]).isCloseTo(sum, within(1e-5 * (300 + Math.abs(sum))));
      double[][] alone = new double[1][4];
      method.apply(trials).logProbGradient(new double[][] {points[i]}, alone, new double[1]);
      for (int d = 0; d < 4; d++) {
        double scale = 300 + Math.abs(alone[0][d]);
        assertThat(gradients[i][d]).isCloseTo(alone[0][d], within(1e-4 * scale));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void outsideThePriorItIsMinusInfinity(Method method) {
    double[][] points = {{0.5, 1, 0, 1}, {1.5, 1, 0, 1}, {0.5, -1, 0, 1}, {0.5, 1, Double.NaN, 1}};
    double[][] gradients = new double[4][4];
    gradients[1][2] = 9;
    double[] values = new double[4];
    Potential potential = method.apply(TRIALS);
    potential.logProbGradient(points, gradients, values);
    assertThat(potential.logProb(points)[0]).isFinite();
    for (int i = 1; i < 4; i++) {
      assertThat(values[i]).isEqualTo(Double.NEGATIVE_INFINITY);
      assertThat(potential.logProb(points)[i]).isEqualTo(Double.NEGATIVE_INFINITY);
      assertThat(gradients[i]).containsOnly(0);
    }
    double[] none = potential.logProb(new double[][] {points[1]});
    assertThat(none).containsExactly(Double.NEGATIVE_INFINITY);
  }

  /**
   * Not with Sre: its loss has no gradient along a constant, and Adam makes full steps of what
   * rounding leaves.
   */
  @Test
  void theEnginesAgree() {
    Likelihood[] trained = new Likelihood[2];
    Potential[] ratios = new Potential[2];
    Device[] devices = {Device.cpu(), Device.torch()};
    for (int k = 0; k < 2; k++) {
      Training once = Training.defaults().withMaxEpochs(1).withBatchSize(50);
      trained[k] =
          SNLE.with(PRIOR)
              .device(devices[k])
              .observationSupport(POSITIVE_FIRST)
              .training(once)
              .appendSimulations(THETA, X)
              .train()
              .buildLikelihood();
      ratios[k] =
          SNRE.with(PRIOR)
              .device(devices[k])
              .loss(Aalr.defaults())
              .training(once)
              .appendSimulations(THETA, X)
              .train()
              .buildRatio()
              .potential(TRIALS);
    }
    agree("likelihood", trained[0].potential(TRIALS), trained[1].potential(TRIALS));
    agree("ratio", ratios[0], ratios[1]);
  }

  private static void agree(String what, Potential a, Potential b) {
    double[][] points = Arrays.copyOf(THETA, 20);
    double[][][] gradients = new double[2][20][4];
    double[][] values = new double[2][20];
    a.logProbGradient(points, gradients[0], values[0]);
    b.logProbGradient(points, gradients[1], values[1]);
    for (int i = 0; i < 20; i++) {
      assertThat(values[0][i])
          .as("%s %d", what, i)
          .isCloseTo(values[1][i], within(1e-3 * (1 + Math.abs(values[1][i]))));
      for (int d = 0; d < 4; d++) {
        double slope = gradients[1][i][d];
        assertThat(gradients[0][i][d]).isCloseTo(slope, within(1e-2 * (1 + Math.abs(slope))));
      }
    }
  }
}
