package io.github.sbi4j.flows.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Gamma;
import io.github.sbi4j.core.distribution.Independent;
import io.github.sbi4j.core.distribution.MultivariateNormal;
import io.github.sbi4j.core.distribution.Normal;
import io.github.sbi4j.core.distribution.Support;
import io.github.sbi4j.core.mcmc.Nuts;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.flows.potential.ConditionalSource;
import io.github.sbi4j.flows.potential.Potential;
import io.github.sbi4j.flows.potential.PotentialSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Posteriors of some parameters while others are fixed, against exact conditionals. */
@Timeout(60)
class ConditionalTest {
  /** Draws are worth at least this many independent ones. */
  private static final int WORTH = 1_000;

  private interface Kind extends Function<PotentialSource, UnnormalizedPosterior> {}

  static List<Named<Kind>> kinds() {
    return List.of(
        Named.of("chains", source -> McmcPosterior.of(source, 3)),
        Named.of(
            "NUTS",
            source -> McmcPosterior.of(source, 3).withSampler(Nuts.defaults()).withChains(10)),
        Named.of("rejection", source -> RejectionPosterior.of(source, 3)),
        Named.of("importance", source -> ImportancePosterior.of(source, 3)));
  }

  /** An observation is normal around two parameters with correlated noise; without a gradient. */
  private record Correlated(Distribution prior) implements PotentialSource {
    @Override
    public Potential potential(double[]... trials) {
      return new Potential() {
        @Override
        public Distribution prior() {
          return prior;
        }

        @Override
        public void logProb(double[][] points, double[] values) {
          for (int i = 0; i < points.length; i++) {
            double a = points[i][0] - trials[0][0];
            double b = points[i][1] - trials[0][1];
            values[i] = prior.logProb(points[i]) - 12 * (a * a - 1.6 * a * b + b * b);
          }
        }
      };
    }
  }

  /** Uniform on the triangle 0 < a < b < 1: nobody said how to draw one value given the other. */
  private record Triangle() implements Distribution {
    @Override
    public int dimension() {
      return 2;
    }

    @Override
    public Support support() {
      return Support.box(new double[2], new double[] {1, 1});
    }

    @Override
    public double[] sample(RandomGenerator random) {
      double u = random.nextDouble();
      double v = random.nextDouble();
      return new double[] {Math.min(u, v), Math.max(u, v)};
    }

    @Override
    public double logProb(double[] value) {
      return value[0] < value[1] ? Math.log(2) : Double.NEGATIVE_INFINITY;
    }
  }

  /** Within 4.5 standard errors each: a false alarm in a hundred thousand. */
  private static void assertMoments(Samples draws, int column, double mean, double sd) {
    assertThat(draws.mean()[column]).isCloseTo(mean, within(4.5 * sd / Math.sqrt(WORTH)));
    assertThat(draws.sd()[column]).isCloseTo(sd, within(4.5 * sd / Math.sqrt(2 * WORTH)));
  }

  /** Mean and standard deviation of a density of one value between two bounds. */
  private static double[] moments(double low, double high, ToDoubleFunction<Double> logDensity) {
    double[] sums = new double[3];
    for (int i = 0; i < 20_000; i++) {
      double value = low + (high - low) * (i + 0.5) / 20_000;
      double p = Math.exp(logDensity.applyAsDouble(value));
      sums[0] += p;
      sums[1] += p * value;
      sums[2] += p * value * value;
    }
    double mean = sums[1] / sums[0];
    return new double[] {mean, Math.sqrt(sums[2] / sums[0] - mean * mean)};
  }

