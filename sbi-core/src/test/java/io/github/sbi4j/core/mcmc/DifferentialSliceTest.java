package io.github.sbi4j.core.mcmc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.random.RandomStreams;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DifferentialSliceTest {
  private static final McmcSettings SETTINGS =
      McmcSettings.defaults().withWarmUp(60).withDraws(100).withSeed(4);

  /** Modes of sd 0.3 at (-3, ..., -3) and (3, ..., 3), the first with probability 0.8. */
  private static LogDensity unequal(int dimension) {
    return LogDensity.of(
        dimension,
        q -> {
          double left = Math.log(0.8);
          double right = Math.log(0.2);
          for (double x : q) {
            left -= (x + 3) * (x + 3) / (2 * 0.09);
            right -= (x - 3) * (x - 3) / (2 * 0.09);
          }
          return Subtree.logSum(left, right);
        });
  }

  /** 100 points, half of them in each mode. */
  private static double[][] half(int dimension, long seed) {
    double[][] result = new double[100][dimension];
    for (int c = 0; c < result.length; c++) {
      RandomGenerator random = RandomStreams.of(seed, c);
      for (int d = 0; d < dimension; d++) {
        result[c][d] = (c % 2 == 0 ? -3 : 3) + 0.3 * random.nextGaussian();
      }
    }
    return result;
  }

  /** Chains start, and the pool lies, in equal parts in both modes; the truth is 80 to 20. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void theWeightsOfModesAreFound(long seed) {
    LogDensity target = unequal(3);
    double[][] start = half(3, seed);
    McmcSettings settings = SETTINGS.withSeed(seed);
    DifferentialSlice given = DifferentialSlice.of(half(3, seed + 100));
    assertWeight(Mcmc.sample(target, given, settings, start));
    assertWeight(DifferentialSlice.sample(target, settings, start));
    // Coordinate by coordinate no chain leaves its mode.
    assertThat(weight(Mcmc.sample(target, Slice.defaults(), settings, start)))
        .isCloseTo(0.5, within(1e-9));
  }

  private static double weight(Chains chains) {
    return Arrays.stream(chains.toSamples().column(0)).filter(x -> x < 0).count()
        / (double) chains.toSamples().rows();
  }

  private static void assertWeight(Chains chains) {
    double[][] left = chains.coordinate(0);
    for (double[] chain : left) {
      for (int i = 0; i < chain.length; i++) {
        chain[i] = chain[i] < 0 ? 1 : 0;
      }
    }
    double effective = Convergence.essMean(left);
    assertThat(effective).isGreaterThan(2000);
    // A false alarm once in 15 000.
    assertThat(weight(chains)).isCloseTo(0.8, within(4 * Math.sqrt(0.16 / effective)));
  }

  @Test
  void correlatedParametersAreFollowed() {
    LogDensity target = Targets.equicorrelated(10, 0.99);
    double[][] start = InitialPoints.uniform(target, 100, 2, 1);
    Chains chains = DifferentialSlice.sample(target, SETTINGS.withWarmUp(90), start);
    Chains coordinates = Mcmc.sample(target, Slice.defaults(), SETTINGS.withWarmUp(90), start);
    assertThat(leastEss(chains)).isGreaterThan(1000).isGreaterThan(5 * leastEss(coordinates));
    Diagnostics diagnostics = chains.diagnostics();
    for (int d = 0; d < 10; d++) {
      assertThat(chains.toSamples().mean()[d])
          .isCloseTo(0, within(4.5 * diagnostics.mcseMean()[d]));
      assertThat(chains.toSamples().sd()[d]).isCloseTo(1, within(4.5 * diagnostics.mcseSd()[d]));
    }
  }

  private static double leastEss(Chains chains) {
    return Arrays.stream(chains.diagnostics().essBulk()).min().orElseThrow();
  }

  @Test
  void threadsDoNotChangeDraws() {
    LogDensity target = unequal(2);
    Chains one = DifferentialSlice.sample(target, SETTINGS, half(2, 1));
    Chains two = DifferentialSlice.sample(target, SETTINGS.withThreads(2), half(2, 1));
    Chains other = DifferentialSlice.sample(target, SETTINGS.withSeed(5), half(2, 1));
    assertThat(two.toSamples()).isEqualTo(one.toSamples());
    assertThat(other.toSamples()).isNotEqualTo(one.toSamples());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 7, 60})
  void anyWarmUpAndNumberOfChainsWill(int warmUp) {
    McmcSettings settings = SETTINGS.withWarmUp(warmUp).withDraws(3);
    for (int chains : new int[] {1, 2, 60}) {
      double[][] start = Arrays.copyOf(half(2, 1), chains);
      Chains result = DifferentialSlice.sample(unequal(2), settings, start);
      assertThat(result.stopReason()).isEqualTo(StopReason.COMPLETED);
      assertThat(result.size()).isEqualTo(chains);
      assertThat(result.draws()).isEqualTo(3);
    }
  }

  @Test
  void theTimeBudgetIsThatOfAll() {
    LogDensity slow =
        LogDensity.of(
            1,
            q -> {
              long end = System.nanoTime() + 1_000_000;
              while (System.nanoTime() < end) {
                Thread.onSpinWait();
              }
              return -q[0] * q[0];
            });
    McmcSettings settings = SETTINGS.withTimeBudget(Duration.ofMillis(100));
    long begin = System.nanoTime();
    Chains chains = DifferentialSlice.sample(slow, settings, new double[] {0.1});
    assertThat(chains.stopReason()).isEqualTo(StopReason.TIME_BUDGET);
    assertThat(chains.chain(0).size()).isZero();
    assertThat((System.nanoTime() - begin) / 1e9).isLessThan(10);
  }

  @Test
  void anInterruptEndsItAll() {
    Thread.currentThread().interrupt();
    Chains chains = DifferentialSlice.sample(unequal(2), SETTINGS, half(2, 1));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(chains.stopReason()).isEqualTo(StopReason.INTERRUPTED);
  }

  @Test
  void progressTellsWarmingUpFromSampling() {
    Set<String> tasks = new TreeSet<>();
    McmcSettings settings = SETTINGS.withProgress(progress -> tasks.add(progress.task()));
    DifferentialSlice.sample(unequal(2), settings, half(2, 1));
    assertThat(tasks).containsExactly("sampling", "warming up");
  }

  @Test
  void badPoolsAreRefused() {
    double[] point = {0, 1};
    Map<String, ThrowingCallable> cases =
        Map.of(
            "the number of points of the pool is 0, expected at least 2",
            () -> DifferentialSlice.of(),
            "the number of points of the pool is 1, expected at least 2",
            () -> DifferentialSlice.of(point),
            "the length of pool[0] is 0, expected at least 1",
            () -> DifferentialSlice.of(new double[2][0]),
            "pool[1] has 1 numbers, expected 2",
            () -> DifferentialSlice.of(point, new double[] {1}),
            "pool[1][0] is NaN, expected a finite number",
            () -> DifferentialSlice.of(point, new double[] {Double.NaN, 2}),
            "coordinate 1 has the standard deviation 0.0 over the points of the pool",
            () -> DifferentialSlice.of(point, new double[] {3, 1}, new double[] {2, 1}),
            "the points of the pool have 2 numbers, expected 3 as the target has",
            () ->
                Mcmc.sample(
                    unequal(3),
                    DifferentialSlice.of(point, new double[] {3, 2}),
                    SETTINGS,
                    half(3, 1)));
    cases.forEach(
        (message, call) ->
            assertThatThrownBy(call)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message));
    assertThatThrownBy(() -> DifferentialSlice.sample(unequal(2), SETTINGS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the number of initial points is 0");
  }
}
