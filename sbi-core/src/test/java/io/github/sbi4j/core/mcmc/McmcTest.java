package io.github.sbi4j.core.mcmc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sbi4j.core.concurrent.Tasks;
import io.github.sbi4j.core.progress.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a run promises whatever the kernel. */
@Timeout(60)
class McmcTest {
  private static final DifferentiableLogDensity TARGET = Targets.equicorrelated(3, 0.5);
  private static final double[][] START = InitialPoints.uniform(TARGET, 5, 2, 9);
  private static final McmcSettings SHORT =
      McmcSettings.defaults().withWarmUp(50).withDraws(40).withSeed(7);

  private static List<ChainSampler<? super DifferentiableLogDensity>> samplers() {
    return samplers(3);
  }

  private static List<ChainSampler<? super DifferentiableLogDensity>> samplers(int dimension) {
    double[][] pool =
        Arrays.stream(START).map(p -> Arrays.copyOf(p, dimension)).toArray(double[][]::new);
    return List.of(
        Slice.defaults(),
        DifferentialSlice.of(pool),
        Hmc.defaults(),
        Nuts.defaults(),
        Nuts.defaults().withDenseMetric());
  }

  private static <T extends LogDensity, U extends T> Chains run(
      U target, ChainSampler<T> sampler, McmcSettings settings, double[]... start) {
    return Mcmc.sample(target, sampler, settings, start);
  }

  /** Where chains share the threads, evaluations that ask for threads take no more. */
  @Test
  void evaluationsOfSharedChainsStayInTheirThreads() {
    AtomicInteger evaluations = new AtomicInteger();
    AtomicInteger strayed = new AtomicInteger();
    LogDensity target =
        LogDensity.of(
            1,
            q -> {
              Thread own = Thread.currentThread();
              evaluations.incrementAndGet();
              if (Tasks.map(4, 4, i -> Thread.currentThread() == own).contains(false)) {
                strayed.incrementAndGet();
              }
              return -0.5 * q[0] * q[0];
            });
    double[][] start = {{0}, {0.1}, {0.2}, {0.3}};
    Mcmc.sample(target, Slice.defaults(), SHORT.withDraws(20).withThreads(2), start);
    // The initial points are looked at before the chains share the threads.
    assertThat(strayed.get()).isLessThanOrEqualTo(start.length);
    assertThat(evaluations.get()).isGreaterThan(100);
  }

  @Test
  void drawsDependOnSeedAndChainAlone() {
    for (ChainSampler<? super DifferentiableLogDensity> sampler : samplers()) {
      Chains all = run(TARGET, sampler, SHORT, START);
      Chains threaded = run(TARGET, sampler, SHORT.withThreads(3), START);
      Chains few = run(TARGET, sampler, SHORT, START[0], START[1]);
      Chains other = run(TARGET, sampler, SHORT.withSeed(8), START);
      for (int c = 0; c < 5; c++) {
        assertThat(threaded.chain(c).draws()).isEqualTo(all.chain(c).draws());
        assertThat(other.chain(c).draws()).isNotEqualTo(all.chain(c).draws());
      }
      assertThat(few.chain(1).draws()).isEqualTo(all.chain(1).draws());
      assertThat(all.toSamples().rows()).isEqualTo(200);
      assertThat(all.stopReason()).isEqualTo(StopReason.COMPLETED);
    }
  }

  @Test
  void logDensitiesAreThoseOfTheDraws() {
    for (ChainSampler<? super DifferentiableLogDensity> sampler : samplers()) {
      Chain chain = run(TARGET, sampler, SHORT, START).chain(3);
      for (int i = 0; i < chain.size(); i++) {
        assertThat(chain.logDensities()[i]).isEqualTo(TARGET.logDensity(chain.draws().row(i)));
      }
    }
  }

  @Test
  void thinningKeepsTheLastOfEachGroup() {
    for (ChainSampler<? super DifferentiableLogDensity> sampler : samplers()) {
      Chains all = run(TARGET, sampler, SHORT.withDraws(30), START);
      Chains thinned = run(TARGET, sampler, SHORT.withDraws(10).withThin(3), START);
      for (int i = 0; i < 10; i++) {
        assertThat(thinned.chain(1).draws().row(i)).isEqualTo(all.chain(1).draws().row(3 * i + 2));
      }
      assertThat(Arrays.stream(thinned.chain(1).evaluations()).sum())
          .isEqualTo(Arrays.stream(all.chain(1).evaluations()).sum());
    }
  }

