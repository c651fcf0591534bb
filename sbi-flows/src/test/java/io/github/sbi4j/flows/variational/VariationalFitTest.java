package io.github.sbi4j.flows.variational;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.distribution.MultivariateNormal;
import io.github.sbi4j.core.mcmc.DifferentiableLogDensity;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.flows.estimator.Maf;
import io.github.sbi4j.flows.estimator.Mdn;
import io.github.sbi4j.flows.estimator.Nsf;
import io.github.sbi4j.flows.tensor.Activation;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Approximations of densities whose moments and constants are known. */
@Timeout(600) // a guard against hanging: the slower engine takes minutes on a busy machine
class VariationalFitTest {
  private static final double LOG_2_PI = Math.log(2 * Math.PI);
  private static final Maf MAF =
      Maf.defaults().withActivation(Activation.RELU).withTransforms(3).withHiddenFeatures(24);
  private static final VariationalSettings SETTINGS = VariationalSettings.defaults();

  /** Its scales differ by a factor of two hundred, the last two are correlated by 0.95. */
  private static final MultivariateNormal GAUSSIAN =
      MultivariateNormal.of(
          new double[] {3, -0.5, 20},
          new double[][] {{0.01, 0, 0}, {0, 0.25, 4.75}, {0, 4.75, 100}});

  static Stream<VariationalObjective> objectives() {
    return Stream.of(
        VariationalObjective.reverseKl(),
        VariationalObjective.forwardKl(),
        VariationalObjective.importanceWeighted(8));
  }

  private static DifferentiableLogDensity gaussian(double logConstant) {
    return DifferentiableLogDensity.of(
        3,
        (z, gradient) -> {
          System.arraycopy(GAUSSIAN.logProbGradient(z), 0, gradient, 0, 3);
          return GAUSSIAN.logProb(z) + logConstant;
        });
  }

  /** z_1 ~ N(0, 1.5^2), z_2 ~ N(z_1^2, 0.5^2). */
  private static DifferentiableLogDensity banana() {
    return DifferentiableLogDensity.of(
        2,
        (z, gradient) -> {
          double first = z[0] / 1.5;
          double second = (z[1] - z[0] * z[0]) / 0.5;
          gradient[0] = -first / 1.5 + 2 * z[0] * second / 0.5;
          gradient[1] = -second / 0.5;
          return -0.5 * (first * first + second * second) - Math.log(0.75) - LOG_2_PI;
        });
  }

  private static double[][] cloud(int dimension, double sd) {
    RandomGenerator random = RandomStreams.of(77, 0);
    double[][] points = new double[200][dimension];
    for (double[] point : points) {
      Arrays.setAll(point, d -> sd * random.nextGaussian());
    }
    return points;
  }

  private static Samples samples(double[][] rows) {
    return Samples.copyOf(List.of("a", "b", "c").subList(0, rows[0].length), rows);
  }

  /** The gradients have no variance at the optimum, so there is no Monte Carlo error to allow. */
  @ParameterizedTest
  @MethodSource("objectives")
  void aGaussianIsFoundExactly(VariationalObjective objective) {
    VariationalFit fit =
        VariationalFit.of(
            gaussian(2.5), cloud(3, 30), VariationalFamily.gaussian(), objective, SETTINGS, 1);
    assertThat(fit.report().converged()).isTrue();
    assertThat(fit.report().elbo()).isCloseTo(2.5, within(1e-6));
    assertThat(fit.report().logEvidence()).isCloseTo(2.5, within(1e-6));
    assertThat(fit.report().effectiveSampleSize()).isCloseTo(4_000, within(0.01));
    assertThat(fit.report().warnings()).isEmpty();
    double[][] points = GAUSSIAN.sample(50, 2).toArray();
    double[] logs = fit.logProb(points);
    for (int i = 0; i < logs.length; i++) {
      assertThat(logs[i]).isCloseTo(GAUSSIAN.logProb(points[i]), within(1e-3));
    }
    Samples draws = samples(fit.sample(20_000, 3));
    for (int d = 0; d < 3; d++) {
      double variance = GAUSSIAN.variance()[d];
      double error = Math.sqrt(variance / 20_000);
      assertThat(draws.mean()[d]).isCloseTo(GAUSSIAN.mean()[d], within(4.5 * error));
      assertThat(draws.covariance()[d][d]).isCloseTo(variance, within(0.045 * variance));
    }
    assertThat(draws.correlation()[1][2]).isCloseTo(0.95, within(0.005));
  }

