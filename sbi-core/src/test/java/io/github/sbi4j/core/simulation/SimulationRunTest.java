package io.github.sbi4j.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run that goes well gives. */
class SimulationRunTest {
  private static final UniformBox PRIOR = new UniformBox(3);
  private static final long SEED = 7;

  /**
   * Draws a number of values that depends on the parameters, so that a shared stream would show.
   */
  private static double[] noisy(double[] theta, RandomGenerator random) {
    double sum = 0;
    for (int i = 0; i < 1 + (int) (5 * theta[0]); i++) {
      sum += random.nextGaussian();
    }
    return new double[] {theta[1] + sum, random.nextDouble()};
  }

  private static final BatchSimulator NOISY_BATCH =
      (theta, random) -> {
        double[][] x = new double[theta.length][];
        for (int i = 0; i < x.length; i++) {
          x[i] = noisy(theta[i], random[i]);
        }
        return x;
      };

  @ParameterizedTest
  @CsvSource({"1,1", "1,64", "2,1", "2,7", "2,5000", "7,1", "7,64", "7,333"})
  void isTheSameForAnyThreadsAndChunks(int threads, int chunk) {
    SimulationSettings settings =
        SimulationSettings.defaults().withThreads(threads).withChunkSize(chunk);
    Simulations expected =
        Simulations.run(SimulationRunTest::noisy, PRIOR, 1000, SEED, SimulationSettings.defaults());

    assertThat(Simulations.run(SimulationRunTest::noisy, PRIOR, 1000, SEED, settings))
        .isEqualTo(expected);
    assertThat(Simulations.run(NOISY_BATCH, PRIOR, 1000, SEED, settings)).isEqualTo(expected);
  }

  @Test
  void usesTheDocumentedStreams() throws Exception {
    Simulations table = Simulations.run(SimulationRunTest::noisy, PRIOR, 20, SEED);

    long parameterSeed = Simulations.parameterSeed(SEED);
    assertThat(parameterSeed).isNotEqualTo(SEED);
    for (int i = 0; i < 20; i++) {
      double[] theta = PRIOR.sample(RandomStreams.of(parameterSeed, i));
      assertThat(table.parameters().row(i)).isEqualTo(theta);
      assertThat(table.observations().row(i)).isEqualTo(noisy(theta, RandomStreams.of(SEED, i)));
    }
    assertThat(Simulations.run(SimulationRunTest::noisy, PRIOR.sample(20, parameterSeed), SEED))
        .isEqualTo(table);
  }

  @Test
  void beginsLikeAShorterRun() {
    Simulations shorter = Simulations.run(SimulationRunTest::noisy, PRIOR, 50, SEED);
    Simulations longer = Simulations.run(SimulationRunTest::noisy, PRIOR, 500, SEED);

    assertThat(longer.parameters().head(50)).isEqualTo(shorter.parameters());
    assertThat(longer.observations().head(50)).isEqualTo(shorter.observations());
  }

  @Test
  void dependsOnTheSeed() {
    Simulations one = Simulations.run(SimulationRunTest::noisy, PRIOR, 10, 1);
    Simulations two = Simulations.run(SimulationRunTest::noisy, PRIOR, 10, 2);

    assertThat(one.parameters()).isNotEqualTo(two.parameters());
    assertThat(one.observations()).isNotEqualTo(two.observations());
  }

  @Test
  void namesColumns() {
    Simulations table = Simulations.run(SimulationRunTest::noisy, PRIOR, 10, SEED);

    assertThat(table.parameters().names()).isEqualTo(PRIOR.names());
    assertThat(table.observations().names()).containsExactly("x_1", "x_2");
    assertThat(table.failures()).isEmpty();
    assertThat(table.valid()).isSameAs(table);
  }

  @Test
  void protectsTheTableFromTheSimulator() {
    double[] buffer = new double[1];
    Simulator reuses =
        (theta, random) -> {
          buffer[0] = theta[0];
          theta[0] = -1;
          return buffer;
        };
    Simulations table =
        Simulations.run(reuses, PRIOR, 100, SEED, SimulationSettings.defaults().withThreads(1));

    assertThat(table.observations().column(0)).isEqualTo(table.parameters().column(0));
    assertThat(table.parameters()).isEqualTo(PRIOR.sample(100, Simulations.parameterSeed(SEED)));
  }