  /** As many calls as the busiest chain has evaluations, and one for the initial points. */
  @Test
  void chainsShareCallsAndWaitForNobody() {
    AtomicInteger calls = new AtomicInteger();
    AtomicInteger points = new AtomicInteger();
    DifferentiableLogDensity counted =
        new DifferentiableLogDensity() {
          @Override
          public int dimension() {
            return 3;
          }

          @Override
          public void logDensitiesAndGradients(
              int count, double[] positions, double[] values, double[] gradients) {
            calls.incrementAndGet();
            points.addAndGet(count);
            TARGET.logDensitiesAndGradients(count, positions, values, gradients);
          }
        };
    for (ChainSampler<? super DifferentiableLogDensity> sampler : samplers()) {
      calls.set(0);
      points.set(0);
      Chains chains = run(counted, sampler, SHORT, START);
      long busiest = 0;
      for (int c = 0; c < 5; c++) {
        Chain chain = chains.chain(c);
        long own = chain.warmUpEvaluations() + Arrays.stream(chain.evaluations()).sum();
        busiest = Math.max(busiest, own);
      }
      assertThat(calls.get()).isEqualTo(busiest + 1);
      assertThat(points.get()).isEqualTo(chains.diagnostics().evaluations() + 5);
    }
  }

  @Test
  void withoutWarmUpThereAreDrawsToo() {
    for (ChainSampler<? super DifferentiableLogDensity> sampler : samplers()) {
      for (int warmUp : new int[] {0, 1, 19, 20, 21, 150, 151}) {
        Chains chains = run(TARGET, sampler, SHORT.withWarmUp(warmUp), START);
        assertThat(chains.draws()).isEqualTo(40);
      }
    }
  }

  @Test
  void timeBudgetIsKeptAndDrawsAreReturned() {
    LogDensity slow = LogDensity.of(2, q -> pause(-0.5 * (q[0] * q[0] + q[1] * q[1])));
    McmcSettings settings =
        SHORT.withWarmUp(2).withDraws(1_000_000).withTimeBudget(Duration.ofMillis(500));
    long started = System.nanoTime();
    Chains chains = Mcmc.sample(slow, Slice.defaults(), settings, new double[2], new double[2]);
    assertThat((System.nanoTime() - started) / 1e9).isLessThan(5);
    assertThat(chains.stopReason()).isEqualTo(StopReason.TIME_BUDGET);
    assertThat(chains.draws()).isBetween(1, 500);
    assertThat(chains.summary()).contains("the time budget was spent");
    assertThat(chains.toSamples().rows())
        .isEqualTo(chains.chain(0).size() + chains.chain(1).size());
  }