  /**
   * Independent coordinates by the reverse divergence have the variances of each coordinate given
   * the others, by the forward one the variances themselves (Bishop 2006, figure 10.2).
   */
  @Test
  void theMeanFieldIsAsNarrowOrAsWideAsItsObjectiveSays() {
    double[] inner = variances(VariationalObjective.reverseKl());
    double[] outer = variances(VariationalObjective.forwardKl());
    assertThat(inner[0]).isCloseTo(0.64, within(0.03));
    assertThat(inner[1]).isCloseTo(0.64 * 9, within(0.03 * 9));
    assertThat(outer[0]).isCloseTo(1, within(0.05));
    assertThat(outer[1]).isCloseTo(9, within(0.05 * 9));
  }

  /** Of a Gaussian with the variances 1 and 9 and the correlation 0.6. */
  private static double[] variances(VariationalObjective objective) {
    MultivariateNormal correlated =
        MultivariateNormal.of(new double[] {1, 2}, new double[][] {{1, 1.8}, {1.8, 9}});
    VariationalFit fit =
        VariationalFit.of(
            DifferentiableLogDensity.of(
                2,
                (z, gradient) -> {
                  System.arraycopy(correlated.logProbGradient(z), 0, gradient, 0, 2);
                  return correlated.logProb(z);
                }),
            cloud(2, 5),
            VariationalFamily.diagonalGaussian(),
            objective,
            SETTINGS.withDraws(4_000).withSteps(60), // few draws bias self-normalised weights
            1);
    double[] sd = samples(fit.sample(40_000, 4)).sd();
    return Arrays.stream(sd).map(s -> s * s).toArray();
  }

  /** The bounds of a Gaussian that does not fit, in their order and below the evidence. */
  @Test
  void boundsRiseToTheEvidence() {
    VariationalReport report =
        VariationalFit.of(
                banana(),
                cloud(2, 4),
                VariationalFamily.gaussian(),
                VariationalObjective.reverseKl(),
                SETTINGS.withQualityDraws(40_000),
                1)
            .report();
    double[] bounds = {
      report.elbo(), report.importanceWeightedBound(4), report.importanceWeightedBound(64)
    };
    assertThat(bounds).isSorted();
    assertThat(bounds[0]).isLessThan(-0.5);
    assertThat(bounds[2]).isBetween(-0.75, 0.0);
    assertThat(bounds[2]).isGreaterThan(bounds[0] + 0.2);
    assertThat(report.elboStandardError()).isBetween(0.001, 0.05);
  }

  /** What an objective maximises it has more of than the other one's approximation. */
  @Test
  void theImportanceWeightedBoundIsATrueOne() {
    VariationalReport tight = mismatched(VariationalObjective.importanceWeighted(8));
    VariationalReport plain = mismatched(VariationalObjective.reverseKl());
    assertThat(tight.importanceWeightedBound(8))
        .isGreaterThan(plain.importanceWeightedBound(8) + 0.1);
    assertThat(plain.elbo()).isGreaterThan(tight.elbo() + 0.1);
  }

  private static VariationalReport mismatched(VariationalObjective objective) {
    return VariationalFit.of(
            banana(),
            cloud(2, 4),
            VariationalFamily.gaussian(),
            objective,
            SETTINGS.withQualityDraws(40_000),
            1)
        .report();
  }

  /** z_1 ~ N(0, 1), z_2 ~ N(2 z_1 + 0.2 z_1^2, 0.2^2): a narrow ridge, bent. */
  private static DifferentiableLogDensity ridge() {
    return DifferentiableLogDensity.of(
        2,
        (z, gradient) -> {
          double second = (z[1] - 2 * z[0] - 0.2 * z[0] * z[0]) / 0.2;
          gradient[0] = -z[0] + (2 + 0.4 * z[0]) * second / 0.2;
          gradient[1] = -second / 0.2;
          return -0.5 * (z[0] * z[0] + second * second) - Math.log(0.2) - LOG_2_PI;
        });
  }

  static Stream<Arguments> flows() {
    VariationalFamily maf = VariationalFamily.flow(MAF);
    return objectives().map(objective -> Arguments.of(maf, objective));
  }

