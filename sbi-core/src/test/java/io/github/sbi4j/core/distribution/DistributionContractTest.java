package io.github.sbi4j.core.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.distribution.DistributionCases.Case;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every distribution keeps, the built-in ones, users' own and nested ones alike.
 *
 * <p>Statistical tests have seeds that never change and a false-alarm rate of 1e-6 each, about 1e-4
 * in all.
 */
class DistributionContractTest {
  private static final String ALL = "io.github.sbi4j.core.distribution.DistributionCases#all";
  private static final String UNIVARIATE =
      "io.github.sbi4j.core.distribution.DistributionCases#univariate";

  private static final int ROWS = 20_000;
  private static final long SEED = 20261;

  /** The two-sided standard normal quantile of a false-alarm rate of 1e-6. */
  private static final double Z = 4.892;

  /** The Kolmogorov quantile of a false-alarm rate of 1e-6: sqrt(log(2 / 1e-6) / 2). */
  private static final double KOLMOGOROV = 2.694;

  @ParameterizedTest
  @MethodSource(ALL)
  void densityIntegratesToOne(Case c) {
    double integral = Quadrature.of(c.distribution()).expectation(value -> 1);
    assertThat(integral).isCloseTo(1, within(c.distribution().dimension() == 1 ? 1e-10 : 1e-6));
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void momentsAreThoseOfTheDensity(Case c) {
    Distribution distribution = c.distribution();
    Quadrature quadrature = Quadrature.of(distribution);
    double[] mean = distribution.mean();
    double[] variance = distribution.variance();
    assertThat(mean).hasSize(distribution.dimension());
    assertThat(variance).hasSize(distribution.dimension());
    for (int i = 0; i < mean.length; i++) {
      int d = i;
      if (Double.isNaN(mean[d])) {
        assertThat(distribution.toString()).startsWith("StudentT(degreesOfFreedom=1.0");
        continue;
      }
      double trueMean = quadrature.expectation(value -> value[d]);
      double trueVariance = quadrature.expectation(value -> square(value[d] - trueMean));
      double relative = distribution.dimension() == 1 ? 1e-9 : 1e-5;
      double meanError = relative * Math.sqrt(trueVariance);
      double varianceError = relative * trueVariance;
      if (!c.exactMoments()) {
        double fourth = quadrature.expectation(value -> square(square(value[d] - trueMean)));
        meanError = Z * Math.sqrt(trueVariance / SampleMoments.COUNT);
        varianceError = Z * Math.sqrt((fourth - square(trueVariance)) / SampleMoments.COUNT);
      }
      assertThat(mean[d]).isCloseTo(trueMean, within(meanError));
      assertThat(variance[d]).isCloseTo(trueVariance, within(varianceError));
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void samplesHaveTheMoments(Case c) {
    Distribution distribution = c.distribution();
    double[] mean = distribution.mean();
    double[] variance = distribution.variance();
    Samples samples = distribution.sample(ROWS, SEED);
    // An estimate has an error of its own.
    double inflation = c.exactMoments() ? 1 : Math.sqrt(1 + (double) ROWS / SampleMoments.COUNT);
    for (int d = 0; d < mean.length; d++) {
      if (Double.isNaN(mean[d])) {
        continue;
      }
      double first = 0;
      double second = 0;
      double fourth = 0;
      for (int i = 0; i < ROWS; i++) {
        double deviation = samples.get(i, d) - mean[d];
        first += deviation / ROWS;
        second += square(deviation) / ROWS;
        fourth += square(square(deviation)) / ROWS;
      }
      double error = Math.sqrt(variance[d] / ROWS) * inflation;
      assertThat(first / error).isBetween(-Z, Z);
      if (c.fourthMoment()) {
        double secondError = Math.sqrt((fourth - square(second)) / ROWS) * inflation;
        assertThat((second - variance[d]) / secondError).isBetween(-Z, Z);
      }
    }
  }

  @ParameterizedTest
  @MethodSource(UNIVARIATE)
  void samplesFollowTheIntegratedDensity(Case c) {
    Distribution distribution = c.distribution();
    Bijection bijection = distribution.bijection();
    Samples samples = distribution.sample(ROWS, SEED);
    double[] z = new double[ROWS];
    double[] unconstrained = new double[1];
    for (int i = 0; i < ROWS; i++) {
      bijection.forward(samples.row(i), unconstrained);
      z[i] = unconstrained[0];
    }
    Arrays.sort(z);
    double[] cumulative = Quadrature.of(distribution).cumulative(z);
    double distance = 0;
    for (int i = 0; i < ROWS; i++) {
      distance = Math.max(distance, Math.abs(cumulative[i] - (i + 0.5) / ROWS) + 0.5 / ROWS);
    }
    assertThat(distance * Math.sqrt(ROWS)).isLessThan(KOLMOGOROV);
  }

  /** The reference is a five-point difference in unconstrained space, good to about 1e-11. */
  @ParameterizedTest
  @MethodSource(ALL)
  void gradientIsThatOfTheLogDensity(Case c) {
    Distribution distribution = c.distribution().checked();
    Bijection bijection = distribution.bijection();
    double[] z = new double[distribution.dimension()];
    double[] pulled = new double[z.length];
    for (double[] row : distribution.sample(50, SEED).toArray()) {
      bijection.forward(row, z);
      bijection.pullBack(z, distribution.logProbGradient(row), pulled);
      for (int d = 0; d < z.length; d++) {
        int coordinate = d;
        DoubleUnaryOperator log =
            by -> {
              double[] moved = z.clone();
              moved[coordinate] += by;
              double[] value = new double[z.length];
              double logJacobian = bijection.inverse(moved, value);
              return distribution.logProb(value) + logJacobian;
            };
        double h = 1e-3;
        double slope =
            (8 * (log.applyAsDouble(h) - log.applyAsDouble(-h))
                    - (log.applyAsDouble(2 * h) - log.applyAsDouble(-2 * h)))
                / (12 * h);
        assertThat(pulled[d]).isCloseTo(slope, within(1e-8 * (1 + Math.abs(slope))));
      }
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void outsideTheSupportThereIsNoGradient(Case c) {
    double[] outside = c.distribution().mean();
    Arrays.fill(outside, Double.NaN);
    assertThatThrownBy(() -> c.distribution().checked().logProbGradient(outside))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the log-density has no gradient at [NaN")
        .hasMessageEndingWith("its value there is -Infinity");
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void samplesLieInsideTheSupport(Case c) {
    Samples samples = c.distribution().sample(1000, SEED);
    for (double[] row : samples.toArray()) {
      assertThat(c.distribution().support().contains(row)).isTrue();
      assertThat(c.distribution().logProb(row)).isFinite();
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void logProbIsNeverNaNAndOutsideTheSupportMinusInfinity(Case c) {
    Distribution distribution = c.distribution().checked();
    double[] special = specialValues(distribution.support());
    RandomGenerator random = new SplittableRandom(3);
    for (int i = 0; i < 20_000; i++) {
      double[] value = distribution.sample(random);
      for (int d = 0; d < value.length; d++) {
        value[d] =
            switch (random.nextInt(3)) {
              case 0 -> special[random.nextInt(special.length)];
              case 1 -> Double.longBitsToDouble(random.nextLong());
              default -> value[d];
            };
      }
      double logProb = distribution.logProb(value);
      assertThat(logProb).isNotNaN().isLessThan(Double.POSITIVE_INFINITY);
      if (!distribution.support().contains(value)) {
        assertThat(logProb).isEqualTo(Double.NEGATIVE_INFINITY);
      }
    }
  }

  private static double[] specialValues(Support support) {
    double[] lower = support.lower();
    double[] upper = support.upper();
    return new double[] {
      Double.NaN,
      Double.NEGATIVE_INFINITY,
      Double.POSITIVE_INFINITY,
      0.0,
      -0.0,
      1,
      Double.MIN_VALUE,
      -Double.MIN_VALUE,
      Double.MAX_VALUE,
      -Double.MAX_VALUE,
      1e10,
      -1e200,
      lower[0],
      upper[0],
      Math.nextUp(lower[0]),
      Math.nextDown(lower[0]),
      Math.nextUp(upper[0]),
      Math.nextDown(upper[0])
    };
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void logProbIsFiniteWhereverUnconstrainedSpaceReaches(Case c) {
    Bijection bijection = c.distribution().bijection();
    RandomGenerator random = new SplittableRandom(5);
    double[] value = new double[bijection.dimension()];
    for (int i = 0; i < 2000; i++) {
      double reach = random.nextInt(2) == 0 ? 3 : 700;
      double[] z = random.doubles(bijection.dimension(), -reach, reach).toArray();
      assertThat(bijection.inverse(z, value)).isFinite();
      assertThat(c.distribution().support().contains(value)).isTrue();
      // Where exp(700) is squared or exponentiated again, the density truly is below all doubles.
      if (reach == 3 || Arrays.stream(value).allMatch(v -> Math.abs(v) < 1e100)) {
        assertThat(c.distribution().logProb(value)).isFinite();
      }
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void bijectionGoesThereAndBack(Case c) {
    Bijection bijection = c.distribution().bijection();
    int dimension = c.distribution().dimension();
    double[] z = new double[dimension];
    double[] back = new double[dimension];
    assertThat(bijection.dimension()).isEqualTo(dimension);
    for (double[] value : c.distribution().sample(200, SEED).toArray()) {
      double forward = bijection.forward(value, z);
      double inverse = bijection.inverse(z, back);
      assertThat(forward).isCloseTo(-inverse, within(1e-13 * (1 + Math.abs(forward))));
      for (int d = 0; d < dimension; d++) {
        assertThat(back[d]).isCloseTo(value[d], within(1e-13 * Math.abs(value[d]) + 1e-14));
      }
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void bijectionDerivativesAgreeWithFiniteDifferences(Case c) {
    BijectionChecks.derivatives(c.distribution().bijection(), new SplittableRandom(7));
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void sameSeedGivesTheSameTableAndAShorterOneIsItsBeginning(Case c) {
    Distribution distribution = c.distribution();
    double[][] longer = distribution.sample(50, 11).toArray();
    assertThat(distribution.sample(50, 11).toArray()).isDeepEqualTo(longer);
    assertThat(distribution.sample(20, 11).toArray()).isDeepEqualTo(Arrays.copyOf(longer, 20));
    assertThat(distribution.sample(20, 12).toArray()[0]).isNotEqualTo(longer[0]);
    assertThat(distribution.sample(RandomStreams.of(11, 33))).isEqualTo(longer[33]);
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void namesAreOneAValueAndCanBeGiven(Case c) {
    Distribution distribution = c.distribution();
    assertThat(distribution.names()).hasSize(distribution.dimension()).doesNotHaveDuplicates();
    assertThat(distribution.sample(1, 1).names()).isEqualTo(distribution.names());
    String[] names = {"a", "b", "c"};
    Distribution named = distribution.named(Arrays.copyOf(names, distribution.dimension()));
    assertThat(named.names()).containsExactly(Arrays.copyOf(names, distribution.dimension()));
    Samples samples = named.sample(5, 1);
    assertThat(samples.names()).isEqualTo(named.names());
    assertThat(samples.toArray()).isDeepEqualTo(distribution.sample(5, 1).toArray());
    assertThat(named.logProb(samples.row(0))).isEqualTo(distribution.logProb(samples.row(0)));
    assertThat(named.mean()).isEqualTo(distribution.mean());
    assertThat(named.variance()).isEqualTo(distribution.variance());
    assertThat(named.support()).isEqualTo(distribution.support());
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void wrongLengthIsAnError(Case c) {
    int dimension = c.distribution().dimension();
    assertThatThrownBy(() -> c.distribution().checked().logProb(new double[dimension + 1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("value has %d numbers, expected %d", dimension + 1, dimension);
  }

  private static double square(double x) {
    return x * x;
  }
}
