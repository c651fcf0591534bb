package io.github.sbi4j.flows.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.flows.estimator.ConditionalDensity;
import io.github.sbi4j.flows.estimator.Maf;
import io.github.sbi4j.flows.posterior.DirectPosterior;
import io.github.sbi4j.flows.training.Schedule;
import io.github.sbi4j.flows.training.StopReason;
import io.github.sbi4j.flows.training.Training;
import io.github.sbi4j.flows.training.TrainingReport;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SnpeTest {
  private static final Distribution PRIOR =
      BoxUniform.of(new double[] {-2, 0}, new double[] {2, 1}).named("shift", "width");
  private static final double[][] PARAMETERS = parameters(300, 1);
  private static final double[][] OBSERVATIONS = observations(PARAMETERS, 2);
  private static final double[] OBSERVED = {0.5, -0.2, 0.4};
  private static final double[][] THETA = {{0.3, 0.2}, {-1.9, 0.9}, {1, 0.5}};
  private static final Maf SMALL =
      Maf.defaults().withTransforms(2).withHiddenFeatures(8).withHiddenLayers(1);

  private static Training epochs(int count) {
    return Training.defaults()
        .withSchedule(Schedule.CONSTANT)
        .withPatience(100_000)
        .withMaxEpochs(count);
  }

  private static double[][] parameters(int rows, long seed) {
    return PRIOR.sample(rows, seed).toArray();
  }

  /** Three observations of the shift with noise of the width. */
  private static double[][] observations(double[][] parameters, long seed) {
    Random random = new Random(seed);
    double[][] x = new double[parameters.length][3];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < 3; j++) {
        x[i][j] = parameters[i][0] + (0.1 + parameters[i][1]) * random.nextGaussian();
      }
    }
    return x;
  }

  private static SNPE empty() {
    return SNPE.with(PRIOR).densityEstimator(SMALL).training(epochs(5)).seed(4);
  }

  private static SNPE filled() {
    return empty().appendSimulations(PARAMETERS, OBSERVATIONS);
  }

  private static double[][] copy(double[][] rows) {
    return Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
  }

  // ---- what is refused

  @Test
  void nothingWorksBeforeItsTurn() {
    assertThatIllegalStateException()
        .isThrownBy(() -> empty().train())
        .withMessage("there are no simulations to train on: call appendSimulations before train");
    for (SNPE untrained : List.of(empty(), filled())) {
      assertThatIllegalStateException()
          .isThrownBy(untrained::buildPosterior)
          .withMessage("nothing is trained yet: call appendSimulations and train first");
      assertThatIllegalStateException().isThrownBy(untrained::report);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> empty().ensemble(0))
        .withMessage("ensemble must have at least 1 network, but has 0");
  }

  @Test
  void widthsHaveToFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> empty().appendSimulations(new double[3][2], new double[2][3]))
        .withMessage(
            "3 rows of parameters but 2 rows of observations; row i of one belongs to row i of the other");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> empty().appendSimulations(OBSERVATIONS, PARAMETERS))
        .withMessage(
            "parameters row 0 has 3 values, but the prior has 2 parameters: [shift, width]. Were parameters and"
                + " observations swapped?");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> filled().appendSimulations(parameters(2, 1), new double[2][4]))
        .withMessage("observations row 0 has 4 values, but the rows before have 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> empty().appendSimulations(parameters(2, 1), new double[2][0]))
        .withMessage("observations row 0 has no values; expected at least one");
  }

  @Test
  void parametersOutsideThePriorAreErrorsAndLeaveNothingBehind() {
    double[][] parameters = copy(PARAMETERS);
    parameters[7][1] = 1.5;
    SNPE inference = empty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> inference.appendSimulations(parameters, OBSERVATIONS))
        .withMessage(
            "parameters row 7 lies outside the prior: width is 1.5, the prior's support is (0.0, 1.0). Give the prior"
                + " that the simulations were drawn from.");
    assertThatIllegalStateException()
        .isThrownBy(inference::train)
        .withMessageStartingWith("there are no simulations");
  }

  @Test
  void tooFewValidRowsAreAnError() {
    double[][] x = copy(Arrays.copyOf(OBSERVATIONS, 12));
    x[0][0] = Double.NaN;
    x[1][2] = Double.NEGATIVE_INFINITY;
    x[2][1] = Double.NaN;
    SNPE inference = empty().appendSimulations(Arrays.copyOf(PARAMETERS, 12), x);
    assertThatIllegalStateException()
        .isThrownBy(inference::train)
        .withMessageStartingWith("only 9 of 12 simulations are valid, left out: {")
        .withMessageContaining("NaN in the observation=2")
        .withMessageContaining("infinity in the observation=1")
        .withMessageEndingWith(
            "at least 10 are needed, a thousand or more give a useful posterior");
  }

  @Test
  void constantParametersAndObservationsAreErrors() {
    double[][] parameters = copy(PARAMETERS);
    for (double[] row : parameters) {
      row[1] = 0.5;
    }
    assertThatIllegalStateException()
        .isThrownBy(() -> empty().appendSimulations(parameters, OBSERVATIONS).train())
        .withMessage(
            "parameter width has the same value in every simulation, so nothing can be learned of it; draw it from the"
                + " prior or leave it out");
    assertThatIllegalStateException()
        .isThrownBy(() -> empty().appendSimulations(PARAMETERS, new double[300][3]).train())
        .withMessage(
            "every observed value is the same in all simulations, so they say nothing of the parameters; check the"
                + " simulator");
  }

  // ---- what is reported

  @Test
  void invalidRowsAreLeftOutAndCounted() {
    double[][] x = copy(OBSERVATIONS);
    x[3][0] = Double.NaN;
    x[9][1] = Double.POSITIVE_INFINITY;
    x[9][2] = Double.NaN;
    x[20][2] = Double.NEGATIVE_INFINITY;
    TrainingReport report = empty().appendSimulations(PARAMETERS, x).train().report();
    assertThat(report.rowsUsed()).isEqualTo(297);
    assertThat(report.rowsLeftOut())
        .hasSize(2)
        .containsEntry("NaN in the observation", 2)
        .containsEntry("infinity in the observation", 1);
    assertThat(report.warnings()).anyMatch(w -> w.startsWith("3 of 300 simulations are left out"));
    assertThat(report.members().get(0).trainingRows()).isEqualTo(268);
    assertThat(report.members().get(0).validationRows()).isEqualTo(29);
  }

  @Test
  void constantAndHeavyTailedColumnsAreReported() {
    double[][] x = copy(OBSERVATIONS);
    for (int i = 0; i < x.length; i++) {
      x[i][0] = 3;
      x[i][2] = i == 5 ? 1e6 : x[i][2];
    }
    SNPE inference = empty().appendSimulations(PARAMETERS, x).train();
    assertThat(inference.report().warnings())
        .containsExactly(
            "observed columns [0] are constant and carry no information",
            "observed columns [2] have values more than ten interquartile ranges from the median; they are scaled by it"
                + " and drawn in by asinh");
    assertThat(inference.buildPosterior().given(3, 0.1, 0.1).logProb(THETA))
        .doesNotContain(Double.NaN, Double.NEGATIVE_INFINITY);
  }

  @Test
  void maxEpochsAreExact() {
    AtomicInteger heard = new AtomicInteger();
    TrainingReport report =
        filled().training(epochs(7)).progress(p -> heard.incrementAndGet()).train().report();
    assertThat(report.epochs()).isEqualTo(7);
    assertThat(report.stopReason()).isEqualTo(StopReason.EPOCH_LIMIT);
    assertThat(report.members().get(0).trainingLoss()).hasSize(7);
    assertThat(report.members().get(0).seconds()).hasSize(7);
    // 270 rows in batches of 20, the least the automatic size gives.
    int batches = 270 / 20;
    assertThat(report.members().get(0).steps()).isEqualTo(7L * batches);
    assertThat(heard).hasValue(7);
  }

  @Test
  void timeBudgetEndsAfterTheEpochInWhichItIsSpent() {
    Training training = epochs(1000).withTimeBudget(Duration.ofNanos(1));
    TrainingReport report = filled().training(training).train().report();
    assertThat(report.stopReason()).isEqualTo(StopReason.TIME_BUDGET);
    assertThat(report.epochs()).isEqualTo(1);
  }

  @Test
  void patienceEndsTraining() {
    Training training = epochs(5000).withPatience(3).withLearningRate(0.01);
    TrainingReport report = filled().training(training).train().report();
    assertThat(report.stopReason()).isEqualTo(StopReason.CONVERGED);
    assertThat(report.epochs()).isEqualTo(report.members().get(0).bestEpoch() + 3);
  }

  @ParameterizedTest
  @EnumSource(Schedule.class)
  void everyScheduleLearns(Schedule schedule) {
    Training training = epochs(30).withSchedule(schedule).withLearningRate(3e-3);
    List<Double> losses =
        filled().training(training).train().report().members().get(0).validationLoss();
    assertThat(losses.get(losses.size() - 1)).isLessThan(losses.get(0));
  }

  /** The kept weights are those of the best epoch. */
  @Test
  void theBestEpochIsKeptAndItsLossIsInUnitsOfTheData() {
    Training rough = epochs(40).withLearningRate(0.05).withAveraging(0);
    SNPE inference = filled().training(rough).train();
    var member = inference.report().members().get(0);
    double least = member.validationLoss().stream().mapToDouble(v -> v).min().orElseThrow();
    assertThat(member.bestValidationLoss()).isEqualTo(least);
    assertThat(member.validationLoss().get(member.bestEpoch() - 1)).isEqualTo(least);
    double[] logs = inference.buildPosterior().logProbEach(PARAMETERS, OBSERVATIONS);
    // All rows have nearly the loss of those held out.
    double all = -Arrays.stream(logs).average().orElseThrow();
    assertThat(all).isCloseTo(least, within(0.5));
  }

  @Test
  void trainingThatDivergesSaysSoAndKeepsTheWeightsItBeganWith() {
    Training wild = epochs(100).withLearningRate(1e30);
    SNPE inference = filled().training(wild).train();
    assertThat(inference.report().stopReason()).isEqualTo(StopReason.DIVERGED);
    assertThat(inference.report().epochs()).isLessThan(10);
    assertThat(inference.report().members().get(0).bestEpoch()).isZero();
    assertThat(inference.buildPosterior().given(OBSERVED).logProb(THETA))
        .doesNotContain(Double.NaN, Double.NEGATIVE_INFINITY);
  }

  // ---- what repeats and goes on

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void sameSeedGivesTheSameBits(int networks) {
    DirectPosterior first = filled().ensemble(networks).train().buildPosterior().given(OBSERVED);
    DirectPosterior second = filled().ensemble(networks).train().buildPosterior().given(OBSERVED);
    DirectPosterior other =
        filled().ensemble(networks).seed(5).train().buildPosterior().given(OBSERVED);
    assertThat(second.logProb(THETA)).isEqualTo(first.logProb(THETA));
    assertThat(other.logProb(THETA)).isNotEqualTo(first.logProb(THETA));
    assertThat(second.sample(50)).isEqualTo(first.sample(50));
    assertThat(first.sample(50, 2)).isNotEqualTo(first.sample(50, 3));
  }

  @Test
  void trainingAgainBeginsAnew() {
    SNPE inference = filled();
    double[] once = inference.train().buildPosterior().given(OBSERVED).logProb(THETA);
    double[] twice = inference.train().buildPosterior().given(OBSERVED).logProb(THETA);
    assertThat(twice).isEqualTo(once);
  }

  @Test
  void resumeGoesOnAndNeverWorsensTheBestLoss() {
    SNPE inference = filled().train();
    double before = inference.report().bestValidationLoss();
    DirectPosterior early = inference.buildPosterior().given(OBSERVED);
    double[] logProb = early.logProb(THETA);
    inference.resume();
    double after = inference.report().bestValidationLoss();
    assertThat(inference.report().epochs()).isEqualTo(10);
    assertThat(after).isLessThan(before);
    assertThat(early.logProb(THETA)).as("a posterior built before").isEqualTo(logProb);
    inference.training(epochs(3).withLearningRate(10)).resume();
    assertThat(inference.report().bestValidationLoss()).isLessThanOrEqualTo(after);
    assertThat(inference.report().epochs()).isEqualTo(13);
  }

  @Test
  void resumeOfNothingTrains() {
    assertThat(filled().resume().report().epochs()).isEqualTo(5);
  }

  @Test
  void resumeUsesRowsAppendedSince() {
    SNPE inference = filled().train();
    double[][] more = parameters(500, 8);
    inference.appendSimulations(more, observations(more, 9)).resume();
    assertThat(inference.report().rowsUsed()).isEqualTo(800);
    assertThat(inference.report().members().get(0).trainingRows()).isEqualTo(720);
    assertThat(inference.report().members().get(0).validationRows()).isEqualTo(80);
  }

  @Test
  void interruptStopsAfterTheEpochAndKeepsAPosterior() {
    SNPE inference =
        filled()
            .training(epochs(1_000_000))
            .progress(
                p -> {
                  if (p.done() == 3) {
                    Thread.currentThread().interrupt();
                  }
                })
            .train();
    assertThat(Thread.interrupted()).as("the flag stays set").isTrue();
    assertThat(inference.report().stopReason()).isEqualTo(StopReason.INTERRUPTED);
    assertThat(inference.report().epochs()).isEqualTo(3);
    assertThat(inference.buildPosterior().given(OBSERVED).sample(10).rows()).isEqualTo(10);
  }

  @Test
  void interruptReachesEveryMemberOfAnEnsemble() {
    Thread caller = Thread.currentThread();
    SNPE inference =
        filled()
            .ensemble(3)
            .training(epochs(1_000_000))
            .progress(
                p -> {
                  if (p.done() == 3) {
                    caller.interrupt();
                  }
                })
            .train();
    assertThat(Thread.interrupted()).as("the flag stays set").isTrue();
    assertThat(inference.report().members())
        .extracting(m -> m.stopReason())
        .containsOnly(StopReason.INTERRUPTED)
        .hasSize(3);
    assertThat(inference.buildPosterior().given(OBSERVED).sample(10).rows()).isEqualTo(10);
  }

  // ---- ensembles

  @Test
  void anEnsembleIsTheEquallyWeightedMixtureOfItsMembers() {
    ConditionalDensity mixture = filled().ensemble(3).train().buildPosterior().density();
    assertThat(mixture.members()).hasSize(3);
    double[][] single = new double[3][];
    for (int k = 0; k < 3; k++) {
      single[k] =
          new ConditionalDensity(
                  mixture.model(), List.of(mixture.members().get(k)), mixture.coordinates())
              .logProb(THETA, OBSERVED);
    }
    assertThat(single[0]).isNotEqualTo(single[1]);
    double[] mixed = mixture.logProb(THETA, OBSERVED);
    for (int i = 0; i < THETA.length; i++) {
      double mean = 0;
      for (double[] member : single) {
        mean += Math.exp(member[i]) / 3;
      }
      assertThat(mixed[i]).isCloseTo(Math.log(mean), within(1e-12));
    }
  }

  // ---- what is learned

  /**
   * Rows of a table and arrays are the same simulations; names of observations go with the
   * posterior.
   */
  @Test
  void tablesAreTakenAsArraysAre() {
    Samples theta = Samples.copyOf(PRIOR.names(), PARAMETERS);
    Samples x = Samples.copyOf(List.of("a", "b", "c"), OBSERVATIONS);
    DirectPosterior posterior = empty().appendSimulations(theta, x).train().buildPosterior();
    assertThat(posterior.given(OBSERVED).logProb(THETA))
        .isEqualTo(filled().train().buildPosterior().given(OBSERVED).logProb(THETA));
    assertThat(posterior.provenance().orElseThrow().observationNames())
        .containsExactly("a", "b", "c");
    assertThat(posterior.names()).containsExactly("shift", "width");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void nothingLiesOutsideThePriorWhicheverSpaceIsTrainedIn(boolean unconstrained) {
    DirectPosterior posterior =
        filled().unconstrained(unconstrained).train().buildPosterior().given(1.7, 1.9, 1.8);
    for (double[] row : posterior.sample(500).toArray()) {
      assertThat(PRIOR.support().contains(row)).isTrue();
    }
    assertThat(posterior.logProb(new double[][] {{2.1, 0.5}, {0, -0.1}, {2, 0.5}}))
        .containsOnly(Double.NEGATIVE_INFINITY);
    int side = 200;
    double[][] grid = new double[side * side][];
    for (int i = 0; i < grid.length; i++) {
      grid[i] = new double[] {-2 + 4 * (i / side + 0.5) / side, (i % side + 0.5) / side};
    }
    double mass = Arrays.stream(posterior.logProb(grid)).map(Math::exp).average().orElseThrow() * 4;
    // The normaliser of a density that leaks is known to two percent, a grid near a bound to one.
    assertThat(mass).isCloseTo(1, within(0.05));
  }
}
