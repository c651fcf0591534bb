package io.github.sbi4j.core.abc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.distribution.Uniform;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.Simulator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class DistanceTest {
  private static final double[] O = {1, 2, 3};
  private static final double[] S = {2, 0, 5};

  @Test
  void distancesOfValuesAreWhatTheyAreCalled() {
    assertThat(Distance.euclidean().between(O, S)).isEqualTo(3);
    assertThat(Distance.manhattan().between(O, S)).isEqualTo(5);
    assertThat(Distance.meanSquared().between(O, S)).isEqualTo(3);
    assertThat(Distance.manhattan().scaledBy(1, 2, 4).between(O, S)).isEqualTo(2.5);
  }

  @Test
  void scalesAreMedianAbsoluteDeviationsOfSimulations() {
    // MADs 1 and 10; of the third more than half agree, so its sd, 2; the fourth is constant.
    double[][] rows = {
      {0, 0, 0, 7}, {1, 10, 0, 7}, {2, 20, 0, 7}, {3, 30, 0, 7}, {1000, 4e5, Math.sqrt(20), 7}
    };
    Samples table = Samples.copyOf(List.of("a", "b", "c", "d"), rows);
    double[] origin = {0, 0, 0, 7};
    ToDoubleFunction<double[]> distance = Distance.manhattan().from(origin, table);
    assertThat(distance.applyAsDouble(new double[] {3, 0, 0, 7})).isEqualTo(3);
    assertThat(distance.applyAsDouble(new double[] {0, 3, 0, 7})).isCloseTo(0.3, within(1e-15));
    assertThat(distance.applyAsDouble(new double[] {0, 0, 3, 7})).isCloseTo(1.5, within(1e-12));
    assertThat(distance.applyAsDouble(new double[] {0, 0, 0, 9})).isEqualTo(2);
    assertThat(Distance.manhattan().unscaled().from(origin, table).applyAsDouble(rows[1]))
        .isEqualTo(11);
    assertThat(
            Distance.manhattan().scaledBy(1, 10, 1, 1).from(origin, table).applyAsDouble(rows[1]))
        .isEqualTo(2);
  }

  @Test
  void wassersteinIsTheAreaBetweenDistributionFunctions() {
    Distance distance = Distance.wasserstein(1);
    assertThat(distance.between(new double[] {3, 1, 2}, new double[] {12, 11, 13})).isEqualTo(10);
    // F is 0, 1/2, 1 with steps at 0 and 2; G is 0, 1/3, 2/3, 1 with steps at 0, 1 and 2.
    assertThat(distance.between(new double[] {2, 0}, new double[] {1, 0, 2}))
        .isCloseTo(1.0 / 3, within(1e-15));
    assertThat(distance.between(new double[] {5}, new double[] {4, 8})).isEqualTo(2);
    assertThat(distance.between(O, new double[] {3, 2, 1})).isZero();
  }

  @Test
  void slicedWassersteinOfAShiftIsItsMeanProjection() {
    RandomGenerator random = RandomStreams.of(1, 0);
    double[] trials = new double[4000];
    double[] shifted = new double[4000];
    double[] otherUnits = new double[4000];
    double[] shiftedInOtherUnits = new double[4000];
    for (int i = 0; i < 4000; i++) {
      trials[i] = random.nextGaussian();
      shifted[i] = trials[i] + (i % 2 == 0 ? 3 : 4);
      otherUnits[i] = trials[i] * (i % 2 == 0 ? 1000 : 1);
      shiftedInOtherUnits[i] = shifted[i] * (i % 2 == 0 ? 1000 : 1);
    }
    Distance distance = Distance.wasserstein(2);
    // E |u . a| = |a| 2 / pi, estimated from 50 directions with the sd 0.31 |a| / sqrt(50).
    double found = distance.between(trials, shifted);
    assertThat(found).isCloseTo(5 * 2 / Math.PI, within(4 * 5 * 0.31 / Math.sqrt(50)));
    assertThat(distance.between(otherUnits, shiftedInOtherUnits)).isCloseTo(found, within(1e-9));
  }

  @Test
  void discrepancyIsZeroForTheSameTrialsAndGrowsWithAShift() {
    Distance distance = Distance.maximumMeanDiscrepancy(1);
    assertThat(distance.between(O, new double[] {3, 1, 2})).isCloseTo(0, within(1e-7));
    // Observed trials 0 and 2: sd sqrt(2), so 0 and sqrt(2) apart; h = sqrt(2).
    double e = Math.exp(-0.5);
    double own = (2 + 2 * e) / 4;
    double across = (Math.exp(-0.125) + Math.exp(-0.125)) / 2;
    assertThat(distance.between(new double[] {0, 2}, new double[] {1}))
        .isCloseTo(Math.sqrt(own + 1 - 2 * across), within(1e-12));
    double near = distance.between(new double[] {0, 2}, new double[] {1, 3});
    double far = distance.between(new double[] {0, 2}, new double[] {3, 5});
    assertThat(near).isPositive().isLessThan(far);
  }

  // The posterior of the mean of 50 trials of N(mu, 1) has the sd 0.141; both distances see the
  // mean at nearly full efficiency, and the closest hundredth widens it by less than half.
  @Test
  void setsOfTrialsGiveThePosteriorOfTheirMean() {
    Simulator one = (theta, random) -> new double[] {theta[0] + random.nextGaussian()};
    Simulator fifty = Trials.repeat(one, 50);
    double[][] trials = new double[40][1];
    RandomGenerator random = RandomStreams.of(5, 0);
    double mean = 0;
    for (double[] trial : trials) {
      trial[0] = 1 + random.nextGaussian();
      mean += trial[0] / 40;
    }
    for (Distance distance : List.of(Distance.wasserstein(1), Distance.maximumMeanDiscrepancy(1))) {
      Samples samples =
          RejectionAbc.with(Uniform.of(-3, 5))
              .distance(distance)
              .run(fifty, Trials.row(trials), 10_000)
              .samples();
      assertThat(samples.mean()[0]).isCloseTo(mean, within(0.1));
      assertThat(samples.sd()[0]).isBetween(0.1, 0.22);
    }
  }

  @Test
  void saysWhatDoesNotFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Distance.euclidean().scaledBy(1, 0))
        .withMessage("scale 2 is 0.0, expected a positive finite number");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Distance.euclidean().scaledBy(1, 2).between(O, S))
        .withMessage("2 scales for 3 values; give one scale for each value");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Distance.euclidean().between(O, new double[] {1}))
        .withMessage(
            "the observation has 3 values, but the simulations have 1; give both in the same form");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Distance.wasserstein(0))
        .withMessage("values of a trial is 0, expected at least 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Distance.maximumMeanDiscrepancy(2).between(O, S))
        .withMessage(
            "3 values are not whole trials of 2; give the distance the number of values of a trial");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Trials.row(new double[][] {{1, 2}, {3}}))
        .withMessage("trial 1 has 1 values, expected 2 as in trial 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Trials.row(new double[0][]))
        .withMessage("there are no values, expected at least one trial of one");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Trials.repeat((theta, random) -> theta, 0))
        .withMessage("number of trials is 0, expected at least 1");
  }
}
