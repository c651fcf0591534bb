package io.github.sbi4j.core.distribution;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** The distributions that the contract test runs over; a new one adds a line here. */
final class DistributionCases {
  private DistributionCases() {}

  /**
   * One distribution.
   *
   * @param distribution the distribution
   * @param exactMoments whether its mean and variance are closed forms, not estimates
   * @param fourthMoment whether its fourth moment is finite, so that sample variances are near
   *     normal
   */
  record Case(Distribution distribution, boolean exactMoments, boolean fourthMoment) {
    @Override
    public String toString() {
      return distribution.toString();
    }
  }

  static Stream<Case> all() {
    return Stream.concat(univariate(), multivariate());
  }

  static Stream<Case> univariate() {
    return Stream.of(
        exact(Uniform.of(-3, 5)),
        exact(BoxUniform.of(new double[] {-0.2}, new double[] {0.9})),
        exact(Normal.of(2, 0.5)),
        exact(LogNormal.of(0.3, 0.4)),
        exact(HalfNormal.of(3)),
        exact(Exponential.of(0.7)),
        exact(Gamma.of(0.5, 2)),
        exact(Gamma.of(7, 0.1)),
        exact(Beta.of(2, 5)),
        exact(Beta.of(0.5, 1.5)),
        exact(StudentT.of(12, -1, 2)),
        new Case(StudentT.of(3, 1, 0.5), true, false),
        new Case(StudentT.of(1, 1, 0.5), true, false),
        exact(MultivariateNormal.of(new double[] {4}, new double[][] {{9}})),
        new Case(new Ramp(2), false, true),
        new Case(new NegativeExponential(), false, true));
  }

  static Stream<Case> multivariate() {
    return Stream.of(
        exact(BoxUniform.of(new double[] {-1, 10}, new double[] {1, 30})),
        exact(MultivariateNormal.of(new double[] {1, -2}, new double[][] {{2, -1.1}, {-1.1, 1}})),
        new Case(new Banana(), false, true),
        exact(
            Independent.of(
                Normal.of(0, 2).named("shift"),
                Independent.of(List.of(Beta.of(2, 3), Gamma.of(3, 2).named("width"))))),
        new Case(Independent.of(new Ramp(1), Normal.of(3, 1)).named("ramp", "x"), false, true));
  }

  private static Case exact(Distribution distribution) {
    return new Case(distribution, true, true);
  }

  /** A user's prior with no more than it must have: x ~ N(0, 1), y ~ N(x^2, 1). */
  static final class Banana implements Distribution {
    @Override
    public int dimension() {
      return 2;
    }

    @Override
    public double[] sample(RandomGenerator random) {
      double x = random.nextGaussian();
      return new double[] {x, x * x + random.nextGaussian()};
    }

    @Override
    public double logProb(double[] value) {
      double x = value[0];
      double residual = value[1] - x * x;
      return -0.5 * (x * x + residual * residual) - Math.log(2 * Math.PI);
    }

    @Override
    public String toString() {
      return "Banana";
    }
  }

  /** A user's bounded prior, p(x) = 2 x / top^2 on (0, top), whose logProb is NaN below zero. */
  record Ramp(double top) implements Distribution {
    @Override
    public int dimension() {
      return 1;
    }

    @Override
    public double[] sample(RandomGenerator random) {
      return new double[] {top * Math.sqrt(1 - random.nextDouble() * (1 - 1e-16))};
    }

    @Override
    public double logProb(double[] value) {
      // The least doubles have no half.
      return Math.log(2 * value[0]) - 2 * Math.log(top);
    }

    @Override
    public Support support() {
      return Support.box(new double[] {0}, new double[] {top});
    }
  }

  /** A user's prior bounded above only: -x is exponential. */
  static final class NegativeExponential implements Distribution {
    @Override
    public int dimension() {
      return 1;
    }

    @Override
    public double[] sample(RandomGenerator random) {
      return new double[] {Math.log(1 - random.nextDouble()) - Double.MIN_VALUE};
    }

    @Override
    public double logProb(double[] value) {
      return value[0];
    }

    @Override
    public Support support() {
      return Support.box(new double[] {Double.NEGATIVE_INFINITY}, new double[] {0});
    }

    @Override
    public String toString() {
      return "NegativeExponential";
    }
  }
}
