package io.github.sbi4j.core.distribution;

import static java.lang.Double.MAX_VALUE;
import static java.lang.Double.MIN_VALUE;
import static java.lang.Double.NEGATIVE_INFINITY;
import static java.lang.Double.NaN;
import static java.lang.Double.POSITIVE_INFINITY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Supports, and their bijections where doubles end. */
class SupportTest {
  /** An interval of each kind, near and far, wide and narrow. */
  static Stream<Support> intervals() {
    return Stream.of(
        Support.real(1),
        interval(0, POSITIVE_INFINITY),
        interval(-3, POSITIVE_INFINITY),
        interval(1e300, POSITIVE_INFINITY),
        interval(NEGATIVE_INFINITY, 0),
        interval(NEGATIVE_INFINITY, 1e-5),
        interval(0, 1),
        interval(-1, 0),
        interval(-2, 7),
        interval(1e8, 1e8 + 1),
        interval(0, 1e-300),
        interval(-8e307, 8e307),
        interval(1, Math.nextUp(Math.nextUp(1.0))));
  }

  @Test
  void boundsAreOutside() {
    Support support =
        Support.box(new double[] {0, NEGATIVE_INFINITY}, new double[] {1, POSITIVE_INFINITY});
    assertThat(support.contains(new double[] {0.5, -1e300})).isTrue();
    assertThat(support.contains(new double[] {MIN_VALUE, MAX_VALUE})).isTrue();
    assertThat(support.contains(new double[] {Math.nextDown(1.0), 0})).isTrue();
    assertThat(support.contains(new double[] {0, 0})).isFalse();
    assertThat(support.contains(new double[] {-0.0, 0})).isFalse();
    assertThat(support.contains(new double[] {1, 0})).isFalse();
    assertThat(support.contains(new double[] {NaN, 0})).isFalse();
    assertThat(support.contains(new double[] {0.5, NaN})).isFalse();
    assertThat(support.contains(new double[] {0.5, POSITIVE_INFINITY})).isFalse();
    assertThat(support.contains(new double[] {0.5, NEGATIVE_INFINITY})).isFalse();
  }

  @Test
  void productConcatenates() {
    Support product = Support.product(List.of(interval(0, 1), Support.real(2)));
    assertThat(product.dimension()).isEqualTo(3);
    assertThat(product.lower()).containsExactly(0, NEGATIVE_INFINITY, NEGATIVE_INFINITY);
    assertThat(product.upper()).containsExactly(1, POSITIVE_INFINITY, POSITIVE_INFINITY);
    assertThat(product)
        .hasToString("(0.0, 1.0) x (-Infinity, Infinity) x (-Infinity, Infinity)")
        .isEqualTo(Support.box(product.lower(), product.upper()))
        .hasSameHashCodeAs(Support.box(product.lower(), product.upper()))
        .isNotEqualTo(Support.real(3));
  }

  @Test
  void arraysAreCopied() {
    double[] lower = {0};
    double[] upper = {1};
    Support support = Support.box(lower, upper);
    lower[0] = 9;
    support.upper()[0] = 9;
    assertThat(support).isEqualTo(interval(0, 1));
  }

