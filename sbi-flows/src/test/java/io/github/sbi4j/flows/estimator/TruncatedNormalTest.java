package io.github.sbi4j.flows.estimator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TruncatedNormalTest {
  private static final double HALF_LOG_2_PI = 0.5 * Math.log(2 * Math.PI);
  private static final int POINTS = 20_000;

  /**
   * Simpson's rule for the mass and the mean between two bounds, with the exponential of the nearer
   * bound taken out.
   */
  private static double[] integrals(double a, double b) {
    double nearer = a > 0 ? a : b < 0 ? b : 0;
    // Further from the nearer one there is nothing in double precision.
    double reach = 40 / Math.max(1, Math.abs(nearer));
    double low = Math.max(a, nearer - reach);
    double high = Math.min(b, nearer + reach);
    double mass = 0;
    double moment = 0;
    for (int i = 0; i <= POINTS; i++) {
      double x = low + (high - low) * i / POINTS;
      double weight = i == 0 || i == POINTS ? 1 : i % 2 == 0 ? 2 : 4;
      double density = weight * Math.exp(-0.5 * (x - nearer) * (x + nearer));
      mass += density;
      moment += density * (x - nearer);
    }
    double logMass =
        Math.log(mass * (high - low) / POINTS / 3) - 0.5 * nearer * nearer - HALF_LOG_2_PI;
    return new double[] {logMass, nearer + moment / mass};
  }

  @ParameterizedTest
  @CsvSource({
    "-1,2",
    "-.01,.02",
    "-20,.5",
    "0,1",
    "3,3.5",
    "-3.5,-3",
    "8,30",
    "-200,200",
    "40,41",
    "-41,-40",
    "100,300",
    "5,5.0001",
    "-1e-3,1e-3",
    "-9,-8",
    "1,1.000001",
    "-40,-1"
  })
  void massAndMeanAreThoseOfQuadrature(double a, double b) {
    double[] expected = integrals(a, b);
    double logMass = TruncatedNormal.logMass(a, b);
    assertThat(logMass).isCloseTo(expected[0], within(1e-9 * (1 + Math.abs(logMass))));
    assertThat(TruncatedNormal.mean(a, b)).isCloseTo(expected[1], within(1e-7 * (b - a)));
  }

  /** What is lost is the rounding of a point next to a bound. */
  @Test
  void pointsComeBackFromWhereverTheMeanIs() {
    Random random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      double width = Math.exp(2 * random.nextGaussian() + 1);
      double a = -5 - width + (10 + width) * random.nextDouble();
      double b = a + width;
      double t = a + width * random.nextDouble();
      TruncatedNormal normal = new TruncatedNormal(a, b);
      assertThat(normal.fromNormal(normal.toNormal(t))).isCloseTo(t, within(1e-10 * (1 + width)));
    }
  }

  @Test
  void normalValuesComeBackWhereTheyAreNotAtABound() {
    Random random = new Random(2);
    for (int i = 0; i < 100_000; i++) {
      double width = Math.exp(random.nextGaussian() + 1);
      double a = -5 - width + (10 + width) * random.nextDouble();
      TruncatedNormal normal = new TruncatedNormal(a, a + width);
      double v = 8 * random.nextDouble() - 4;
      assertThat(normal.toNormal(normal.fromNormal(v))).isCloseTo(v, within(1e-8));
    }
  }

  @Test
  void withoutBoundsInReachNothingChangesFarIntoTheTails() {
    TruncatedNormal normal = new TruncatedNormal(-300, 300);
    for (double t = -150; t <= 150; t += 0.37) {
      assertThat(normal.toNormal(t)).isCloseTo(t, within(1e-10 * (1 + Math.abs(t))));
      assertThat(normal.fromNormal(t)).isCloseTo(t, within(1e-10 * (1 + Math.abs(t))));
    }
  }

  @Test
  void atABoundTheResultIsFinite() {
    TruncatedNormal normal = new TruncatedNormal(-1, 2);
    assertThat(normal.toNormal(-1)).isFinite().isLessThan(-8);
    assertThat(normal.toNormal(2)).isFinite().isGreaterThan(8);
    assertThat(normal.fromNormal(-60)).isCloseTo(-1, within(1e-12));
    assertThat(normal.fromNormal(60)).isCloseTo(2, within(1e-12));
  }
}