  private static double pause(double value) {
    try {
      Thread.sleep(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return value;
  }

  @Test
  void stoppedInTheWarmUpThereIsNothingButAReason() {
    LogDensity slow = LogDensity.of(1, q -> pause(-q[0] * q[0]));
    McmcSettings settings = SHORT.withWarmUp(100_000).withTimeBudget(Duration.ofMillis(50));
    Chains chains = Mcmc.sample(slow, Slice.defaults(), settings, new double[1]);
    assertThat(chains.draws()).isZero();
    assertThat(chains.toSamples().rows()).isZero();
    assertThat(chains.summary()).contains("the time budget was spent");
    assertThatThrownBy(() -> chains.writeArvizJson(java.nio.file.Path.of("unused.json")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("TIME_BUDGET");
  }

  @Test
  void interruptReturnsWhatWasDrawn() {
    for (int threads = 1; threads <= 2; threads++) {
      Thread caller = Thread.currentThread();
      AtomicInteger calls = new AtomicInteger();
      LogDensity target =
          LogDensity.of(
              1,
              q -> {
                if (calls.incrementAndGet() == 2000) {
                  caller.interrupt();
                }
                return -q[0] * q[0];
              });
      McmcSettings settings = SHORT.withDraws(100_000_000).withThreads(threads);
      Chains chains = Mcmc.sample(target, Slice.defaults(), settings, new double[1], new double[1]);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(chains.stopReason()).isEqualTo(StopReason.INTERRUPTED);
      assertThat(chains.toSamples().rows()).isPositive();
      assertThat(chains.summary()).contains("interrupted");
    }
  }

  @Test
  void nanAndInfinityAreZeroDensityAndCounted() {
    for (double wrong : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      DifferentiableLogDensity target =
          DifferentiableLogDensity.of(
              1,
              (q, g) -> {
                g[0] = -q[0];
                return q[0] > 1 ? wrong : -0.5 * q[0] * q[0];
              });
      for (ChainSampler<? super DifferentiableLogDensity> sampler : samplers(1)) {
        Chains chains = run(target, sampler, SHORT.withDraws(300), new double[1], new double[1]);
        assertThat(Arrays.stream(chains.toSamples().column(0)).max().orElseThrow())
            .isLessThanOrEqualTo(1);
        Diagnostics diagnostics = chains.diagnostics();
        assertThat(diagnostics.invalidEvaluations()).isPositive();
        assertThat(diagnostics.warnings())
            .anySatisfy(warning -> assertThat(warning).contains("gave NaN or +Infinity"));
      }
    }
  }

  @Test
  void nanGradientsAreDivergences() {
    DifferentiableLogDensity target =
        DifferentiableLogDensity.of(
            1,
            (q, g) -> {
              g[0] = q[0] > 1 ? Double.NaN : -q[0];
              return -0.5 * q[0] * q[0];
            });
    Chains chains = Mcmc.sample(target, Nuts.defaults(), SHORT.withDraws(300), new double[1]);
    assertThat(chains.diagnostics().divergences()).isPositive();
    assertThat(Arrays.stream(chains.toSamples().column(0)).allMatch(Double::isFinite)).isTrue();
  }

  @Test
  void initialPointsAreChecked() {
    DifferentiableLogDensity halfLine =
        DifferentiableLogDensity.of(
            2,
            (q, g) -> {
              g[1] = q[1] > 5 ? Double.POSITIVE_INFINITY : 0;
              return q[0] > 0 ? -q[0] : Double.NEGATIVE_INFINITY;
            });
    Nuts nuts = Nuts.defaults();
    assertThatThrownBy(
            () -> Mcmc.sample(halfLine, nuts, SHORT, new double[] {1, 1}, new double[] {-1, 2}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the log density at the initial point of chain 1 is -Infinity")
        .hasMessageContaining("InitialPoints")
        .hasMessageContaining("[-1.0, 2.0]");
    assertThatThrownBy(() -> Mcmc.sample(halfLine, nuts, SHORT, new double[] {1, 6}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the gradient at the initial point of chain 0 is Infinity");
    assertThatThrownBy(() -> Mcmc.sample(halfLine, nuts, SHORT, new double[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the initial point of chain 0 has 3 numbers, expected 2");
    assertThatThrownBy(() -> Mcmc.sample(halfLine, nuts, SHORT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the number of initial points is 0, expected at least 1");
    assertThatThrownBy(
            () -> Mcmc.sample(halfLine, nuts, SHORT.withDraws(2_000_000_000), new double[] {1, 1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("do not fit in one array");
  }

  @Test
  void flatAndBrokenTargetsEndWithAnExplanation() {
    DifferentiableLogDensity flat = DifferentiableLogDensity.of(1, (q, g) -> 0);
    assertThatThrownBy(() -> Mcmc.sample(flat, Nuts.defaults(), SHORT, new double[1]))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the target is flat");
    DifferentiableLogDensity point =
        DifferentiableLogDensity.of(1, (q, g) -> q[0] == 0 ? 0 : Double.NEGATIVE_INFINITY);
    assertThatThrownBy(() -> Mcmc.sample(point, Hmc.defaults(), SHORT, new double[1]))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("check the gradient by finite differences");
    // Slice sampling stays finite on both.
    assertThat(Mcmc.sample(flat, Slice.defaults(), SHORT, new double[1]).draws()).isEqualTo(40);
    Chains stuck = Mcmc.sample(point, Slice.defaults(), SHORT, new double[1]);
    assertThat(stuck.toSamples().column(0)).containsOnly(0);
    assertThat(stuck.diagnostics().warnings())
        .anySatisfy(warning -> assertThat(warning).contains("R-hat is not a number for theta_1"));
  }

  @Test
  void errorsOfTheTargetComeThroughFromEveryThread() {
    AtomicReference<Thread> thrower = new AtomicReference<>();
    LogDensity target =
        LogDensity.of(
            1,
            q -> {
              if (Thread.currentThread().getName().startsWith("sbi4j-mcmc")) {
                thrower.set(Thread.currentThread());
                throw new ArithmeticException("of the target");
              }
              return -q[0] * q[0];
            });
    assertThatThrownBy(
            () ->
                Mcmc.sample(
                    target,
                    Slice.defaults(),
                    SHORT.withDraws(100_000_000).withThreads(2),
                    new double[1],
                    new double[1]))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("of the target");
    assertThat(thrower.get()).isNotNull();
  }

  @Test
  void progressBeginsAtZeroAndEndsAtTheTotal() {
    List<Progress> heard = new ArrayList<>();
    for (ChainSampler<? super DifferentiableLogDensity> sampler : samplers()) {
      heard.clear();
      run(TARGET, sampler, SHORT.withThin(2).withThreads(2).withProgress(heard::add), START);
      assertThat(heard.get(0).done()).isZero();
      assertThat(heard.get(heard.size() - 1).finished()).isTrue();
      assertThat(heard.get(0).total()).isEqualTo(5 * (50 + 2 * 40));
      assertThat(heard.get(heard.size() - 1).done()).isEqualTo(5 * (50 + 2 * 40));
    }
  }
}
