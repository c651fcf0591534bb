package io.github.sbi4j.flows.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.sbi4j.core.simulation.SimulationRunner;
import io.github.sbi4j.core.simulation.SimulationSettings;
import io.github.sbi4j.core.simulation.Simulator;
import io.github.sbi4j.flows.estimator.Mdn;
import io.github.sbi4j.flows.posterior.DirectPosterior;
import io.github.sbi4j.flows.posterior.McmcPosterior;
import io.github.sbi4j.flows.ratio.Linear;
import io.github.sbi4j.flows.training.Training;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The loop over rounds, and what is left of it when it is killed. */
class RoundsTest {
  private static final double[] OBSERVED = {2.6, -0.4};
  private static final Simulator GAUSSIAN =
      (theta, random) -> GaussianModel.given(theta).sample(random);
  private static final Mdn SMALL = Mdn.defaults().withComponents(1).withHiddenFeatures(8);
  private static final Training SHORT = Training.defaults().withMaxEpochs(3);
  private static final int SIMULATIONS = 91;
  private static final int CHUNK = 10;

  @TempDir Path folder;

  private static Rounds<DirectPosterior> rounds(Simulator simulator) {
    SNPE inference = SNPE.with(GaussianModel.prior()).densityEstimator(SMALL).training(SHORT);
    return Rounds.of(inference, simulator)
        .rounds(3)
        .simulations(SIMULATIONS)
        .chunkSize(CHUNK)
        .seed(5);
  }

  @Test
  void shareTheBudgetAndTellOfEachRound() {
    List<RoundReport> heard = new ArrayList<>();
    AtomicInteger simulated = new AtomicInteger();
    RoundsResult<DirectPosterior> result =
        rounds(
                (theta, random) -> {
                  simulated.incrementAndGet();
                  return GaussianModel.given(theta).sample(random);
                })
            .listener(heard::add)
            .run(OBSERVED);
    assertThat(simulated).hasValue(SIMULATIONS);
    assertThat(heard).extracting(RoundReport::round).containsExactly(1, 2, 3);
    assertThat(heard).extracting(RoundReport::simulations).containsExactly(31, 30, 30);
    assertThat(heard.get(2).training().rowsUsed()).isEqualTo(SIMULATIONS);
    assertThat(result.rounds()).isEqualTo(heard);
    assertThat(result.posterior().observation()).hasValue(OBSERVED);
    assertThat(result.posterior().sample(10).rows()).isEqualTo(10);
  }

  @Test
  void repeat() {
    assertThat(rounds(GAUSSIAN).run(OBSERVED).posterior().sample(20))
        .isEqualTo(
            rounds(GAUSSIAN)
                .simulating(SimulationSettings.defaults().withThreads(1))
                .run(OBSERVED)
                .posterior()
                .sample(20));
  }

  @Test
  void areSimulatedByARunnerOfOnesOwn() {
    List<Integer> chunks = new ArrayList<>();
    SimulationRunner counting =
        (simulator, parameters, seed) -> {
          chunks.add(parameters.rows());
          return SimulationRunner.local().run(simulator, parameters, seed);
        };
    assertThat(rounds(GAUSSIAN).simulating(counting).run(OBSERVED).posterior().sample(20))
        .isEqualTo(rounds(GAUSSIAN).run(OBSERVED).posterior().sample(20));
    assertThat(chunks).hasSize(10);
    assertThat(chunks.stream().mapToInt(rows -> rows).sum()).isEqualTo(SIMULATIONS);
  }

  @Test
  void serveLikelihoodsAndRatiosOfSeveralTrials() {
    double[][] trials = {OBSERVED, {2.2, -0.6}};
    SNRE ratio = SNRE.with(GaussianModel.prior()).classifier(Linear.defaults()).training(SHORT);
    Rounds<McmcPosterior> ratios = Rounds.of(ratio, GAUSSIAN).rounds(2).simulations(80);
    ratios.proposing(posterior -> posterior.withChains(10)).saveTo(folder.resolve("ratio"));
    assertThat(ratios.run(trials).posterior().withChains(10).sample(20, 1).rows()).isEqualTo(20);
    SNLE again = SNLE.with(GaussianModel.prior()).densityEstimator(SMALL).training(SHORT);
    Rounds<McmcPosterior> resumed = Rounds.of(again, GAUSSIAN).rounds(2).simulations(80);
    resumed.proposing(posterior -> posterior.withChains(10));
    assertThat(resumed.saveTo(folder.resolve("likelihood")).run(trials).rounds()).hasSize(2);
    SNLE third = SNLE.with(GaussianModel.prior()).densityEstimator(SMALL).training(SHORT);
    RoundsResult<McmcPosterior> found =
        Rounds.of(third, GAUSSIAN)
            .rounds(2)
            .simulations(80)
            .saveTo(folder.resolve("likelihood"))
            .run(trials);
    assertThat(found.rounds()).isEmpty();
    assertThat(found.posterior().withChains(10).sample(20, 1).rows()).isEqualTo(20);
  }