  /** A normal prior with correlations, so that its own conditional matters too. */
  @ParameterizedTest
  @MethodSource("kinds")
  void aCorrelatedGaussianHasItsExactConditional(Kind kind) {
    double[][] covariance = {{2, 1.1, 0.6}, {1.1, 1.5, -0.3}, {0.6, -0.3, 1}};
    Distribution prior =
        MultivariateNormal.of(new double[] {1, 0, -1}, covariance).named("a", "b", "c");
    double[] x = {0.5, 1, -2};
    RealMatrix priorPrecision = MatrixUtils.inverse(MatrixUtils.createRealMatrix(covariance));
    RealMatrix posterior =
        MatrixUtils.inverse(priorPrecision.add(MatrixUtils.createRealIdentityMatrix(3)));
    double[] pull = priorPrecision.operate(prior.mean());
    Arrays.setAll(pull, d -> pull[d] + x[d]);
    double[] mean = posterior.operate(pull);
    UnnormalizedPosterior joint = kind.apply(new NormalMean(prior)).given(x);
    for (long seed = 1; seed <= 3; seed++) {
      for (double b : new double[] {-0.4, 1.3}) {
        Samples draws = joint.fixing(Map.of("b", b)).sample(2_000, seed);
        assertThat(draws.names()).containsExactly("a", "c");
        for (int column = 0; column < 2; column++) {
          int d = 2 * column;
          double slope = posterior.getEntry(d, 1) / posterior.getEntry(1, 1);
          double variance = posterior.getEntry(d, d) - slope * posterior.getEntry(d, 1);
          double expected = mean[d] + slope * (b - mean[1]);
          assertMoments(draws, column, expected, Math.sqrt(variance));
        }
      }
    }
  }

  /** The free parameter is pushed against its bound by the value of the other. */
  @ParameterizedTest
  @MethodSource("kinds")
  void atTheBoundOfABoxItIsTruncated(Kind kind) {
    Distribution prior = BoxUniform.of(new double[2], new double[] {1, 1}).named("a", "tau");
    double tau = 0.95;
    double[] x = {0.9, 0.5};
    double b = tau - x[1];
    double[] exact = moments(0, 1, a -> -12 * ((a - x[0]) * (a - x[0]) - 1.6 * (a - x[0]) * b));
    UnnormalizedPosterior posterior =
        kind.apply(new Correlated(prior)).given(x).fixing(Map.of("tau", tau));
    for (long seed = 1; seed <= 3; seed++) {
      Samples draws = posterior.sample(2_000, seed);
      assertMoments(draws, 0, exact[0], exact[1]);
      assertThat(Arrays.stream(draws.column(0))).allMatch(a -> a > 0 && a < 1);
    }
    assertThat(posterior.map().toArray()[0]).isCloseTo(1, within(1e-3));
    double[] outside = posterior.logProb(new double[][] {{-0.1}, {1}, {0.5}});
    assertThat(outside[0]).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(outside[1]).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(outside[2]).isFinite();
  }

  /** A prior that cannot be drawn from given a value is proposed for, not replaced. */
  @ParameterizedTest
  @MethodSource("kinds")
  void aDependentPriorOfOnesOwnKeepsItsDensity(Kind kind) {
    double b = 0.4;
    double[] x = {0.35, 0.45};
    double[] exact =
        moments(0, b, a -> -12 * ((a - x[0]) * (a - x[0]) - 1.6 * (a - x[0]) * (b - x[1])));
    for (long seed = 1; seed <= 3; seed++) {
      Samples draws =
          kind.apply(new Correlated(new Triangle().named("a", "b")))
              .fixing(Map.of("b", b))
              .given(x)
              .sample(2_000, seed);
      assertMoments(draws, 0, exact[0], exact[1]);
      assertThat(Arrays.stream(draws.column(0))).allMatch(a -> a > 0 && a < b);
    }
  }

  /** Normal in unconstrained space, where the conditional is then normal too. */
  @Test
  void aLearnedPosteriorOnABoxHasItsConditional() {
    Distribution prior =
        BoxUniform.of(new double[] {-1, 2}, new double[] {1, 5}).named("first", "second");
    DirectPosterior direct =
        Gaussians.posterior(
            prior, prior.support(), new double[] {0.2, -0.5}, new double[] {0.8, 0, -0.6, 0.4});
    double[] z = new double[2];
    prior.bijection().forward(new double[] {0.3, 4.5}, z);
    double variance = 0.36 + 0.16;
    double slope = -0.48 / variance;
    double mean = 0.2 + 0.4 + slope * (z[1] - (-0.5 - 0.1));
    double sd = Math.sqrt(0.64 - slope * slope * variance);
    Distribution free = BoxUniform.of(new double[] {-1}, new double[] {1});
    for (McmcPosterior posterior :
        List.of(
            direct.given(0.4, -0.1).fixing(Map.of("second", 4.5)),
            direct
                .fixing(Map.of("second", 4.5))
                .withSampler(Nuts.defaults())
                .withChains(10)
                .given(0.4, -0.1))) {
      Samples draws = posterior.sample(2_000, 2);
      double[] unconstrained = new double[draws.rows()];
      for (int i = 0; i < unconstrained.length; i++) {
        double[] one = new double[1];
        free.bijection().forward(draws.row(i), one);
        unconstrained[i] = one[0];
      }
      assertMoments(Samples.ofRowMajor(List.of("z"), unconstrained), 0, mean, sd);
    }
  }

