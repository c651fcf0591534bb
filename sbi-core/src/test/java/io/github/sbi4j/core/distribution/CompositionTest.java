package io.github.sbi4j.core.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.distribution.DistributionCases.Banana;
import io.github.sbi4j.core.distribution.DistributionCases.Ramp;
import io.github.sbi4j.core.sample.Samples;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Boxes, products, names and checks around distributions. */
class CompositionTest {
  private static final Distribution BOX = BoxUniform.of(new double[] {0, 0}, new double[] {1, 10});

  @Test
  void boxUniformHasTheInverseVolume() {
    assertThat(BOX.logProb(new double[] {0.5, 9.9})).isCloseTo(-Math.log(10), within(1e-15));
    assertThat(BOX.logProb(new double[] {0, 5})).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(BOX.logProb(new double[] {0.5, 10})).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(BOX).hasToString("BoxUniform(low=[0.0, 0.0], high=[1.0, 10.0])");
  }

  @Test
  void badBoxesAreErrors() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BoxUniform.of(new double[2], new double[1]))
        .withMessage("high has 1 numbers, expected 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BoxUniform.of(new double[] {Double.NaN}, new double[1]))
        .withMessage("low[0] is NaN, expected a finite number");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BoxUniform.of(new double[1], new double[] {Double.POSITIVE_INFINITY}))
        .withMessage("high[0] is Infinity, expected a finite number");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BoxUniform.of(new double[] {0, 3}, new double[] {1, 2}))
        .withMessage("the bounds of value 2 are 3.0 and 2.0, expected the first below the second");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BoxUniform.of(new double[0], new double[0]))
        .withMessage("lower is empty, expected at least 1 bound");
  }

  @Test
  void independentAddsItsParts() {
    Distribution beta = Beta.of(2, 3);
    Distribution product = Independent.of(beta, BOX, Normal.of(1, 2));
    double[] value = {0.3, 0.5, 7, -2};
    assertThat(product.logProb(value))
        .isCloseTo(
            beta.logProb(new double[] {0.3})
                - Math.log(10)
                + Normal.of(1, 2).logProb(new double[] {-2}),
            within(1e-14));
    assertThat(product.logProb(new double[] {0.3, 0.5, 11, -2}))
        .isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(product.mean()).containsExactly(new double[] {0.4, 0.5, 5, 1}, within(1e-15));
    assertThat(product.variance())
        .containsExactly(new double[] {0.04, 1.0 / 12, 100.0 / 12, 4}, within(1e-14));
    assertThat(product.support().upper()).containsExactly(1, 1, 10, Double.POSITIVE_INFINITY);
  }

  @Test
  void partsAreUncorrelated() {
    int rows = 20_000;
    Samples samples = Independent.of(Normal.of(0, 1), Normal.of(0, 1)).sample(rows, 3);
    double correlation =
        IntStream.range(0, rows).mapToDouble(i -> samples.get(i, 0) * samples.get(i, 1)).sum()
            / rows;
    // A z-score at a false-alarm rate of 1e-6.
    assertThat(correlation * Math.sqrt(rows)).isBetween(-4.892, 4.892);
  }

  @Test
  void unnamedValuesAreNumberedByOverallPosition() {
    Distribution inner = Independent.of(Normal.of(0, 1), Normal.of(0, 1).named("b"));
    assertThat(inner.names()).containsExactly("theta_1", "b");
    assertThat(Independent.of(BOX, inner, Normal.of(0, 1)).names())
        .containsExactly("theta_1", "theta_2", "theta_3", "b", "theta_5");
  }

  @Test
  void badProductsAreErrors() {
    assertThatIllegalArgumentException()
        .isThrownBy(Independent::of)
        .withMessage("no parts given, expected at least one distribution");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Independent.of(BOX.named("a", "b"), Normal.of(0, 1).named("a")))
        .withMessage("the name a comes twice in [a, b, a]; give each value its own");
  }

  @Test
  void productKeepsABijectionOfAPart() {
    Distribution scaled =
        new ForwardingDistribution(new Banana()) {
          @Override
          public Bijection bijection() {
            return new Halving();
          }
        };
    Distribution product = Independent.of(List.of(Uniform.of(0, 1), scaled));
    double[] z = new double[3];
    double logDeterminant = product.bijection().forward(new double[] {0.5, 6, 8}, z);
    assertThat(z).containsExactly(0, 3, 4);
    double uniform = 0.5 * Math.log(2 * Math.PI);
    assertThat(logDeterminant).isCloseTo(uniform - 2 * Math.log(2), within(1e-15));
  }

  /** z = v / 2 on R^2. */
  private static final class Halving implements Bijection {
    @Override
    public int dimension() {
      return 2;
    }

    @Override
    public double forward(double[] value, double[] unconstrained) {
      unconstrained[0] = value[0] / 2;
      unconstrained[1] = value[1] / 2;
      return -2 * Math.log(2);
    }

    @Override
    public double inverse(double[] unconstrained, double[] value) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void pullBack(double[] unconstrained, double[] gradient, double[] result) {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void namesDelegateEverythingElse() {
    Distribution named = BOX.named("x", "y");
    assertThat(named).hasToString("BoxUniform(low=[0.0, 0.0], high=[1.0, 10.0]) named [x, y]");
    assertThat(named.named("u", "v").names()).containsExactly("u", "v");
    assertThat(named.checked().names()).containsExactly("x", "y");
    assertThat(new Banana().names()).containsExactly("theta_1", "theta_2");
  }

  @Test
  void badNamesAreErrors() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BOX.named("a"))
        .withMessage("1 names given, [a], expected 2, one a value");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BOX.named("a", " "))
        .withMessage("name 2 of [a,  ] is blank, expected a name");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BOX.named("a", "a"))
        .withMessage("the name a comes twice in [a, a]; give each value its own");
  }

  @Test
  void negativeCountIsAnError() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BOX.sample(-1, 0))
        .withMessage("count is -1, expected zero or more rows");
  }

  @Test
  void checkedPriorHasNoDensityOutsideItsSupport() {
    Distribution ramp = new Ramp(2);
    assertThat(ramp.logProb(new double[] {-1})).isNaN();
    assertThat(ramp.checked().logProb(new double[] {-1})).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(ramp.checked().logProb(new double[] {2})).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(ramp.checked().logProb(new double[] {1})).isEqualTo(ramp.logProb(new double[] {1}));
    assertThat(ramp.checked().checked()).isInstanceOf(CheckedDistribution.class);
  }

  @Test
  void brokenPriorsAreErrorsThatShowThem() {
    Distribution broken = new Broken(2, new double[] {1, 2}, Double.NaN);
    assertThatIllegalStateException()
        .isThrownBy(() -> broken.checked().logProb(new double[] {1, 2}))
        .withMessage(
            "Broken: logProb([1.0, 2.0]) is NaN; return -Infinity outside the support, or override"
                + " support() if it is a box");
    assertThatIllegalStateException()
        .isThrownBy(() -> Independent.of(broken).logProb(new double[] {1, 2}))
        .withMessageStartingWith("Broken: logProb([1.0, 2.0]) is NaN");
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                new Broken(1, new double[1], Double.POSITIVE_INFINITY)
                    .checked()
                    .logProb(new double[1]))
        .withMessageStartingWith("Broken: logProb([0.0]) is Infinity; ");
    assertThatIllegalStateException()
        .isThrownBy(() -> new Broken(2, new double[3], 0).sample(1, 0))
        .withMessage("Broken: sample() gave 3 values but dimension() is 2");
    assertThatIllegalStateException()
        .isThrownBy(() -> new Broken(1, new double[] {Double.NaN}, 0).sample(1, 0))
        .withMessage("Broken: sample() gave [NaN], expected no NaN");
    Distribution wrongNames =
        new ForwardingDistribution(BOX) {
          @Override
          public List<String> names() {
            return List.of("a");
          }
        };
    assertThatIllegalStateException()
        .isThrownBy(wrongNames::checked)
        .withMessageEndingWith(": names() gave 1 values but dimension() is 2");
    Distribution wrongSupport =
        new ForwardingDistribution(BOX) {
          @Override
          public Support support() {
            return Support.real(3);
          }
        };
    assertThatIllegalStateException()
        .isThrownBy(wrongSupport::checked)
        .withMessageEndingWith(": support() gave 3 values but dimension() is 2");
  }

  /** A prior that gives what it is told to. */
  private record Broken(int dimension, double[] draw, double logProb) implements Distribution {
    @Override
    public double[] sample(RandomGenerator random) {
      return draw;
    }

    @Override
    public double logProb(double[] value) {
      return logProb;
    }

    @Override
    public String toString() {
      return "Broken";
    }
  }
}
