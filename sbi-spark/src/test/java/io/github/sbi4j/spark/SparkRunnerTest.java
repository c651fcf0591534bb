package io.github.sbi4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.sbi4j.core.campaign.Campaign;
import io.github.sbi4j.core.progress.Progress;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.SimulatedRows;
import io.github.sbi4j.core.simulation.SimulationException;
import io.github.sbi4j.core.simulation.SimulationFailure;
import io.github.sbi4j.core.simulation.SimulationFailure.Kind;
import io.github.sbi4j.core.simulation.SimulationSettings;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.core.simulation.Simulator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs on the threads of Spark in this JVM equal those of the local runner. */
class SparkRunnerTest {
  private static final long SEED = 7;
  private static SparkSession session;
  private static SparkRunner runner;

  @BeforeAll
  static void start() {
    session = Sessions.local();
    runner = SparkRunner.on(session);
  }

  @AfterAll
  static void stop() {
    session.stop();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7, 50})
  void isTheSameForAnyPartitions(int partitions) {
    Simulations local = Simulations.run(Models.NOISY, Models.PRIOR, 200, SEED);
    SparkRunner cut = runner.withPartitions(partitions);

    assertThat(cut.run(Models.NOISY, Models.PRIOR, 200, SEED)).isEqualTo(local);
    assertThat(cut.run(new Models.NoisyBatch(), Models.PRIOR, 200, SEED)).isEqualTo(local);
    assertThat(cut.run(Models.NOISY, local.parameters(), SEED)).isEqualTo(local);
  }

  @Test
  void piecesGoIntoACampaign(@TempDir Path directory) {
    Campaign campaign = Campaign.open(directory, "noisy", Models.PRIOR, SEED);
    Samples parameters = Models.PRIOR.sample(200, Simulations.parameterSeed(SEED));
    List<SimulatedRows> pieces = new ArrayList<>();
    runner.withPartitions(4).run(Models.NOISY, parameters, SEED, pieces::add);
    for (SimulatedRows piece : pieces) {
      Samples own = parameters.slice(piece.firstRow(), piece.firstRow() + piece.size());
      campaign.append(piece.firstRow(), piece.toSimulations(own, 2, 0));
    }

    assertThat(pieces).hasSize(4);
    assertThat(campaign.simulations())
        .isEqualTo(Simulations.run(Models.NOISY, Models.PRIOR, 200, SEED));
  }

  @Test
  void remembersTheProposal() {
    assertThat(runner.run(Models.NOISY, Models.PRIOR, 10, SEED).proposal()).contains(Models.PRIOR);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7, 100})
  void failuresAreTheSameRows(int partitions) {
    Simulations local = Simulations.run(Models.FRAGILE, Models.PRIOR, 100, SEED);
    Simulations spark =
        runner.withPartitions(partitions).run(Models.FRAGILE, Models.PRIOR, 100, SEED);

    assertThat(spark).isEqualTo(local);
    assertThat(spark.failures()).extracting(SimulationFailure::kind).contains(Kind.FAILED);
    assertThat(spark.failures())
        .extracting(SimulationFailure::message)
        .anyMatch(message -> message.contains("the mesh is broken"))
        .anyMatch(message -> message.contains("returned 3 values, expected 2 as in row"))
        .contains("the simulator returned no values", "value 1 of 2 is NaN");
  }

  @Test
  void theFirstValidRowOfTheRunSaysHowLongObservationsAre() {
    SerializableSimulator twice =
        (theta, random) -> theta[0] == 2 ? new double[] {1, 2} : new double[] {theta[0]};
    Samples parameters =
        Samples.copyOf(List.of("a"), new double[][] {{2}, {3}, {4}, {5}, {6}, {7}});

    assertThat(runner.withPartitions(3).run(twice, parameters, SEED))
        .isEqualTo(Simulations.run(twice, parameters, SEED));
  }

  @Test
  void saysThatAllFailed() {
    SerializableSimulator fails =
        (theta, random) -> {
          throw new IllegalStateException("never");
        };
    SimulationException local =
        catchThrowableOfType(
            SimulationException.class, () -> Simulations.run(fails, Models.PRIOR, 10, SEED));
    SimulationException spark =
        catchThrowableOfType(
            SimulationException.class, () -> runner.run(fails, Models.PRIOR, 10, SEED));

    assertThat(spark).hasMessage(local.getMessage());
    assertThat(spark.everyRowFailed()).isTrue();
  }

  @Test
  void rowsThatTakeTooLongAreFailures() {
    SerializableSimulator slow =
        (theta, random) -> {
          if (theta[0] > 0.9) {
            Thread.sleep(60_000);
          }
          return theta;
        };
    Simulations table =
        runner
            .withSettings(SimulationSettings.defaults().withTimeout(Duration.ofMillis(200)))
            .run(slow, Models.PRIOR, 30, SEED);

    assertThat(table.size()).isEqualTo(30);
    assertThat(table.failures())
        .isNotEmpty()
        .allMatch(failure -> failure.kind() == Kind.TIMED_OUT && failure.parameters()[0] > 0.9);
  }

  @Test
  void handsPiecesOverAsTheyCome() {
    List<SimulatedRows> pieces = new ArrayList<>();
    List<Progress> heard = new ArrayList<>();
    Samples parameters = Models.PRIOR.sample(100, 1);
    runner
        .withPartitions(4)
        .withSettings(SimulationSettings.defaults().withProgress(heard::add))
        .run(Models.FRAGILE, parameters, SEED, pieces::add);

    assertThat(pieces).extracting(SimulatedRows::firstRow).containsExactlyInAnyOrder(0, 25, 50, 75);
    assertThat(pieces).allMatch(rows -> rows.size() == 25);
    assertThat(heard).extracting(Progress::done).containsExactly(0L, 25L, 50L, 75L, 100L);
    assertThat(heard.get(4).detail()).endsWith(" failed");
  }

  @Test
  void whatTheConsumerThrowsEndsTheRun() {
    Samples parameters = Models.PRIOR.sample(100, 1);

    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                runner.run(
                    Models.NOISY,
                    parameters,
                    SEED,
                    rows -> {
                      throw new IllegalStateException("the disk is full");
                    }))
        .withMessage("the disk is full");
  }

  @Test
  void anInterruptLeavesWhatHadCome() {
    SerializableSimulator slow =
        (theta, random) -> {
          Thread.sleep(theta[0] < 50 ? 0 : 60_000);
          return theta;
        };
    double[][] rows = new double[100][1];
    for (int i = 0; i < rows.length; i++) {
      rows[i][0] = i;
    }
    Samples parameters = Samples.copyOf(List.of("i"), rows);
    Thread caller = Thread.currentThread();
    SimulationSettings settings =
        SimulationSettings.defaults()
            .withProgress(
                progress -> {
                  if (progress.done() == 50) {
                    caller.interrupt();
                  }
                });
    Simulations table =
        runner.withPartitions(10).withSettings(settings).run(slow, parameters, SEED);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(table.parameters()).isEqualTo(parameters.head(50));
    assertThat(table.failures()).isEmpty();
    // The executors are free again.
    assertThat(runner.run(Models.NOISY, Models.PRIOR, 10, SEED).size()).isEqualTo(10);
  }

  @Test
  void refusesWhatCannotBeSent() {
    Simulator plain = Models::noisy;

    assertThatIllegalArgumentException()
        .isThrownBy(() -> runner.run(plain, Models.PRIOR, 10, SEED))
        .withMessageContaining("cannot be sent to executors: ")
        .withMessageContaining("Declare a lambda as a SerializableSimulator")
        .withMessageContaining("ExecutorSimulator.of(() -> ...)");
  }

  @Test
  void refusesWhatCannotBeSimulated() {
    Samples none = Samples.copyOf(List.of("a"), new double[0][]);
    Samples infinite = Samples.copyOf(List.of("a"), new double[][] {{1 / 0.0}});

    assertThatIllegalArgumentException()
        .isThrownBy(() -> runner.run(Models.NOISY, none, SEED))
        .withMessage("the table of parameters has no rows, expected at least one");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> runner.run(Models.NOISY, infinite, SEED))
        .withMessage("parameter 'a' of row 0 is Infinity, expected a finite value");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> runner.run(Models.NOISY, Models.PRIOR, 0, SEED))
        .withMessage("count is 0, expected at least one simulation");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> runner.withPartitions(0))
        .withMessage("partitions is 0, expected at least 1");
  }

  @Test
  void startTakesTheSessionThatIsThere() {
    try (SparkRunner other = SparkRunner.start()) {
      assertThat(other.session().sparkContext()).isSameAs(session.sparkContext());
    }
    assertThat(session.sparkContext().isStopped()).isFalse();
  }
}
