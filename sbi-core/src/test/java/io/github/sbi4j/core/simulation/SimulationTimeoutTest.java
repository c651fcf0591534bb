package io.github.sbi4j.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.SimulationFailure.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A simulator that does not return, and a caller that does not want to wait. */
@Timeout(30)
class SimulationTimeoutTest {
  private static final UniformBox PRIOR = new UniformBox(1);
  private static final long SEED = 5;

  /** Lets simulators that ignore interrupts end after the test. */
  private final AtomicBoolean released = new AtomicBoolean();

  private final Set<Thread> seen = ConcurrentHashMap.newKeySet();

  @AfterEach
  void release() throws InterruptedException {
    released.set(true);
    for (Thread thread : seen) {
      thread.join(5000);
      assertThat(thread.isAlive()).isFalse();
    }
  }

  /** Remembers the thread; true if it was not known. */
  private boolean note() {
    return seen.add(Thread.currentThread());
  }

  /** Sixty rows of one parameter, which is -1 in two of them and the row otherwise. */
  private static Samples rowsOfWhichTwoHang() {
    double[] values = IntStream.range(0, 60).asDoubleStream().toArray();
    values[3] = -1;
    values[40] = -1;
    return Samples.ofRowMajor(List.of("theta_1"), values);
  }

  private double[] sleepIfNegative(double[] theta) throws InterruptedException {
    note();
    if (theta[0] < 0) {
      Thread.sleep(100_000);
    }
    return theta;
  }

  private double[] spinIfNegative(double[] theta) {
    note();
    while (theta[0] < 0 && !released.get()) {
      Thread.onSpinWait();
    }
    return theta;
  }

  private static SimulationSettings impatient(int threads) {
    return SimulationSettings.defaults().withThreads(threads).withTimeout(Duration.ofMillis(300));
  }