  @Test
  void usesAsManyThreadsAsAsked() {
    Set<Thread> seen = ConcurrentHashMap.newKeySet();
    CountDownLatch allBusy = new CountDownLatch(3);
    Simulator waits =
        (theta, random) -> {
          if (seen.add(Thread.currentThread())) {
            allBusy.countDown();
            assertThat(allBusy.await(10, TimeUnit.SECONDS)).isTrue();
          }
          return theta;
        };
    SimulationSettings three = SimulationSettings.defaults().withThreads(3);

    assertThat(Simulations.run(waits, PRIOR, 60, SEED, three).failures()).isEmpty();
    assertThat(seen).hasSize(3).doesNotContain(Thread.currentThread());
    assertThat(seen).noneMatch(Thread::isAlive);
  }

  @Test
  void givesBatchesOfTheChunkSize() {
    List<Integer> sizes = new ArrayList<>();
    BatchSimulator model =
        (theta, random) -> {
          sizes.add(theta.length);
          return theta;
        };
    SimulationSettings one = SimulationSettings.defaults().withThreads(1);
    Simulations.run(model, PRIOR, 25, SEED, one.withChunkSize(10));

    assertThat(sizes).containsExactly(10, 10, 5);
  }

  @Test
  void retriesAFailedBatchRowByRow() {
    AtomicInteger batches = new AtomicInteger();
    BatchSimulator fragile =
        (theta, random) -> {
          batches.incrementAndGet();
          double[][] x = NOISY_BATCH.simulateBatch(theta, random);
          for (double[] row : theta) {
            if (row[2] < 0.05) {
              throw new IllegalStateException("too small");
            }
          }
          return x;
        };
    Simulations table =
        Simulations.run(
            fragile,
            PRIOR,
            200,
            SEED,
            SimulationSettings.defaults().withThreads(1).withChunkSize(50));
    Simulations expected = Simulations.run(SimulationRunTest::noisy, PRIOR, 200, SEED);

    assertThat(table.failures()).isNotEmpty().allMatch(failure -> failure.parameters()[2] < 0.05);
    assertThat(table.valid().size()).isEqualTo(200 - table.failures().size());
    for (int i = 0; i < 200; i++) {
      if (expected.parameters().get(i, 2) >= 0.05) {
        assertThat(table.observations().row(i)).isEqualTo(expected.observations().row(i));
      }
    }
    assertThat(batches.get()).isGreaterThan(4).isLessThanOrEqualTo(204);
  }

  @Test
  void retriesABatchWithTheWrongNumberOfRows() {
    BatchSimulator halves =
        (theta, random) -> theta.length == 1 ? theta : Arrays.copyOf(theta, theta.length / 2);
    Simulations table = Simulations.run(halves, PRIOR, 20, SEED);

    assertThat(table.failures()).isEmpty();
    assertThat(table.observations().toArray()).isDeepEqualTo(table.parameters().toArray());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -3})
  void rejectsCount(int count) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Simulations.run(SimulationRunTest::noisy, PRIOR, count, SEED))
        .withMessage("count is %d, expected at least one simulation", count);
  }

  @Test
  void rejectsUnusableParameters() {
    Samples none = Samples.copyOf(List.of("a"), new double[0][]);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Simulations.run(SimulationRunTest::noisy, none, SEED))
        .withMessage("the table of parameters has no rows, expected at least one");

    Samples nan = Samples.copyOf(List.of("a", "b"), new double[][] {{1, 2}, {3, Double.NaN}});
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Simulations.run(SimulationRunTest::noisy, nan, SEED))
        .withMessage("parameter 'b' of row 1 is NaN, expected a finite value");
  }

  @Test
  @SuppressWarnings("NullAway")
  void rejectsNull() {
    assertThatNullPointerException()
        .isThrownBy(() -> Simulations.run(null, PRIOR, 1, SEED))
        .withMessage("simulator");
    assertThatNullPointerException()
        .isThrownBy(() -> Simulations.run(SimulationRunTest::noisy, PRIOR, 1, SEED, null))
        .withMessage("settings");
  }
}