  /** What samplers divide by has to be what they draw from. */
  @Test
  void conditionalPriorsAreExact() {
    Distribution pair =
        MultivariateNormal.of(new double[] {1, 2}, new double[][] {{1, 0.8}, {0.8, 2}});
    Distribution prior =
        Independent.of(
                Gamma.of(3, 2),
                pair,
                BoxUniform.of(new double[3], new double[] {1, 2, 3}),
                Normal.of(0, 1).named("theta_1"))
            .named("g", "m", "n", "u", "v", "w", "z");
    Map<String, Double> fixed = Map.of("m", 0.5, "v", 1.5, "z", 0.3);
    Distribution free = ConditionalSource.of(new NormalMean(prior), fixed).prior();
    assertThat(free.names()).containsExactly("g", "n", "u", "w");
    double[][] points = {{0.5, 1, 0.2, 2}, {2, -1, 0.9, 0.1}};
    double[] differences = new double[2];
    for (int i = 0; i < 2; i++) {
      double[] p = points[i];
      double joint = prior.logProb(new double[] {p[0], 0.5, p[1], p[2], 1.5, p[3], 0.3});
      differences[i] = joint - free.logProb(p);
    }
    assertThat(differences[1]).isCloseTo(differences[0], within(1e-9));
    assertThat(free.mean()[1]).isCloseTo(2 - 0.8 * 0.5, within(1e-12));
    assertThat(free.variance()[1]).isCloseTo(2 - 0.64, within(1e-12));
    // One of four normal means within 4.5 standard errors.
    assertThat(free.sample(4_000, 1).mean()[1]).isCloseTo(1.6, within(4.5 * 1.17 / 63));
  }

  @Test
  void fixingComesBeforeOrAfterTheObservationAndAgain() {
    Distribution prior = BoxUniform.of(new double[3], new double[] {4, 4, 4}).named("a", "b", "c");
    McmcPosterior posterior = McmcPosterior.of(new NormalMean(prior), 3);
    Samples before = posterior.fixing(Map.of("c", 1.0)).given(1, 2, 3).sample(200, 1);
    McmcPosterior given = posterior.given(1, 2, 3);
    assertThat(given.fixing(Map.of("c", 1.0)).sample(200, 1)).isEqualTo(before);
    assertThat(given.names()).containsExactly("a", "b", "c");
    McmcPosterior one = given.fixing(Map.of("c", 1.0)).fixing(Map.of("a", 0.5));
    assertThat(one.names()).containsExactly("b");
    double[][] points = {{2.0}, {1.0}};
    double[][] all = {{0.5, 2, 1}, {0.5, 1, 1}};
    assertThat(one.logProb(points)).containsExactly(given.logProb(all), within(1e-12));
  }

  @Test
  void badCallsAreRefused() {
    Distribution prior = BoxUniform.of(new double[2], new double[] {4, 4}).named("a", "tau");
    RejectionPosterior posterior = RejectionPosterior.of(new NormalMean(prior), 3).given(1, 2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> posterior.fixing(Map.of("taw", 0.3)))
        .withMessageContaining("there is no parameter taw to fix, expected one of [a, tau]");
    for (double value : new double[] {-0.1, 0, 4, Double.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> posterior.fixing(Map.of("tau", value)))
          .withMessageContaining("tau cannot be fixed at " + value)
          .withMessageContaining("(0.0, 4.0)");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> posterior.fixing(Map.of("a", 1.0, "tau", 1.0)))
        .withMessageContaining("all parameters [a, tau] are fixed");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> posterior.fixing(Map.of()))
        .withMessageContaining("no parameter given to fix");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> posterior.fixing(Map.of("a", 1.0)).logProb(new double[][] {{1, 2}}))
        .withMessageContaining("point 0 has 2 values, but 1 parameters are free: [tau]");
    ImportancePosterior proposed =
        ImportancePosterior.of(new NormalMean(prior), 3).withProposal(posterior);
    assertThatIllegalStateException()
        .isThrownBy(() -> proposed.fixing(Map.of("a", 1.0)))
        .withMessageContaining("call fixing first, then withProposal");
  }
}
