package io.github.sbi4j.core.abc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Uniform;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.SimulationException;
import io.github.sbi4j.core.simulation.SimulationSettings;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.core.simulation.Simulator;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RejectionAbcTest {
  private static final GaussianModel MODEL = new GaussianModel(0.5);
  private static final double[] OBSERVED = {0.8};
  private final RejectionAbc rejection =
      RejectionAbc.with(GaussianModel.prior()).distance(Distance.euclidean().unscaled());

  // Each of six numbers leaves five standard errors with a chance of 6e-7.
  @ParameterizedTest
  @ValueSource(doubles = {0.02, 0.3, 1.5})
  void givesThePosteriorGivenTheTolerance(double tolerance) {
    AbcResult result =
        rejection.tolerance(tolerance).seed(3).run(MODEL.simulator(), OBSERVED, 100_000);
    double[] exact = MODEL.within(OBSERVED[0], tolerance);
    double error = exact[1] / Math.sqrt(result.samples().rows());
    assertThat(result.samples().mean()[0]).isCloseTo(exact[0], within(5 * error));
    assertThat(result.samples().sd()[0]).isCloseTo(exact[1], within(5 * error / Math.sqrt(2)));
    assertThat(result.tolerance()).isEqualTo(tolerance);
    assertThat(result.population().distances()).isSorted();
    assertThat(Arrays.stream(result.population().distances()).max().orElseThrow())
        .isLessThanOrEqualTo(tolerance);
    assertThat(result.simulations()).isEqualTo(100_000);
    assertThat(result.acceptanceRate()).isEqualTo(result.samples().rows() / 100_000.0);
  }

  @Test
  void keepsTheClosest() {
    Simulations table = Simulations.run(MODEL.simulator(), GaussianModel.prior(), 1000, 2);
    double[] distances =
        Arrays.stream(table.observations().column(0)).map(x -> Math.abs(x - 0.8)).toArray();
    double[] sorted = Arrays.stream(distances).sorted().toArray();
    AbcResult kept = rejection.keep(30).select(table, OBSERVED);
    assertThat(kept.population().distances()).containsExactly(Arrays.copyOf(sorted, 30));
    assertThat(kept.tolerance()).isEqualTo(sorted[29]);
    assertThat(kept.population().weights()).containsOnly(1.0 / 30);
    for (int i = 0; i < 30; i++) {
      int row = index(table.parameters().column(0), kept.samples().get(i, 0));
      assertThat(distances[row]).isEqualTo(sorted[i]);
    }
    assertThat(rejection.quantile(0.03).select(table, OBSERVED)).isEqualTo(kept);
    assertThat(rejection.quantile(0.0001).select(table, OBSERVED).samples().rows()).isEqualTo(1);
    assertThat(rejection.keep(30).seed(2).run(MODEL.simulator(), OBSERVED, 1000)).isEqualTo(kept);
  }

  private static int index(double[] values, double value) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] == value) {
        return i;
      }
    }
    throw new AssertionError(value);
  }

  @Test
  void doesNotDependOnThreads() {
    RejectionAbc settings =
        RejectionAbc.with(GaussianModel.prior()).summary(SemiAutomaticSummary.defaults());
    AbcResult one =
        settings
            .simulationSettings(SimulationSettings.defaults().withThreads(1))
            .run(MODEL.simulator(), OBSERVED, 2000);
    AbcResult three =
        settings
            .simulationSettings(SimulationSettings.defaults().withThreads(3))
            .run(MODEL.simulator(), OBSERVED, 2000);
    assertThat(three).isEqualTo(one).hasSameHashCodeAs(one);
    assertThat(settings.seed(9).run(MODEL.simulator(), OBSERVED, 2000)).isNotEqualTo(one);
  }

  @Test
  void aFailedSimulationCostsItsRow() {
    Simulator fragile =
        (theta, random) -> {
          if (theta[0] > 1) {
            throw new ArithmeticException("too large");
          }
          return MODEL.simulator().simulate(theta, random);
        };
    AbcResult result = rejection.quantile(0.1).run(fragile, OBSERVED, 1000);
    Simulations table = Simulations.run(fragile, GaussianModel.prior(), 1000, 1);
    assertThat(result.failed()).isEqualTo(table.failures().size()).isGreaterThan(100);
    assertThat(result.simulations()).isEqualTo(1000);
    assertThat(result.samples().rows()).isEqualTo((int) (0.1 * table.valid().size()));
    assertThat(result.samples().quantile(1)[0]).isLessThanOrEqualTo(1);
  }

  @Test
  void anInterruptLeavesWhatWasSimulated() {
    AtomicInteger calls = new AtomicInteger();
    Thread caller = Thread.currentThread();
    Simulator interrupting =
        (theta, random) -> {
          if (calls.incrementAndGet() == 3000) {
            caller.interrupt();
          }
          return MODEL.simulator().simulate(theta, random);
        };
    AbcResult result = rejection.keep(10).run(interrupting, OBSERVED, 1_000_000);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(result.simulations()).isBetween(2900, 999_999);
    assertThat(result.samples().rows()).isEqualTo(10);
  }

  @Test
  void everySimulationFails() {
    Simulator broken =
        (theta, random) -> {
          throw new ArithmeticException("broken");
        };
    assertThat(
            org.junit.jupiter.api.Assertions.assertThrows(
                    SimulationException.class, () -> rejection.run(broken, OBSERVED, 10))
                .everyRowFailed())
        .isTrue();
    Simulations failed =
        Simulations.of(new double[][] {{1}, {2}}, new double[][] {{Double.NaN}, {Double.NaN}});
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rejection.select(failed, OBSERVED))
        .withMessage("none of the 2 simulations is valid; see Simulations.failures()");
  }

  @Test
  void aToleranceThatAcceptsNothingNamesTheSmallestDistance() {
    AbcResult closest = rejection.keep(1).run(MODEL.simulator(), OBSERVED, 100);
    assertThatIllegalStateException()
        .isThrownBy(() -> rejection.tolerance(1e-9).run(MODEL.simulator(), OBSERVED, 100))
        .withMessage(
            "none of 100 simulations is within the tolerance 1.0E-9; the smallest distance is "
                + closest.tolerance()
                + ": give a larger tolerance, or a quantile");
  }

  @Test
  void infiniteDistancesAreNeverAccepted() {
    Distance half = (o, s) -> s[0] < 0 ? Double.POSITIVE_INFINITY : Math.abs(s[0] - o[0]);
    AbcResult result =
        rejection.distance(half).quantile(0.999).run(MODEL.simulator(), OBSERVED, 500);
    assertThat(Arrays.stream(result.population().observations().column(0))).allMatch(x -> x >= 0);
    assertThat(result.samples().rows()).isBetween(150, 350);
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                rejection
                    .distance((o, s) -> Double.POSITIVE_INFINITY)
                    .run(MODEL.simulator(), OBSERVED, 50))
        .withMessage("the distances of all 50 simulations are infinite; check the distance");
  }

  @Test
  void aDistanceThatIsNaNIsAnError() {
    assertThatIllegalStateException()
        .isThrownBy(
            () -> rejection.distance((o, s) -> Double.NaN).run(MODEL.simulator(), OBSERVED, 50))
        .withMessageStartingWith("the distance of a simulation is NaN, expected a number");
  }

  @Test
  void saysWhatDoesNotFit() {
    Simulations table = Simulations.run(MODEL.simulator(), GaussianModel.prior(), 20, 2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rejection.keep(21).select(table, OBSERVED))
        .withMessage(
            "21 simulations are to be kept, but only 20 are valid, not infinitely far and not of"
                + " the pilot; simulate more");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rejection.select(table, new double[] {1, 2}))
        .withMessage(
            "the observation has 2 values, but the simulations have 1; give both in the same form");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rejection.run(MODEL.simulator(), new double[] {Double.NaN}, 10))
        .withMessage("observed[0] is NaN, expected a finite number");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rejection.run(MODEL.simulator(), new double[0], 10))
        .withMessage("the observation is empty, expected at least 1 value");
    RejectionAbc wide = RejectionAbc.with(BoxUniform.of(new double[] {0, 0}, new double[] {1, 1}));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> wide.select(table, OBSERVED))
        .withMessage(
            "the simulations have 1 parameters, but the prior has 2; give the prior that they were"
                + " drawn from");
    Simulations conditional =
        Simulations.of(
                Samples.copyOf(java.util.List.of("a", "c"), new double[][] {{1, 2}, {3, 4}}),
                Samples.copyOf(java.util.List.of("x"), new double[][] {{1}, {2}}))
            .withConditions("c");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RejectionAbc.with(Uniform.of(0, 9)).select(conditional, OBSERVED))
        .withMessageStartingWith("the simulations carry conditions [c]");
  }

  @Test
  void checksItsSettings() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rejection.tolerance(0))
        .withMessage("tolerance is 0.0, expected a positive finite number");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rejection.quantile(1))
        .withMessage("quantile is 1.0, expected a number strictly between 0 and 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rejection.keep(0))
        .withMessage("number to keep is 0, expected at least 1");
  }
}