  @ParameterizedTest
  @MethodSource("flows")
  void aFlowFollowsABentRidge(VariationalFamily family, VariationalObjective objective) {
    VariationalFit fit =
        VariationalFit.of(ridge(), cloud(2, 4), family, objective, SETTINGS.withDraws(160), 1);
    VariationalReport report = fit.report();
    assertThat(report.paretoK()).isLessThan(0.7);
    assertThat(report.warnings()).isEmpty();
    assertThat(report.effectiveSampleSize()).isGreaterThan(3_900);
    assertThat(report.elbo()).isCloseTo(0, within(0.03));
    assertThat(report.logEvidence()).isCloseTo(0, within(0.01));
    Samples draws = samples(fit.sample(20_000, 3));
    assertThat(draws.mean()[0]).isCloseTo(0, within(0.06));
    assertThat(draws.mean()[1]).isCloseTo(0.2, within(0.12));
    assertThat(draws.sd()[0]).isCloseTo(1, within(0.04));
    // E z_1 (z_2 - 2 z_1 - 0.2) (z_1) = 0.4, what no Gaussian has.
    double bend =
        Arrays.stream(draws.toArray())
            .mapToDouble(z -> z[0] * z[0] * (z[1] - 2 * z[0] - 0.2))
            .average()
            .orElseThrow();
    assertThat(bend).isCloseTo(0.4, within(0.08));
  }

  /** Two normals four standard deviations apart, which a spline flow takes for what they are. */
  @Test
  void aFlowFindsBothModes() {
    DifferentiableLogDensity modes =
        DifferentiableLogDensity.of(
            2,
            (z, gradient) -> {
              double right = 1 / (1 + Math.exp(-4 * z[0]));
              gradient[0] = -z[0] + 2 * (2 * right - 1);
              gradient[1] = -z[1];
              double log = -0.5 * ((z[0] - 2) * (z[0] - 2) + z[1] * z[1]) - Math.log(right);
              return log - Math.log(2) - LOG_2_PI;
            });
    VariationalFit fit =
        VariationalFit.of(
            modes,
            cloud(2, 4),
            VariationalFamily.flow(Nsf.defaults().withTransforms(2).withHiddenFeatures(16)),
            VariationalObjective.reverseKl(),
            SETTINGS.withDraws(128),
            1);
    assertThat(fit.report().warnings()).isEmpty();
    assertThat(fit.report().elbo()).isCloseTo(0, within(0.01));
    double[] first = samples(fit.sample(20_000, 3)).column(0);
    double left = Arrays.stream(first).filter(x -> x < 0).count() / 20_000.0;
    assertThat(left).isCloseTo(0.5, within(0.04));
  }

  @Test
  void theMeanFieldOfABentRidgeIsFlagged() {
    for (long seed = 1; seed <= 3; seed++) {
      VariationalReport report =
          VariationalFit.of(
                  ridge(),
                  cloud(2, 4),
                  VariationalFamily.diagonalGaussian(),
                  VariationalObjective.reverseKl(),
                  SETTINGS.withQualityDraws(20_000),
                  seed)
              .report();
      assertThat(report.paretoK()).isGreaterThan(0.7);
      assertThat(report.effectiveSampleSize()).isLessThan(2_000);
      assertThat(report.warnings())
          .singleElement()
          .asString()
          .contains("too little mass where the posterior has some")
          .contains("take a flow");
    }
  }

  /** A heavy tail is told where it has weight, not where all weights are nearly equal. */
  @Test
  void aTailWithoutWeightIsNotFlagged() {
    double[] heavy = new double[4_000];
    double[] slight = new double[4_000];
    for (int i = 0; i < heavy.length; i++) {
      double pareto = Math.pow((i + 0.5) / heavy.length, -0.9);
      heavy[i] = Math.log(pareto);
      slight[i] = Math.log1p(1e-5 * pareto);
    }
    VariationalReport flagged = VariationalReport.of(List.of(), true, 0, heavy);
    VariationalReport passed = VariationalReport.of(List.of(), true, 0, slight);
    assertThat(flagged.paretoK()).isGreaterThan(0.7);
    assertThat(flagged.warnings()).hasSize(1);
    assertThat(passed.paretoK()).isGreaterThan(0.7);
    assertThat(passed.warnings()).isEmpty();
  }

  /** A flow's density integrates to one and is that of its draws. */
  @Test
  void theDensityOfAFlowIsNormalised() {
    VariationalFit fit =
        VariationalFit.of(
            banana(),
            cloud(2, 4),
            VariationalFamily.flow(Maf.defaults().withTransforms(2).withHiddenFeatures(10)),
            VariationalObjective.reverseKl(),
            SETTINGS.withSteps(200),
            1);
    assertThat(fit.report().converged()).isFalse();
    assertThat(fit.report().warnings().get(0)).contains("give more steps");
    int side = 400;
    double[][] grid = new double[side * side][];
    for (int i = 0; i < grid.length; i++) {
      double first = -10 + 20 * (i % side + 0.5) / side;
      grid[i] = new double[] {first, -12 + 42 * (i / side + 0.5) / side};
    }
    double cell = 20.0 / side * 42 / side;
    double mass = Arrays.stream(fit.logProb(grid)).map(log -> Math.exp(log) * cell).sum();
    assertThat(mass).isCloseTo(1, within(0.01));
    double entropy = 0;
    for (double log : fit.logProb(grid)) {
      entropy -= Math.exp(log) * cell * log;
    }
    double[] ofDraws = fit.logProb(fit.sample(20_000, 9));
    assertThat(-Arrays.stream(ofDraws).average().orElseThrow()).isCloseTo(entropy, within(0.05));
  }

