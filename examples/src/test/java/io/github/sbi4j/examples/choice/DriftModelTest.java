package io.github.sbi4j.examples.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.analysis.diagnostic.SbcResult;
import io.github.sbi4j.analysis.diagnostic.SimulationBasedCalibration;
import io.github.sbi4j.analysis.diagnostic.TestDraws;
import io.github.sbi4j.analysis.diagnostic.Verdict;
import io.github.sbi4j.core.mcmc.McmcSettings;
import io.github.sbi4j.core.mcmc.Nuts;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.SimulationSettings;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.flows.posterior.Likelihood;
import io.github.sbi4j.flows.training.Training;
import io.github.sbi4j.ppl.distribution.WienerFirstPassage;
import io.github.sbi4j.ppl.learned.NeuralLikelihood;
import io.github.sbi4j.ppl.model.Model;
import io.github.sbi4j.ppl.model.ModelPosterior;
import io.github.sbi4j.ppl.model.PosteriorDraws;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The hierarchical drift-diffusion model with a learned and with the exact likelihood. */
@Tag("slow")
class DriftModelTest {
  private static final List<String> MEANS =
      List.of("drift", "effect", "log_separation", "logit_start", "log_delay");
  private static final String[] GROUP = {
    "drift",
    "effect",
    "log_separation",
    "logit_start",
    "log_delay",
    "drift_sd",
    "log_separation_sd",
    "logit_start_sd",
    "log_delay_sd"
  };
  private static final int DATA_SETS = 100;
  private static final int RANKED = 100;

  private static ModelPosterior posterior(Model model, int warmUp, int draws, long seed) {
    return model
        .posterior()
        .with(
            McmcSettings.defaults()
                .withWarmUp(warmUp)
                .withDraws(draws)
                .withThreads(2)
                .withSeed(seed));
  }

  private static Likelihood learned() {
    return DriftModel.learn(100_000, SimulationSettings.defaults(), Training.defaults(), 1);
  }

  private static void assertConverged(PosteriorDraws draws) {
    assertThat(Arrays.stream(draws.diagnostics().rHat()).max().orElseThrow()).isLessThan(1.01);
    assertThat(Arrays.stream(draws.diagnostics().essBulk()).min().orElseThrow()).isGreaterThan(400);
    assertThat(draws.diagnostics().divergences()).isZero();
  }

  @Test
  void learnedLikelihoodFindsTheGroup() {
    ChoiceTrials trials = ChoiceTrials.simulated(DriftGroup.typical(), 20, 100, 1);
    Likelihood learned = learned();
    PosteriorDraws exact =
        posterior(DriftModel.of(trials, WienerFirstPassage::of), 400, 400, 1).nuts();
    // Each evaluation costs some ten times as much, so chains start in the posterior.
    double[][] ends = new double[4][];
    Arrays.setAll(ends, c -> exact.unbounded().chain(c).draws().row(399));
    PosteriorDraws neural =
        posterior(
                DriftModel.of(trials, (v, a, w, tau) -> NeuralLikelihood.of(learned, v, a, w, tau)),
                200,
                300,
                1)
            .nuts(ends);
    assertConverged(exact);
    assertThat(neural.diagnostics().divergences()).isZero();
    for (String name : MEANS) {
      int index = neural.chains().names().indexOf(name);
      assertThat(neural.diagnostics().rHat()[index]).as(name).isLessThan(1.01);
      assertThat(neural.values().mean(name)[0])
          .as(name)
          .isCloseTo(exact.values().mean(name)[0], within(2 * exact.values().sd(name)[0]));
    }
  }

  /** Small data sets from the prior; a right posterior fails once in a thousand runs. */
  @Test
  void posteriorsOfTheExactLikelihoodAreCalibrated() {
    SbcResult result = calibration(WienerFirstPassage::of);
    assertThat(result.verdict()).as(result.summary()).isEqualTo(Verdict.PASS);
  }

  private static SbcResult calibration(DriftModel.TrialLikelihood likelihood) {
    double[][] truths = new double[DATA_SETS][];
    double[][] data = new double[DATA_SETS][];
    List<Samples> drawn = new ArrayList<>();
    for (int i = 0; i < DATA_SETS; i++) {
      DriftGroup group = DriftGroup.draw(RandomStreams.of(5, i));
      ChoiceTrials trials = ChoiceTrials.simulated(group, 4, 16, 1_000 + i);
      Model model = DriftModel.ofFewTrials(trials, likelihood);
      Samples draws =
          posterior(model, 300, 250, i)
              .with(Nuts.defaults().withTargetAcceptance(0.9))
              .nuts()
              .toSamples()
              .select(GROUP);
      int thin = draws.rows() / RANKED;
      double[][] kept = new double[RANKED][];
      Arrays.setAll(kept, k -> draws.row(k * thin));
      drawn.add(Samples.copyOf(List.of(GROUP), kept));
      truths[i] =
          new double[] {
            group.drift(),
            group.effect(),
            group.logSeparation(),
            group.logitStart(),
            group.logDelay(),
            group.driftSd(),
            group.logSeparationSd(),
            group.logitStartSd(),
            group.logDelaySd()
          };
      data[i] = trials.shortest();
    }
    Simulations simulations =
        Simulations.of(
            Samples.copyOf(List.of(GROUP), truths),
            Samples.copyOf(List.of("shortest_1", "shortest_2", "shortest_3", "shortest_4"), data));
    return SimulationBasedCalibration.defaults()
        .alpha(1e-3)
        .compute(TestDraws.of(simulations, drawn));
  }
}
