package io.github.sbi4j.core.abc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.abc.SmcAbcResult.StopReason;
import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Uniform;
import io.github.sbi4j.core.simulation.SimulationSettings;
import io.github.sbi4j.core.simulation.Simulator;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmcAbcTest {
  private static final GaussianModel MODEL = new GaussianModel(0.3);
  private static final double[] OBSERVED = {1.2};
  private final SmcAbc smc =
      SmcAbc.with(GaussianModel.prior()).distance(Distance.euclidean().unscaled()).particles(500);

  // Five standard errors, of particles as good as their effective sample size: 6e-7 for each of
  // twelve numbers. Ancestors that particles share cost a little more, for which 1.3 is allowed.
  @ParameterizedTest
  @CsvSource({
    "TONI, GAUSSIAN", "TONI, UNIFORM", "SISSON, GAUSSIAN",
    "SISSON, UNIFORM", "BEAUMONT, GAUSSIAN", "BEAUMONT, UNIFORM"
  })
  void givesThePosteriorGivenTheTolerance(SmcVariant variant, PerturbationKernel kernel) {
    SmcAbcResult result =
        smc.particles(2000)
            .variant(variant)
            .kernel(kernel, 1)
            .schedule(ToleranceSchedule.of(0.8, 0.4, 0.2))
            .run(MODEL.simulator(), OBSERVED, 1_000_000);
    assertThat(result.stopReason()).isEqualTo(StopReason.SCHEDULE_ENDED);
    assertThat(result.tolerance()).isEqualTo(0.2);
    double[] exact = MODEL.within(OBSERVED[0], 0.2);
    double error = 1.3 * exact[1] / Math.sqrt(result.last().effectiveSampleSize());
    assertThat(result.last().effectiveSampleSize()).isGreaterThan(600);
    assertThat(result.last().mean()[0]).isCloseTo(exact[0], within(5 * error));
    assertThat(result.last().sd()[0]).isCloseTo(exact[1], within(5 * error / Math.sqrt(2)));
  }

  /** An infectious fraction near its bound: x = theta + N(0, 0.3^2), theta uniform. */
  @ParameterizedTest
  @ValueSource(strings = {"GAUSSIAN", "UNIFORM"})
  void boundsOfThePriorAreKept(PerturbationKernel kernel) {
    SmcAbcResult result =
        SmcAbc.with(Uniform.of(0, 1))
            .distance(Distance.euclidean().unscaled())
            .particles(2000)
            .kernel(kernel, 1)
            .schedule(ToleranceSchedule.adaptive(0.5).downTo(0.02))
            .run(MODEL.simulator(), new double[] {1.05}, 1_000_000);
    double sum = 0;
    double first = 0;
    double second = 0;
    for (int i = 0; i < 10_000; i++) {
      double theta = (i + 0.5) / 10_000;
      double density = Math.exp(-0.5 * Math.pow((theta - 1.05) / 0.3, 2));
      sum += density;
      first += density * theta;
      second += density * theta * theta;
    }
    double mean = first / sum;
    double sd = Math.sqrt(second / sum - mean * mean);
    assertThat(result.last().effectiveSampleSize()).isGreaterThan(600);
    double error = 1.3 * sd / Math.sqrt(result.last().effectiveSampleSize());
    assertThat(result.last().mean()[0]).isCloseTo(mean, within(5 * error));
    assertThat(result.last().sd()[0]).isCloseTo(sd, within(5 * error / Math.sqrt(2)));
    assertThat(Arrays.stream(result.last().parameters().column(0)))
        .allMatch(theta -> theta > 0 && theta < 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 1001, 1500, 2345, 4000, 10_000})
  void theBudgetIsRespected(int budget) {
    AtomicInteger calls = new AtomicInteger();
    Simulator counting =
        (theta, random) -> {
          calls.incrementAndGet();
          return MODEL.simulator().simulate(theta, random);
        };
    SmcAbcResult result = smc.run(counting, OBSERVED, budget);
    assertThat(result.simulations()).isEqualTo(calls.get()).isEqualTo(budget);
    assertThat(result.stopReason()).isEqualTo(StopReason.BUDGET_SPENT);
    double tolerance = Double.POSITIVE_INFINITY;
    for (Population population : result.populations()) {
      assertThat(population.size()).isEqualTo(500);
      assertThat(population.tolerance()).isLessThan(tolerance);
      tolerance = population.tolerance();
      for (double distance : population.distances()) {
        assertThat(distance).isLessThanOrEqualTo(tolerance);
      }
    }
  }

  // The geometric schedule asks for far too little; the budget holds a population in between.
  @Test
  void whatTheBudgetLeavesIsAPopulationOfItsOwn() {
    SmcAbcResult result =
        smc.particles(1000)
            .schedule(ToleranceSchedule.geometric(1e-6))
            .run(MODEL.simulator(), OBSERVED, 12_000);
    assertThat(result.populations()).hasSize(2);
    assertThat(result.tolerance())
        .isLessThan(0.5 * result.populations().get(0).tolerance())
        .isEqualTo(result.last().distances()[999]);
    double[] exact = MODEL.within(OBSERVED[0], result.tolerance());
    assertThat(result.last().effectiveSampleSize()).isGreaterThan(300);
    double error = 1.3 * exact[1] / Math.sqrt(result.last().effectiveSampleSize());
    assertThat(result.last().mean()[0]).isCloseTo(exact[0], within(5 * error));
    assertThat(result.last().sd()[0]).isCloseTo(exact[1], within(5 * error / Math.sqrt(2)));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void doesNotDependOnThreads(int threads) {
    BoxUniform prior = BoxUniform.of(new double[] {-2, -2}, new double[] {2, 2});
    Simulator simulator =
        (theta, random) ->
            new double[] {
              theta[0] + random.nextGaussian(), theta[0] * theta[1] + random.nextGaussian()
            };
    SmcAbc settings =
        SmcAbc.with(prior).particles(200).summary(SemiAutomaticSummary.defaults()).seed(4);
    SmcAbcResult one =
        settings
            .simulationSettings(SimulationSettings.defaults().withThreads(1))
            .run(simulator, new double[] {1, 1}, 3000);
    SmcAbcResult many =
        settings
            .simulationSettings(SimulationSettings.defaults().withThreads(threads))
            .run(simulator, new double[] {1, 1}, 3000);
    assertThat(many).isEqualTo(one);
    assertThat(one.simulations()).isEqualTo(3000);
    assertThat(one.sample(10, 1)).isEqualTo(many.sample(10, 1));
    assertThat(settings.seed(5).run(simulator, new double[] {1, 1}, 3000)).isNotEqualTo(one);
  }

  @Test
  void aFailedSimulationCostsItsRow() {
    Simulator fragile =
        (theta, random) -> {
          if (random.nextDouble() < 0.25) {
            throw new ArithmeticException("no convergence");
          }
          return MODEL.simulator().simulate(theta, random);
        };
    SmcAbcResult result = smc.run(fragile, OBSERVED, 6000);
    assertThat(result.simulations()).isEqualTo(6000);
    // A binomial count, within five of its sds.
    assertThat(result.failed()).isCloseTo(1500, within(170));
    assertThat(result.populations()).hasSizeGreaterThan(2);
  }

  @Test
  void aBatchOfFailuresDoesNotLoseThePopulations() {
    AtomicInteger calls = new AtomicInteger();
    Simulator dying =
        (theta, random) -> {
          if (calls.incrementAndGet() > 1000) {
            throw new ArithmeticException("no licence");
          }
          return MODEL.simulator().simulate(theta, random);
        };
    SmcAbcResult result = smc.run(dying, OBSERVED, 20_000);
    assertThat(result.populations()).hasSize(1);
    assertThat(result.failed()).isEqualTo(19_000);
    assertThat(result.stopReason()).isEqualTo(StopReason.BUDGET_SPENT);
  }

  @Test
  void anInterruptReturnsWhatThereIs() {
    AtomicInteger calls = new AtomicInteger();
    Thread caller = Thread.currentThread();
    Simulator interrupting =
        (theta, random) -> {
          if (calls.incrementAndGet() == 3000) {
            caller.interrupt();
          }
          return MODEL.simulator().simulate(theta, random);
        };
    SmcAbcResult result = smc.run(interrupting, OBSERVED, 1_000_000);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(result.stopReason()).isEqualTo(StopReason.INTERRUPTED);
    assertThat(result.populations()).isNotEmpty();
    Simulator early =
        (theta, random) -> {
          caller.interrupt();
          Thread.sleep(1);
          return MODEL.simulator().simulate(theta, random);
        };
    Assertions.assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(() -> smc.run(early, OBSERVED, 10_000));
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void discreteSimulationsEndWhereNoneIsCloser() {
    Simulator coin =
        (theta, random) -> {
          int heads = 0;
          for (int i = 0; i < 5; i++) {
            heads += random.nextDouble() < theta[0] ? 1 : 0;
          }
          return new double[] {heads};
        };
    SmcAbcResult result =
        SmcAbc.with(Uniform.of(0, 1))
            .distance(Distance.manhattan().unscaled())
            .particles(1000)
            .run(coin, new double[] {4}, 1_000_000);
    assertThat(result.stopReason()).isEqualTo(StopReason.SCHEDULE_ENDED);
    assertThat(result.tolerance()).isZero();
    assertThat(result.last().effectiveSampleSize()).isGreaterThan(300);
    // Beta(5, 2): mean 5 / 7, sd 0.16; five standard errors.
    double error = 1.3 * 0.16 / Math.sqrt(result.last().effectiveSampleSize());
    assertThat(result.last().mean()[0]).isCloseTo(5.0 / 7, within(5 * error));
  }

  @Test
  void sissonsVariantResamples() {
    SmcAbc concentrated =
        smc.kernel(PerturbationKernel.GAUSSIAN, 1e-14)
            .initialSimulations(500)
            .schedule(ToleranceSchedule.of(0.5));
    Population toni =
        concentrated.variant(SmcVariant.TONI).run(MODEL.simulator(), OBSERVED, 100_000).last();
    Population sisson =
        concentrated.variant(SmcVariant.SISSON).run(MODEL.simulator(), OBSERVED, 100_000).last();
    assertThat(toni.effectiveSampleSize()).isLessThan(250);
    assertThat(sisson.weights()).containsOnly(1.0 / 500);
    for (int i = 0; i < 500; i++) {
      double distance = Math.abs(sisson.observations().get(i, 0) - OBSERVED[0]);
      assertThat(sisson.distances()[i]).isEqualTo(distance);
    }
  }

  /** A prior that says nothing of where it ends. */
  private static final class Hidden implements Distribution {
    @Override
    public int dimension() {
      return 1;
    }

    @Override
    public double[] sample(RandomGenerator random) {
      return new double[] {1 + 1e-12 * random.nextDouble()};
    }

    @Override
    public double logProb(double[] value) {
      return value[0] >= 1 && value[0] <= 1 + 1e-12 ? 0 : Double.NEGATIVE_INFINITY;
    }
  }

  @Test
  void movesThatThePriorForbidsEndTheRun() {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                SmcAbc.with(new Hidden())
                    .particles(10)
                    .kernel(PerturbationKernel.GAUSSIAN, 1e30)
                    .run(MODEL.simulator(), OBSERVED, 1000))
        .withMessageStartingWith("in 1000 moves of a particle none came where the prior has");
  }

  @Test
  void saysWhatDoesNotFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> smc.run(MODEL.simulator(), OBSERVED, 999))
        .withMessage(
            "the budget of 999 simulations, less a pilot of 0, does not hold the 1000 of the first"
                + " population; give a larger budget or fewer particles");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> smc.particles(1))
        .withMessage("number of particles is 1, expected at least 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> smc.initialSimulations(1))
        .withMessage("number of initial simulations is 1, expected at least 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> smc.initialSimulations(499).run(MODEL.simulator(), OBSERVED, 9999))
        .withMessage("number of initial simulations is 499, expected at least 500");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> smc.kernel(PerturbationKernel.UNIFORM, 0))
        .withMessage("scale of the kernel is 0.0, expected a positive finite number");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                SmcAbc.with(BoxUniform.of(new double[2], new double[] {1, 1}))
                    .particles(2)
                    .run(MODEL.simulator(), OBSERVED, 9999))
        .withMessage("number of particles is 2, expected at least 3");
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                smc.schedule(last -> OptionalDouble.of(99)).run(MODEL.simulator(), OBSERVED, 9999))
        .withMessageStartingWith("the schedule gave the tolerance 99.0 after ");
    Simulator mostly =
        (theta, random) -> new double[] {random.nextDouble() < 0.7 ? Double.NaN : theta[0]};
    assertThatIllegalStateException()
        .isThrownBy(() -> smc.run(mostly, OBSERVED, 9999))
        .withMessageMatching(
            "only \\d+ of the first 1000 simulations are valid, expected at least the number of"
                + " particles, 500; give more initial simulations");
    Distance half = (o, s) -> s[0] < 0.5 ? Double.POSITIVE_INFINITY : Math.abs(s[0] - o[0]);
    assertThatIllegalStateException()
        .isThrownBy(() -> smc.distance(half).run(MODEL.simulator(), OBSERVED, 9999))
        .withMessageMatching(
            "only \\d+ of the first simulations have a finite distance, expected at least the"
                + " number of particles, 500; check the distance, or give more initial simulations");
    AtomicInteger calls = new AtomicInteger();
    Simulator changing = (theta, random) -> new double[calls.incrementAndGet() > 1000 ? 2 : 1];
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                smc.distance((o, s) -> Math.abs(s[0] - 1) + calls.get())
                    .schedule(ToleranceSchedule.geometric(0.5))
                    .run(changing, OBSERVED, 9999))
        .withMessage(
            "the simulator returned 2 values, expected 1 as before; it has to return as many for"
                + " any parameters");
  }
}
