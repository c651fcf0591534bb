package io.github.sbi4j.examples.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.mcmc.McmcSettings;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.simulation.SimulationSettings;
import io.github.sbi4j.flows.posterior.Likelihood;
import io.github.sbi4j.flows.training.Training;
import io.github.sbi4j.ppl.distribution.WienerFirstPassage;
import io.github.sbi4j.ppl.learned.NeuralLikelihood;
import io.github.sbi4j.ppl.model.Model;
import io.github.sbi4j.ppl.model.PosteriorDraws;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The hierarchical drift-diffusion model with a learned and with the exact likelihood. */
@Tag("slow")
class DriftModelTest {
  private static final List<String> MEANS =
      List.of("drift", "effect", "log_separation", "logit_start", "log_delay");
  private static final int DATA_SETS = 100;
  private static final int THIN = 10;

  private static PosteriorDraws draws(Model model, int chains, int draws, long seed) {
    return model
        .posterior()
        .withChains(chains)
        .with(McmcSettings.defaults().withWarmUp(500).withDraws(draws).withSeed(seed))
        .nuts();
  }

  private static double mean(double[][] draws) {
    return Arrays.stream(draws).mapToDouble(row -> row[0]).average().orElseThrow();
  }

  private static double sd(double[][] draws) {
    double mean = mean(draws);
    return Math.sqrt(
        Arrays.stream(draws)
            .mapToDouble(row -> Math.pow(row[0] - mean, 2))
            .average()
            .orElseThrow());
  }

  @Test
  void learnedLikelihoodFindsTheGroup() {
    ChoiceTrials trials = ChoiceTrials.simulated(DriftGroup.typical(), 20, 100, 1);
    Likelihood learned =
        DriftModel.learn(100_000, SimulationSettings.defaults(), Training.defaults(), 1);
    PosteriorDraws exact = draws(DriftModel.of(trials, WienerFirstPassage::of), 4, 500, 1);
    PosteriorDraws neural =
        draws(
            DriftModel.of(trials, (v, a, w, tau) -> NeuralLikelihood.of(learned, v, a, w, tau)),
            4,
            500,
            1);
    for (String name : MEANS) {
      assertThat(mean(neural.get(name)))
          .as(name)
          .isCloseTo(mean(exact.get(name)), within(2 * sd(exact.get(name))));
    }
  }

  /** Kolmogorov's statistic of each mean of the group at a level of 1e-3. */
  @Test
  void ranksOfTheGroupAreUniform() {
    double[][] ranks = new double[MEANS.size()][DATA_SETS];
    for (int i = 0; i < DATA_SETS; i++) {
      DriftGroup group = DriftGroup.draw(RandomStreams.of(5, i));
      ChoiceTrials trials = ChoiceTrials.simulated(group, 5, 20, 1_000 + i);
      PosteriorDraws draws = draws(DriftModel.of(trials, WienerFirstPassage::of), 2, 300, i);
      double[] truth = {
        group.drift(), group.effect(), group.logSeparation(), group.logitStart(), group.logDelay()
      };
      for (int k = 0; k < truth.length; k++) {
        double[][] own = draws.get(MEANS.get(k));
        int below = 0;
        for (int j = 0; j < own.length; j += THIN) {
          below += own[j][0] < truth[k] ? 1 : 0;
        }
        ranks[k][i] = (below + 0.5) / (own.length / THIN + 1.0);
      }
    }
    double most = Math.sqrt(-0.5 * Math.log(1e-3 / 2));
    for (int k = 0; k < ranks.length; k++) {
      double[] each = ranks[k];
      Arrays.sort(each);
      for (int i = 0; i < DATA_SETS; i++) {
        double off = Math.max(each[i] - (double) i / DATA_SETS, (i + 1.0) / DATA_SETS - each[i]);
        assertThat(off * Math.sqrt(DATA_SETS)).as(MEANS.get(k)).isLessThan(most);
      }
    }
  }
}