  private static void assertOnlyTheTwoTimedOut(Simulations table) {
    assertThat(table.size()).isEqualTo(60);
    assertThat(table.failures()).extracting(SimulationFailure::row).containsExactly(3, 40);
    assertThat(table.failures())
        .allSatisfy(
            f -> {
              assertThat(f.kind()).isEqualTo(Kind.TIMED_OUT);
              assertThat(f.message()).isEqualTo("the simulator took longer than PT0.3S");
            });
    Simulations valid = table.valid();
    assertThat(valid.observations().toArray()).isDeepEqualTo(valid.parameters().toArray());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void interruptsASleepingSimulator(int threads) {
    Simulations table =
        Simulations.run(
            (theta, random) -> sleepIfNegative(theta),
            rowsOfWhichTwoHang(),
            SEED,
            impatient(threads));

    assertOnlyTheTwoTimedOut(table);
    assertThat(seen).hasSizeLessThanOrEqualTo(threads).noneMatch(Thread::isAlive);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void abandonsASpinningSimulator(int threads) {
    Simulations table =
        Simulations.run(
            (theta, random) -> spinIfNegative(theta),
            rowsOfWhichTwoHang(),
            SEED,
            impatient(threads));

    assertOnlyTheTwoTimedOut(table);
    assertThat(seen.stream().filter(Thread::isAlive)).hasSameSizeAs(table.failures());
    assertThat(seen).allMatch(Thread::isDaemon);
    // An abandoned thread that wakes up late must not touch the table.
    double[] before = table.observations().toRowMajorArray();
    released.set(true);
    seen.forEach(SimulationTimeoutTest::join);
    assertThat(table.observations().toRowMajorArray()).isEqualTo(before);
  }

  @Test
  void retriesAHangingBatchRowByRow() {
    BatchSimulator sleeps =
        (theta, random) -> {
          for (double[] row : theta) {
            sleepIfNegative(row);
          }
          return theta;
        };
    BatchSimulator spins =
        (theta, random) -> {
          for (double[] row : theta) {
            spinIfNegative(row);
          }
          return theta;
        };
    SimulationSettings settings = impatient(2).withChunkSize(5);

    assertOnlyTheTwoTimedOut(Simulations.run(sleeps, rowsOfWhichTwoHang(), SEED, settings));
    assertOnlyTheTwoTimedOut(Simulations.run(spins, rowsOfWhichTwoHang(), SEED, settings));
  }

  @Test
  void refusesARowThatSwallowedTheInterrupt() {
    Simulator swallows =
        (theta, random) -> {
          try {
            sleepIfNegative(theta);
          } catch (InterruptedException e) {
            return new double[] {-1};
          }
          assertThat(Thread.currentThread().isInterrupted()).isFalse();
          return theta;
        };
    assertOnlyTheTwoTimedOut(Simulations.run(swallows, rowsOfWhichTwoHang(), SEED, impatient(2)));
  }

  @Test
  void interruptOfTheSimulatorsOwnStaysInItsRow() {
    Simulator interruptsItself =
        (theta, random) -> {
          if (Thread.currentThread().isInterrupted()) {
            throw new IllegalStateException("interrupted by another row");
          }
          Thread.currentThread().interrupt();
          return theta;
        };
    assertThat(Simulations.run(interruptsItself, PRIOR, 100, SEED).failures()).isEmpty();
  }

  @Test
  void givesUpWhenTooManyHang() {
    Simulator allHang =
        (theta, random) -> {
          note();
          while (!released.get()) {
            // Sleeps rather than spins to leave the cores to others, and ignores interrupts.
            try {
              Thread.sleep(20);
            } catch (InterruptedException e) {
              continue;
            }
          }
          return theta;
        };
    SimulationSettings settings =
        SimulationSettings.defaults().withThreads(20).withTimeout(Duration.ofMillis(10));

    assertThatExceptionOfType(SimulationException.class)
        .isThrownBy(() -> Simulations.run(allHang, PRIOR, 1000, SEED, settings))
        .withMessageMatching(
            "\\d+ simulations timed out and are still running because the simulator ignores interrupts; "
                + "let it check Thread.interrupted\\(\\) in its loops, or give a longer time-out")
        .satisfies(e -> assertThat(e.failure().orElseThrow().kind()).isEqualTo(Kind.TIMED_OUT));
  }

  @Test
  void timeoutThatIsNotReachedChangesNothing() {
    Simulator model = (theta, random) -> new double[] {theta[0] + random.nextGaussian()};
    SimulationSettings patient =
        SimulationSettings.defaults().withTimeout(Duration.ofDays(999_999_999));

    assertThat(Simulations.run(model, PRIOR, 1000, SEED, patient))
        .isEqualTo(Simulations.run(model, PRIOR, 1000, SEED));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void interruptKeepsFinishedRows(boolean ignored) throws Exception {
    CountDownLatch hundred = new CountDownLatch(100);
    // No thread finishes its second row before all three have finished the first of their chunks,
    // so there are gaps between the finished rows.
    CountDownLatch allBegun = new CountDownLatch(3);
    Set<Thread> again = ConcurrentHashMap.newKeySet();
    Simulator slow =
        (theta, random) -> {
          boolean hang = hundred.getCount() == 0;
          if (!note() && again.add(Thread.currentThread())) {
            allBegun.countDown();
            allBegun.await();
          }
          hundred.countDown();
          while (hang && !released.get()) {
            try {
              Thread.sleep(20);
            } catch (InterruptedException e) {
              if (!ignored) {
                throw e;
              }
            }
          }
          return new double[] {theta[0] + random.nextGaussian()};
        };
    AtomicReference<Simulations> result = new AtomicReference<>();
    AtomicBoolean flag = new AtomicBoolean();
    Thread caller =
        new Thread(
            () -> {
              result.set(
                  Simulations.run(
                      slow, PRIOR, 10_000, SEED, SimulationSettings.defaults().withThreads(3)));
              flag.set(Thread.currentThread().isInterrupted());
            });
    caller.start();
    hundred.await();
    caller.interrupt();
    caller.join(10_000);

    assertThat(caller.isAlive()).isFalse();
    assertThat(flag).isTrue();
    Simulations table = result.get();
    Simulations full =
        Simulations.run(
            (theta, random) -> new double[] {theta[0] + random.nextGaussian()},
            PRIOR,
            10_000,
            SEED);
    assertThat(table.size()).isBetween(100, 3000);
    assertThat(table.valid().size()).isBetween(100, 103);
    assertThat(table.failures()).isNotEmpty().allMatch(f -> f.kind() == Kind.CANCELLED);
    assertThat(table.failures().get(0).message()).isEqualTo("the run was interrupted");
    assertThat(table.parameters()).isEqualTo(full.parameters().head(table.size()));
    for (int i = 0; i < table.size(); i++) {
      double x = table.observations().get(i, 0);
      assertThat(Double.isNaN(x) || x == full.observations().get(i, 0)).isTrue();
    }
    assertThat(Double.isNaN(table.observations().get(table.size() - 1, 0))).isFalse();
    if (!ignored) {
      assertThat(seen).noneMatch(Thread::isAlive);
    }
  }

  @Test
  void interruptBeforeTheFirstRow() {
    Simulator sleeps =
        (theta, random) -> {
          note();
          Thread.sleep(100_000);
          return theta;
        };
    Thread.currentThread().interrupt();
    try {
      assertThatExceptionOfType(CancellationException.class)
          .isThrownBy(() -> Simulations.run(sleeps, PRIOR, 50, SEED))
          .withMessage(
              "the run was interrupted before one of its 50 simulations gave a valid observation");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(seen).noneMatch(Thread::isAlive);
  }

  @Test
  void settingsRejectNonsense() {
    SimulationSettings settings = SimulationSettings.defaults();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.withThreads(0))
        .withMessage("threads is 0, expected at least 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.withChunkSize(-1))
        .withMessage("chunk size is -1, expected at least 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.withTimeout(Duration.ZERO))
        .withMessage("time-out is PT0S, expected more than zero; leave it out for none");
  }

  private static void join(Thread thread) {
    try {
      thread.join(5000);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