  @ParameterizedTest
  @MethodSource("intervals")
  void inverseOfAnyFinitePointIsStrictlyInside(Support support) {
    Bijection bijection = support.bijection();
    double[] value = new double[1];
    for (double z : new double[] {0, 1e-320, 30, 37, 40, 700, 709.9, 745, 746, 1e4, MAX_VALUE}) {
      for (double signed : new double[] {z, -z}) {
        bijection.inverse(new double[] {signed}, value);
        assertThat(support.contains(value)).as("%s at %s", support, signed).isTrue();
        assertThat(bijection.forward(value, new double[1])).isFinite();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("intervals")
  void forwardIsFiniteUpToTheBounds(Support support) {
    Bijection bijection = support.bijection();
    double[] z = new double[1];
    for (double value :
        new double[] {Math.nextUp(support.lower()[0]), Math.nextDown(support.upper()[0])}) {
      assertThat(bijection.forward(new double[] {value}, z)).isFinite();
      assertThat(z[0]).isFinite();
    }
  }

  @ParameterizedTest
  @MethodSource("intervals")
  void forwardIsMonotone(Support support) {
    Bijection bijection = support.bijection();
    double[] value = new double[1];
    double[] z = new double[1];
    double direction =
        support.upper()[0] < POSITIVE_INFINITY && support.lower()[0] == NEGATIVE_INFINITY ? -1 : 1;
    double last = NEGATIVE_INFINITY;
    for (double point = -700; point <= 700; point += 0.125) {
      bijection.inverse(new double[] {point * direction}, value);
      assertThat(value[0]).isGreaterThanOrEqualTo(last);
      last = value[0];
      bijection.forward(value, z);
      bijection.inverse(z, value);
      // The double next to the value may be what its rounded z maps back to. A logarithm is up to
      // 745, a probit 38.5, and the relative errors of exp and Phi grow as |z| and as z^2.
      double errors = Math.max(745, 2 * 38.5 * 38.5) * Math.ulp(1.0);
      assertThat(value[0]).isCloseTo(last, within(errors * Math.abs(last) + MIN_VALUE));
    }
  }

  /** From mpmath 1.4 with 60 digits at the exact doubles: z, log |dz/dv|. */
  @ParameterizedTest
  @CsvSource({
    "0, 1, 0.25, -0.6744897501960817, 1.146406744764459",
    "0, 1, 0.02, -2.053748910631823, 3.0278808271653728",
    "0, 1, 1e-300, -37.0470962993612, 687.1626106402758",
    "0, 1, 4.9e-324, -38.467405617144344, 740.7895859901589",
    "0, 1, 0.9999999999999999, 8.209536151601387, 34.617180445429725",
    "0, 1, 0.5000000001, 2.506628482030354e-10, 0.9189385332046728",
    "-1, 3, 2.5, 1.150349380376008, 0.1942960205505151",
    "-1, 3, -0.99, -2.807033768343804, 3.47236346039599",
  })
  void probitHasItsReferenceValues(
      double lower, double upper, double value, double expected, double logDeterminant) {
    double[] z = new double[1];
    double actual = interval(lower, upper).bijection().forward(new double[] {value}, z);
    assertThat(z[0]).isCloseTo(expected, within(4e-16 * Math.abs(expected)));
    assertThat(actual).isCloseTo(logDeterminant, within(1e-15 * logDeterminant));
  }

  /**
   * From mpmath 1.4 with 60 digits: Phi(z) and the log of its derivative, -z^2 / 2 - log(2 pi) / 2.
   */
  @ParameterizedTest
  @CsvSource({
    "0, 0.5, -0.9189385332046728",
    "1e-10, 0.5000000000398942, -0.9189385332046728",
    "1, 0.8413447460685429, -1.4189385332046727",
    "-5, 2.866515718791939e-07, -13.418938533204672",
    "8, 0.9999999999999993, -32.918938533204674",
    "-30, 4.906713927148187e-198, -450.91893853320465",
    "-700, 4.9e-324, -245000.9189385332",
    "700, 0.9999999999999999, -245000.9189385332",
  })
  void inverseProbitHasItsReferenceValues(double z, double expected, double logDeterminant) {
    double[] value = new double[1];
    double actual = interval(0, 1).bijection().inverse(new double[] {z}, value);
    // A relative rounding error of z is one z^2 times as large of Phi(z).
    double error = 4e-16 + Math.ulp(1.0) * (z < 0 ? z * z : 0);
    assertThat(value[0]).isCloseTo(expected, within(error * expected));
    assertThat(actual).isCloseTo(logDeterminant, within(1e-15 * Math.abs(logDeterminant)));
  }

  @Test
  void slopesOfTheProbitAreExact() {
    double[] result = new double[1];
    Bijection bijection = interval(-1, 3).bijection();
    for (double z : new double[] {-700, -38, -3, 0, 0.5, 8, 700}) {
      // No gradient: the slope of the log-determinant alone.
      bijection.pullBack(new double[] {z}, new double[1], result);
      assertThat(result[0]).isEqualTo(0 - z);
      bijection.pullBack(new double[] {z}, new double[] {1}, result);
      double derivative = 4 * Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
      assertThat(result[0]).isCloseTo(derivative - z, within(1e-14 * (1 + Math.abs(z))));
    }
  }

  @Test
  void wideIntervalIsFiniteNextToItsBounds() {
    double[] z = new double[1];
    double forward = interval(0, 1e6).bijection().forward(new double[] {MIN_VALUE}, z);
    assertThat(z[0]).isCloseTo(-38.467405617144344, within(1e-14));
    assertThat(forward).isFinite();
  }

  @Test
  void logDeterminantOfOneBoundIsThePointItself() {
    for (double z : new double[] {-1e5, -700, -1, 0, 1e-9, 3, 700, 709}) {
      for (Support support :
          List.of(interval(2, POSITIVE_INFINITY), interval(NEGATIVE_INFINITY, 2))) {
        assertThat(support.bijection().inverse(new double[] {z}, new double[1])).isEqualTo(z);
      }
    }
  }

  @Test
  void densityVanishesPastTheGreatestDouble() {
    Bijection bijection = interval(0, POSITIVE_INFINITY).bijection();
    assertThat(bijection.inverse(new double[] {1e10}, new double[1])).isEqualTo(NEGATIVE_INFINITY);
  }

  @Test
  void nanGoesThroughTheInverse() {
    for (Support support : intervals().toList()) {
      double[] value = new double[1];
      support.bijection().inverse(new double[] {NaN}, value);
      assertThat(value[0]).isNaN();
    }
  }

  @ParameterizedTest
  @MethodSource("intervals")
  void pullBackOfNothingIsFinite(Support support) {
    double[] result = new double[1];
    for (double z : new double[] {-1e5, -745, -700, 0, 700, 745, 1e5}) {
      support.bijection().pullBack(new double[] {z}, new double[1], result);
      // The slope of the log-determinant: 0, 1 or -z.
      assertThat(result[0]).isIn(0.0, 1.0, 0 - z);
    }
  }

  @Test
  void derivativesOfEveryKindAgreeWithFiniteDifferences() {
    Support support =
        Support.product(
            List.of(
                Support.real(1),
                interval(-2, POSITIVE_INFINITY),
                interval(NEGATIVE_INFINITY, 1),
                interval(-1, 3)));
    BijectionChecks.derivatives(support.bijection(), new SplittableRandom(1));
  }

  @Test
  void productOfBijectionsWorksOnSlices() {
    Support first = Support.product(List.of(interval(0, 1), Support.real(1)));
    Support second = interval(-2, POSITIVE_INFINITY);
    Bijection product = new ProductBijection(List.of(first.bijection(), second.bijection()));
    Bijection whole = Support.product(List.of(first, second)).bijection();
    BijectionChecks.derivatives(product, new SplittableRandom(1));
    double[] value = {0.3, -4, 5};
    double[] z = new double[3];
    double[] expected = new double[3];
    assertThat(product.forward(value, z)).isCloseTo(whole.forward(value, expected), within(1e-15));
    assertThat(z).isEqualTo(expected);
    assertThat(product.dimension()).isEqualTo(3);
  }

  @Test
  void badBoundsAreErrors() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Support.real(0))
        .withMessage("dimension is 0, expected at least 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Support.box(new double[0], new double[0]))
        .withMessage("lower is empty, expected at least 1 bound");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Support.box(new double[2], new double[3]))
        .withMessage("upper has 3 numbers, expected 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Support.box(new double[] {0, 2}, new double[] {1, 2}))
        .withMessage("the bounds of value 2 are 2.0 and 2.0, expected the first below the second");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> interval(NaN, 1))
        .withMessage("the bounds of value 1 are NaN and 1.0, expected the first below the second");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> interval(1, Math.nextUp(1.0)))
        .withMessageEndingWith("expected at least one double between them");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> interval(-MAX_VALUE, MAX_VALUE))
        .withMessageEndingWith("expected them no further apart than 1.7e308");
  }

  @Test
  void valueOutsideIsAnError() {
    Bijection bijection = Support.product(List.of(Support.real(1), interval(0, 2))).bijection();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> bijection.forward(new double[] {1, 2}, new double[2]))
        .withMessage("value[1] is 2.0, expected a number strictly between 0.0 and 2.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> bijection.forward(new double[] {NaN, 1}, new double[2]))
        .withMessage("value[0] is NaN, expected a number strictly between -Infinity and Infinity");
  }

  @Test
  void wrongLengthsAreErrors() {
    Support support = Support.real(2);
    List<Bijection> bijections =
        List.of(support.bijection(), new ProductBijection(List.of(support.bijection())));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> support.contains(new double[1]))
        .withMessage("value has 1 numbers, expected 2");
    for (Bijection bijection : bijections) {
      double[] two = new double[2];
      double[] three = new double[3];
      assertThatIllegalArgumentException()
          .isThrownBy(() -> bijection.forward(three, two))
          .withMessage("value has 3 numbers, expected 2");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> bijection.inverse(two, three))
          .withMessage("value has 3 numbers, expected 2");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> bijection.pullBack(three, two, two))
          .withMessage("unconstrained has 3 numbers, expected 2");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> bijection.pullBack(two, three, two))
          .withMessage("gradient has 3 numbers, expected 2");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> bijection.pullBack(two, two, three))
          .withMessage("result has 3 numbers, expected 2");
    }
  }

  @Test
  void bijectionsOfEqualSupportsAreEqual() {
    Bijection bijection = interval(0, 1).bijection();
    assertThat(interval(0, 1).bijection()).isEqualTo(bijection).hasSameHashCodeAs(bijection);
    assertThat(interval(0, 2).bijection()).isNotEqualTo(bijection);
    assertThat(Support.real(1).bijection()).isNotEqualTo(bijection);
  }

  @Test
  void someBoundsCanBeLeftOut() {
    Support box = Support.box(new double[] {0, 1, 2}, new double[] {POSITIVE_INFINITY, 3, 4});
    assertThat(box.only(d -> d != 1))
        .isEqualTo(
            Support.box(
                new double[] {0, NEGATIVE_INFINITY, 2},
                new double[] {POSITIVE_INFINITY, POSITIVE_INFINITY, 4}));
    assertThat(box.only(d -> true)).isEqualTo(box);
    assertThat(box.only(d -> false)).isEqualTo(Support.real(3));
  }

  @Test
  void valuesAreMovedInside() {
    Support box = Support.box(new double[] {0, 1}, new double[] {POSITIVE_INFINITY, 3});
    double[] value = {0, 7};
    box.clamp(value);
    assertThat(value).containsExactly(MIN_VALUE, Math.nextDown(3.0));
    assertThat(box.contains(value)).isTrue();
    double[] inside = {5, 2};
    box.clamp(inside);
    assertThat(inside).containsExactly(5, 2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> box.clamp(new double[3]))
        .withMessage("value has 3 numbers, expected 2");
  }

  private static Support interval(double lower, double upper) {
    return Support.box(new double[] {lower}, new double[] {upper});
  }
}
