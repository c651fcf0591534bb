package io.github.sbi4j.core.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Parameters, bounds and extremes of the distributions of one value. */
class UnivariateTest {
  static Stream<Arguments> invalid() {
    return Stream.of(
        bad(() -> Uniform.of(Double.NaN, 1), "low is NaN, expected a finite number"),
        bad(
            () -> Uniform.of(0, Double.POSITIVE_INFINITY),
            "high is Infinity, expected a finite number"),
        bad(
            () -> Uniform.of(2, 1),
            "the bounds of value 1 are 2.0 and 1.0, expected the first below the second"),
        bad(() -> Normal.of(Double.NaN, 1), "mean is NaN, expected a finite number"),
        bad(() -> Normal.of(0, -1), "standardDeviation is -1.0, expected a positive finite number"),
        bad(() -> LogNormal.of(Double.NaN, 1), "mu is NaN, expected a finite number"),
        bad(() -> LogNormal.of(0, 0), "sigma is 0.0, expected a positive finite number"),
        bad(() -> HalfNormal.of(Double.NaN), "scale is NaN, expected a positive finite number"),
        bad(() -> Exponential.of(0), "rate is 0.0, expected a positive finite number"),
        bad(
            () -> Exponential.of(Double.MIN_VALUE),
            "1 / rate is Infinity, expected a positive finite number"),
        bad(() -> Gamma.of(0, 1), "shape is 0.0, expected a positive finite number"),
        bad(
            () -> Gamma.of(1, Double.POSITIVE_INFINITY),
            "rate is Infinity, expected a positive finite number"),
        bad(() -> Beta.of(-1, 1), "alpha is -1.0, expected a positive finite number"),
        bad(() -> Beta.of(1, Double.NaN), "beta is NaN, expected a positive finite number"),
        bad(
            () -> StudentT.of(0, 0, 1),
            "degreesOfFreedom is 0.0, expected a positive finite number"),
        bad(() -> StudentT.of(1, Double.NaN, 1), "location is NaN, expected a finite number"),
        bad(() -> StudentT.of(1, 0, 0), "scale is 0.0, expected a positive finite number"));
  }

  private static Arguments bad(ThrowingCallable call, String message) {
    return Arguments.of(call, message);
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void invalidParametersAreErrors(ThrowingCallable call, String message) {
    assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
  }

  /** Parameters so extreme that draws or densities reach the ends of the doubles. */
  static Stream<Distribution> extremes() {
    return Stream.of(
        Gamma.of(1e-3, 1),
        Gamma.of(1e-3, 1e300),
        Gamma.of(2, 1e-300),
        Gamma.of(1e300, 1),
        Beta.of(1e-3, 1e-3),
        Beta.of(1e-300, 1),
        Beta.of(1e8, 1e8),
        LogNormal.of(0, 1e6),
        LogNormal.of(1e5, 1),
        HalfNormal.of(Double.MIN_VALUE),
        HalfNormal.of(Double.MAX_VALUE),
        Exponential.of(1e308),
        Exponential.of(1e-307),
        Normal.of(Double.MAX_VALUE, Double.MAX_VALUE),
        Normal.of(0, Double.MIN_VALUE),
        StudentT.of(1e-3, 0, 1),
        StudentT.of(1e300, 0, 1),
        StudentT.of(1, 0, 1e300),
        Uniform.of(1, Math.nextUp(Math.nextUp(1.0))),
        Uniform.of(-8e307, 8e307));
  }

  @ParameterizedTest
  @MethodSource("extremes")
  void drawsStayInsideAndDensitiesAreNumbers(Distribution distribution) {
    double[][] rows = distribution.sample(2000, 4).toArray();
    for (double[] row : rows) {
      assertThat(distribution.support().contains(row)).as("%s", row[0]).isTrue();
      assertThat(distribution.logProb(row)).isLessThan(Double.POSITIVE_INFINITY);
    }
    double[] corners = {
      Double.MIN_VALUE,
      1e-310,
      1e-300,
      0.5,
      Math.nextDown(1.0),
      Math.nextUp(1.0),
      1e300,
      Double.MAX_VALUE
    };
    for (double x : corners) {
      assertThat(distribution.logProb(new double[] {x})).isLessThan(Double.POSITIVE_INFINITY);
      assertThat(distribution.logProb(new double[] {-x})).isLessThan(Double.POSITIVE_INFINITY);
    }
  }

  @Test
  void boundsThemselvesHaveNoDensity() {
    double[] zero = {0};
    double[] one = {1};
    for (Distribution bounded :
        new Distribution[] {
          Uniform.of(0, 1),
          Beta.of(1, 1),
          Beta.of(0.5, 0.5),
          Beta.of(2, 2),
          Exponential.of(1),
          Gamma.of(1, 1),
          Gamma.of(0.5, 1),
          HalfNormal.of(1),
          LogNormal.of(0, 1)
        }) {
      assertThat(bounded.logProb(zero)).isEqualTo(Double.NEGATIVE_INFINITY);
      assertThat(bounded.logProb(new double[] {Double.MIN_VALUE})).isFinite();
    }
    assertThat(Uniform.of(0, 1).logProb(one)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(Beta.of(1, 1).logProb(one)).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void momentsOfStudentTAreThoseThatExist() {
    assertThat(StudentT.of(1, 5, 2).mean()[0]).isNaN();
    assertThat(StudentT.of(1, 5, 2).variance()[0]).isNaN();
    assertThat(StudentT.of(1.5, 5, 1e-200).mean()).containsExactly(5);
    assertThat(StudentT.of(1.5, 5, 1e-200).variance()).containsExactly(Double.POSITIVE_INFINITY);
    assertThat(StudentT.of(4, 5, 3).variance()).containsExactly(18);
  }

  @Test
  void gammaTakesARate() {
    assertThat(Gamma.of(6, 2).mean()).containsExactly(3);
    assertThat(Gamma.of(6, 2).variance()).containsExactly(1.5);
    assertThat(Exponential.of(4).mean()).containsExactly(0.25);
  }

  @Test
  void descriptionsNameTheParameters() {
    assertThat(Gamma.of(6, 2)).hasToString("Gamma(shape=6.0, rate=2.0)");
    assertThat(StudentT.of(3, 1, 2))
        .hasToString("StudentT(degreesOfFreedom=3.0, location=1.0, scale=2.0)");
  }
}
