package io.github.sbi4j.core.mcmc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sbi4j.core.random.RandomStreams;
import java.time.Duration;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Every setting out of its range is refused with its value and its range. */
class McmcSettingsTest {
  private static final Metric IDENTITY = DiagonalMetric.identity(2);

  @Test
  void badValuesAreNamed() {
    McmcSettings settings = McmcSettings.defaults();
    Map<String, ThrowingCallable> cases =
        Map.ofEntries(
            Map.entry("warm-up is -1, expected at least 0", () -> settings.withWarmUp(-1)),
            Map.entry("draws is 0, expected at least 1", () -> settings.withDraws(0)),
            Map.entry("thin is 0, expected at least 1", () -> settings.withThin(0)),
            Map.entry("threads must be positive, got 0", () -> settings.withThreads(0)),
            Map.entry("time budget is PT0S", () -> settings.withTimeBudget(Duration.ZERO)),
            Map.entry("target acceptance is 1.0", () -> Nuts.defaults().withTargetAcceptance(1)),
            Map.entry(
                "target acceptance is NaN", () -> Hmc.defaults().withTargetAcceptance(0 / 0d)),
            Map.entry("initial step size is 0.0", () -> Nuts.defaults().withInitialStepSize(0)),
            Map.entry("depth is 21, expected 1 to 20", () -> Nuts.defaults().withMaxTreeDepth(21)),
            Map.entry("integration time is -1.0", () -> Hmc.defaults().withIntegrationTime(-1)),
            Map.entry("width is 0.0", () -> Slice.defaults().withWidth(0)),
            Map.entry("doublings is 51", () -> Slice.defaults().withMaxDoublings(51)),
            Map.entry("widths[1] is -1.0", () -> SliceKernel.of(new double[] {1, -1}, 3)),
            Map.entry("the number of widths is 0", () -> SliceKernel.of(new double[0], 3)),
            Map.entry("step size is Infinity", () -> NutsKernel.of(1 / 0d, IDENTITY, 3)),
            Map.entry("step size is -0.1", () -> HmcKernel.of(-0.1, IDENTITY, 3)),
            Map.entry("variances[0] is 0.0", () -> DiagonalMetric.of(0, 1)),
            Map.entry("dimension is 0", () -> DiagonalMetric.identity(0)),
            Map.entry("dimension is -1", () -> LogDensity.of(-1, q -> 0)),
            Map.entry(
                "not positive definite", () -> DenseMetric.of(new double[][] {{1, 2}, {2, 1}})),
            Map.entry(
                "covariance[1] has 1 numbers", () -> DenseMetric.of(new double[][] {{1, 2}, {2}})),
            Map.entry(
                "position has 1 numbers, expected 2", () -> Targets.banana(1).logDensity(0.5)),
            Map.entry(
                "the log density at the initial point is NaN",
                () -> NutsKernel.of(1, IDENTITY, 5).init(Targets.banana(1), Double.NaN, 0)));
    cases.forEach(
        (message, call) ->
            assertThatThrownBy(call)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message));
  }

  @Test
  void anUnfinishedTransitionHasNoStep() {
    Kernel<DifferentiableLogDensity> nuts = NutsKernel.of(1, IDENTITY, 5);
    Kernel<DifferentiableLogDensity> hmc = HmcKernel.of(1, IDENTITY, 5);
    DifferentialSliceKernel differential =
        DifferentialSliceKernel.of(new double[][] {{0, 0}, {1, 1}});
    SliceKernel slice = SliceKernel.of(new double[] {1, 1}, 3);
    ChainState state = nuts.init(Targets.banana(1), 0, 0);
    RandomGenerator random = RandomStreams.of(1, 1);
    for (Transition begun :
        new Transition[] {
          nuts.begin(state, random),
          hmc.begin(state, random),
          slice.begin(state, random),
          differential.begin(state, random)
        }) {
      assertThatThrownBy(begun::step)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("the transition is not done");
    }
    assertThat(state.gradient()).hasSize(2);
    assertThat(slice.init(Targets.banana(1), 0, 0).gradient()).isEmpty();
  }
}