  private static Rounds<DirectPosterior> truncatedRounds(Simulator simulator) {
    TSNPE inference =
        TSNPE.with(GaussianModel.prior(), OBSERVED).densityEstimator(SMALL).training(SHORT);
    return Rounds.of(inference, simulator).rounds(3).simulations(300).seed(5);
  }

  @Test
  void truncateThePriorRoundByRoundAndGoOn() {
    DirectPosterior whole = truncatedRounds(GAUSSIAN).run(OBSERVED).posterior();
    List<RoundReport> reports = truncatedRounds(GAUSSIAN).run(OBSERVED).rounds();
    assertThat(reports).hasSize(3);
    assertThat(reports.get(2).posterior().sample(20)).isEqualTo(whole.sample(20));
    assertThat(((DirectPosterior) reports.get(0).posterior()).prior().restrictionOf()).isEmpty();
    assertThat(whole.prior().restrictionOf()).isPresent();

    Rounds<DirectPosterior> stopped =
        truncatedRounds(GAUSSIAN).saveTo(folder).listener(report -> enough(report, 2));
    assertThatIllegalStateException().isThrownBy(() -> stopped.run(OBSERVED)).withMessage("2");
    RoundsResult<DirectPosterior> resumed = truncatedRounds(GAUSSIAN).saveTo(folder).run(OBSERVED);
    assertThat(resumed.rounds()).extracting(RoundReport::round).containsExactly(3);
    assertThat(resumed.posterior().sample(20)).isEqualTo(whole.sample(20));
    assertThat(truncatedRounds(GAUSSIAN).saveTo(folder).run(OBSERVED).posterior().sample(20))
        .isEqualTo(whole.sample(20));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> truncatedRounds(GAUSSIAN).run(new double[] {1, 1}))
        .withMessageContaining("but the TSNPE was made for [2.6, -0.4]");
    assertThat(truncatedRounds(GAUSSIAN).warmStart(true).run(OBSERVED).rounds())
        .extracting(report -> report.training().epochs())
        .containsExactly(3, 6, 9);
  }

  private static void enough(RoundReport report, int last) {
    if (report.round() == last) {
      throw new IllegalStateException(last + "");
    }
  }

  @Test
  void resumedRunsKeepToTheStopRule() {
    rounds(GAUSSIAN).stopBelow(1e6).saveTo(folder).run(OBSERVED);
    assertThat(rounds(GAUSSIAN).stopBelow(1e6).saveTo(folder).run(OBSERVED).rounds()).isEmpty();
    assertThat(rounds(GAUSSIAN).saveTo(folder).run(OBSERVED).rounds()).hasSize(1);
  }

  @Test
  void goOnFromTheWeightsOfTheRoundBefore() {
    RoundsResult<DirectPosterior> result = rounds(GAUSSIAN).warmStart(true).run(OBSERVED);
    assertThat(result.rounds()).extracting(r -> r.training().epochs()).containsExactly(3, 6, 9);
  }

  @Test
  void warmStartsGoOnAsIfNothingHadHappened() {
    Rounds<DirectPosterior> stopped =
        rounds(GAUSSIAN).warmStart(true).saveTo(folder).listener(report -> enough(report, 2));
    assertThatIllegalStateException().isThrownBy(() -> stopped.run(OBSERVED)).withMessage("2");
    RoundsResult<DirectPosterior> resumed =
        rounds(GAUSSIAN).warmStart(true).saveTo(folder).run(OBSERVED);
    assertThat(resumed.rounds()).extracting(RoundReport::round).containsExactly(3);
    assertThat(resumed.posterior().sample(20))
        .isEqualTo(rounds(GAUSSIAN).warmStart(true).run(OBSERVED).posterior().sample(20));
  }

  @Test
  void chunksOfFailuresCostTheirRows() {
    AtomicInteger calls = new AtomicInteger();
    Simulator failing =
        (theta, random) -> {
          int call = calls.incrementAndGet();
          if (call > 10 && call <= 2 * CHUNK + 5) {
            throw new IllegalStateException("no licence");
          }
          return GaussianModel.given(theta).sample(random);
        };
    SimulationSettings one = SimulationSettings.defaults().withThreads(1);
    RoundsResult<DirectPosterior> result = rounds(failing).simulating(one).run(OBSERVED);
    assertThat(result.rounds().get(0).training().rowsUsed()).isEqualTo(31 - CHUNK - 5);
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                rounds(
                        (theta, random) -> {
                          throw new IllegalStateException("no licence");
                        })
                    .run(OBSERVED))
        .withMessageContaining("all 31 simulations of round 1 failed; the first:")
        .withMessageContaining("no licence");
  }

  @Test
  void endWhenThePosteriorRests() {
    List<RoundReport> reports = rounds(GAUSSIAN).stopBelow(1e6).run(OBSERVED).rounds();
    assertThat(reports).hasSize(2);
    assertThat(reports.get(0).change()).isNaN();
    assertThat(reports.get(1).change()).isBetween(0.0, 10.0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rounds(GAUSSIAN).stopBelow(0))
        .withMessage("change is 0.0, expected a positive number");
  }

  @Test
  void interruptedRunsGoOn() {
    AtomicInteger calls = new AtomicInteger();
    Thread caller = Thread.currentThread();
    Simulator interrupting =
        (theta, random) -> {
          if (calls.incrementAndGet() == 45) {
            caller.interrupt();
          }
          return GaussianModel.given(theta).sample(random);
        };
    Rounds<DirectPosterior> first =
        rounds(interrupting)
            .simulating(SimulationSettings.defaults().withThreads(1))
            .saveTo(folder);
    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(() -> first.run(OBSERVED))
        .withMessageContaining("run again to go on");
    assertThat(Thread.interrupted()).isTrue();
    RoundsResult<DirectPosterior> second = rounds(GAUSSIAN).saveTo(folder).run(OBSERVED);
    assertThat(second.rounds()).extracting(RoundReport::round).containsExactly(2, 3);
    assertThat(second.posterior().sample(20))
        .isEqualTo(rounds(GAUSSIAN).run(OBSERVED).posterior().sample(20));
  }

  /** Does what a killed run was to do; the simulator takes its time in the third round. */
  static final class Killed {
    public static void main(String[] args) {
      AtomicInteger calls = new AtomicInteger();
      rounds(
              (theta, random) -> {
                if (calls.incrementAndGet() > 76) {
                  Thread.sleep(60_000);
                }
                return GaussianModel.given(theta).sample(random);
              })
          .simulating(SimulationSettings.defaults().withThreads(1))
          .saveTo(Path.of(args[0]))
          .run(OBSERVED);
    }
  }

  @Test
  void killedRunsGoOnAndLoseAChunk() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes = System.getProperty("java.class.path");
    List<String> command = new ArrayList<>(List.of(java));
    // The same instructions give the same digits.
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.contains("add-modules"))
        .forEach(command::add);
    command.addAll(List.of("-cp", classes, Killed.class.getName(), folder.toString()));
    Process child =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Path chunk = folder.resolve("round-3-simulations-0.csv");
    for (int wait = 0; wait < 1200 && child.isAlive() && !Files.exists(chunk); wait++) {
      Thread.sleep(100);
    }
    assertThat(chunk).exists();
    child.destroyForcibly();
    assertThat(child.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(folder.resolve("round-3.safetensors")).doesNotExist();

    AtomicInteger simulated = new AtomicInteger();
    RoundsResult<DirectPosterior> result =
        rounds(
                (theta, random) -> {
                  simulated.incrementAndGet();
                  return GaussianModel.given(theta).sample(random);
                })
            .saveTo(folder)
            .run(OBSERVED);
    // Of the 30 simulations of round 3 ten were saved, and five more were lost with their chunk.
    assertThat(simulated).hasValue(20);
    assertThat(result.rounds()).extracting(RoundReport::round).containsExactly(3);
    assertThat(result.posterior().sample(20))
        .isEqualTo(rounds(GAUSSIAN).run(OBSERVED).posterior().sample(20));
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).allMatch(file -> !file.toString().endsWith(".tmp"));
    }
  }

  @Test
  void foldersOfOtherSettingsAreRefused() {
    rounds(GAUSSIAN).rounds(1).saveTo(folder).run(OBSERVED);
    assertThatIllegalStateException()
        .isThrownBy(() -> rounds(GAUSSIAN).saveTo(folder).run(OBSERVED))
        .withMessageContaining("holds rounds with other settings:\nmethod SNPE\n")
        .withMessageEndingWith("give another folder, or the same settings to go on");
  }

  @Test
  void badNumbersAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rounds(GAUSSIAN).rounds(0))
        .withMessage("rounds is 0, expected at least 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rounds(GAUSSIAN).simulations(2).run(OBSERVED))
        .withMessage("2 simulations do not suffice for 3 rounds; give more");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rounds(GAUSSIAN).run(OBSERVED, OBSERVED))
        .withMessageStartingWith("SNPE learns from one observation at a time, but 2 trials");
  }
}