  @Test
  void seedsRepeatAndMoreDrawsBeginWithTheSame() {
    VariationalSettings few = SETTINGS.withSteps(30).withDraws(50);
    VariationalFamily small =
        VariationalFamily.flow(Maf.defaults().withTransforms(2).withHiddenFeatures(8));
    VariationalFit[] fits = new VariationalFit[3];
    Arrays.setAll(
        fits,
        i ->
            VariationalFit.of(
                banana(), cloud(2, 4), small, VariationalObjective.reverseKl(), few, i / 2));
    assertThat(fits[1].sample(700, 5)).isDeepEqualTo(fits[0].sample(700, 5));
    assertThat(fits[0].sample(300, 5)).isDeepEqualTo(Arrays.copyOf(fits[1].sample(700, 5), 300));
    assertThat(fits[2].sample(5, 5)).isNotEqualTo(fits[0].sample(5, 5));
    assertThat(fits[0].report().curve()).hasSize(60).isEqualTo(fits[1].report().curve());
  }

  @Test
  void aTimeBudgetIsKept() {
    long begin = System.nanoTime();
    VariationalReport report =
        VariationalFit.of(
                banana(),
                cloud(2, 4),
                VariationalFamily.flow(Maf.defaults()),
                VariationalObjective.reverseKl(),
                SETTINGS.withSteps(100_000_000).withTimeBudget(Duration.ofMillis(300)),
                1)
            .report();
    assertThat((System.nanoTime() - begin) / 1e9).isLessThan(20);
    assertThat(report.converged()).isFalse();
  }

  /** Half of the plane is empty: the share of draws there is told, and the bound is -Infinity. */
  @Test
  void placesWithoutDensityAreTold() {
    DifferentiableLogDensity half =
        DifferentiableLogDensity.of(
            2,
            (z, gradient) -> {
              gradient[0] = -z[0];
              gradient[1] = -z[1];
              return z[0] < 0 ? Double.NaN : -0.5 * (z[0] * z[0] + z[1] * z[1]);
            });
    VariationalReport report =
        VariationalFit.of(
                half,
                cloud(2, 1),
                VariationalFamily.gaussian(),
                VariationalObjective.forwardKl(),
                SETTINGS,
                1)
            .report();
    assertThat(report.elbo()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(report.logEvidence()).isCloseTo(LOG_2_PI - Math.log(2), within(0.1));
    assertThat(report.warnings()).anyMatch(w -> w.contains("where the posterior density is zero"));
    DifferentiableLogDensity nowhere =
        DifferentiableLogDensity.of(2, (z, gradient) -> Double.NEGATIVE_INFINITY);
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                VariationalFit.of(
                    nowhere,
                    cloud(2, 1),
                    VariationalFamily.gaussian(),
                    VariationalObjective.reverseKl(),
                    SETTINGS,
                    1))
        .withMessageContaining("none of 256 draws")
        .withMessageContaining("check the target");
  }

  @Test
  void badArgumentsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VariationalFamily.flow(Mdn.defaults()))
        .withMessageContaining("expected a Maf or an Nsf");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VariationalObjective.importanceWeighted(1))
        .withMessageContaining("a bound of 1 draws")
        .withMessageContaining("reverseKl()");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SETTINGS.withSteps(0))
        .withMessageContaining("steps is 0, expected at least 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SETTINGS.withDraws(1))
        .withMessageContaining("draws is 1, expected at least 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SETTINGS.withQualityDraws(99))
        .withMessageContaining("qualityDraws is 99, expected at least 100");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SETTINGS.withLearningRate(Double.NaN))
        .withMessageContaining("learningRate is NaN");
    VariationalReport report = VariationalReport.of(List.of(), true, 0, new double[] {0, 1, 2});
    assertThatIllegalArgumentException()
        .isThrownBy(() -> report.importanceWeightedBound(4))
        .withMessageContaining("expected from 1 to 3");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                VariationalFit.of(
                    banana(),
                    new double[2][2],
                    VariationalFamily.gaussian(),
                    VariationalObjective.reverseKl(),
                    SETTINGS,
                    1))
        .withMessageContaining("2 points to start from were given, expected more than 2");
  }
}
