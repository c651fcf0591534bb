package io.github.sbi4j.flows.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Independent;
import io.github.sbi4j.core.distribution.Uniform;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.ConditionalSimulator;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.flows.embedding.FullyConnected;
import io.github.sbi4j.flows.estimator.Mdn;
import io.github.sbi4j.flows.inference.SNLE;
import io.github.sbi4j.flows.inference.SNPE;
import io.github.sbi4j.flows.inference.SNRE;
import io.github.sbi4j.flows.potential.PotentialSource;
import io.github.sbi4j.flows.ratio.Linear;
import io.github.sbi4j.flows.training.Training;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is said where conditions are missing, too many, or of the wrong kind. */
class ConditionMessagesTest {
  private static final Distribution PRIOR =
      BoxUniform.of(new double[] {-1, -1}, new double[] {1, 1}).named("intercept", "slope");
  private static final Distribution DESIGN =
      Independent.of(Uniform.of(0, 1).named("contrast"), Uniform.of(1, 2).named("duration"));
  private static final ConditionalSimulator SIMULATOR =
      (theta, c, random) ->
          new double[] {theta[0] + theta[1] * c[0] + c[1] * random.nextGaussian()};
  private static final Training SHORT = Training.defaults().withMaxEpochs(1);
  private static final double[][] TRIALS = {{0.1}, {0.4}};
  private static final double[][] CONDITIONS = {{0.2, 1.5}, {0.9, 1.1}};
  private static final double[][] THETA = {{0.1, 0.2}, {0.3, 0.4}};

  private static Simulations simulations;
  private static Likelihood likelihood;
  private static Ratio ratio;

  @BeforeAll
  static void learn() {
    simulations = Simulations.run(SIMULATOR, PRIOR, DESIGN, 200, 1);
    likelihood = snle().appendSimulations(simulations).train().buildLikelihood();
    ratio =
        SNRE.with(PRIOR)
            .classifier(Linear.defaults())
            .training(SHORT)
            .appendSimulations(simulations)
            .train()
            .buildRatio();
  }

  private static SNLE snle() {
    return SNLE.with(PRIOR).densityEstimator(Mdn.defaults().withHiddenFeatures(4)).training(SHORT);
  }

  @Test
  void missingConditionsAreAskedFor() {
    String start =
        "the likelihood was learned under the conditions [contrast, duration], which it has to be told: ";
    McmcPosterior posterior = McmcPosterior.of(likelihood, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> posterior.given(0.1))
        .withMessage(
            start
                + "call given(trials, conditions), or potential(trials, conditions), with a row of conditions for"
                + " each trial");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> posterior.given(TRIALS))
        .withMessageStartingWith(start);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> likelihood.logProb(TRIALS, THETA))
        .withMessage(start + "call logProb(observations, parameters, conditions)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> likelihood.logProb(TRIALS, THETA[0]))
        .withMessage(start + "call logProb(observations, parameters, conditions)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> likelihood.sample(THETA[0], 5, 1))
        .withMessage(start + "call sample(parameters, condition, count, seed)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ratio.potential(TRIALS))
        .withMessageStartingWith("the ratio was learned under the conditions [contrast, duration]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ratio.logRatio(THETA, TRIALS[0]))
        .withMessageEndingWith("call logRatio(parameters, observation, condition)");
  }

  @Test
  void conditionsOfTheWrongShapeAreRefused() {
    McmcPosterior posterior = McmcPosterior.of(likelihood, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> posterior.given(TRIALS, new double[][] {{0.2, 1.5}}))
        .withMessage(
            "2 trials but 1 rows of conditions; row m of one belongs to row m of the other");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> posterior.given(TRIALS, new double[][] {{0.2, 1.5}, {0.3}}))
        .withMessage(
            "conditions row 1 has 1 values, but the likelihood was learned under 2: [contrast, duration]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> posterior.given(TRIALS, new double[][] {{0.2, 1.5}, {0.3, Double.NaN}}))
        .withMessage("condition duration of row 1 is NaN, expected finite values");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> likelihood.logProb(TRIALS, new double[3][2], CONDITIONS))
        .withMessage("2 observations but 3 rows of parameters; give as many of each");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> likelihood.logProb(TRIALS, new double[] {0.1, 0.2, 0.3}, CONDITIONS))
        .withMessage("3 parameters given, expected 2: [intercept, slope]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ratio.potential(TRIALS, new double[][] {{0.2, 1.5}}))
        .withMessageStartingWith("2 trials but 1 rows of conditions");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> posterior.given(new double[0][], new double[0][]))
        .withMessageStartingWith("no trials given");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> posterior.given(new double[][] {{0.1, 0.2}}, new double[][] {{0.2, 1.5}}))
        .withMessageContaining("has 2 values, but the likelihood was trained on 1");
  }

  @Test
  void conditionsThatNobodyLearnedAreRefused() {
    Likelihood without =
        snle()
            .appendSimulations(simulations.parameters(), simulations.observations())
            .train()
            .buildLikelihood();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> McmcPosterior.of(without, 1).given(TRIALS, CONDITIONS))
        .withMessage(
            "conditions were given, but the likelihood was learned without any; leave them out, or append"
                + " simulations with conditions");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NormalMean(PRIOR).potential(TRIALS, CONDITIONS))
        .withMessage(
            "conditions were given, but NormalMean knows of none; leave them out, or take a likelihood or ratio"
                + " learned under conditions");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Likelihood.of(
                    likelihood.density(), PRIOR, likelihood.range(), likelihood.provenance()))
        .withMessage("the density has 4 contexts, but there are 2 parameters and 0 conditions []");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Conditions(List.of("contrast"), without.conditions().range()))
        .withMessage("1 names of conditions, [contrast], but ranges of 0; give one of each");
  }

  @Test
  void aProposalThatTakesNoConditionsIsRefused() {
    DirectPosterior direct =
        SNPE.with(PRIOR)
            .training(SHORT)
            .appendSimulations(simulations.parameters(), simulations.observations())
            .train()
            .buildPosterior();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                ImportancePosterior.of(likelihood, 1)
                    .withProposal(direct)
                    .given(TRIALS, CONDITIONS))
        .withMessage(
            "the proposal is a DirectPosterior, which takes an observation without conditions; use"
                + " posteriors of a likelihood or ratio for them");
  }

  @Test
  void conditionsFarFromTheDesignAreWarnedOf() {
    double[][] far = {{0.2, 1.5}, {1.9, 1.5}, {2.5, 1.5}};
    double[][] trials = {{0.1}, {0.2}, {0.3}};
    for (PotentialSource learned : List.of(likelihood, ratio)) {
      Logger logger = LoggerFactory.getLogger(learned.getClass());
      try (LoggedWarnings log = LoggedWarnings.of(logger)) {
        learned.potential(TRIALS, CONDITIONS);
        assertThat(log.text()).isEmpty();
        learned.potential(trials, far);
        assertThat(log.text())
            .containsOnlyOnce(
                "condition contrast lies far outside what was simulated in 2 of 3 trials, for example trial 1 has"
                    + " 1.9 and simulations range from 0.0")
            .contains("extrapolates; simulate with a design that covers the experiment")
            .doesNotContain("duration");
      }
    }
  }

  @Test
  void simulationsHaveToHaveTheSameConditions() {
    Samples theta = simulations.parameters();
    Samples x = simulations.observations();
    Samples conditions = simulations.conditions().orElseThrow();
    SNLE inference = snle().appendSimulations(simulations);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> inference.appendSimulations(theta, x))
        .withMessage(
            "the simulations have the conditions [], but the rows before have [contrast, duration]; append"
                + " simulations with the same conditions");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> inference.appendSimulations(theta, conditions.named("a", "b"), x))
        .withMessageStartingWith("the simulations have the conditions [a, b], but the rows before");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> inference.appendSimulations(theta, conditions.head(7), x))
        .withMessage(
            "7 rows of conditions but 200 rows of observations; row i of one belongs to row i of the other");
    double[][] bad = conditions.toArray();
    bad[3][0] = Double.POSITIVE_INFINITY;
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> inference.appendSimulations(theta, Samples.copyOf(conditions.names(), bad), x))
        .withMessage(
            "condition contrast of row 3 is Infinity, expected a finite value, for conditions are known");
  }

  @Test
  void aConditionThatNeverVariesIsRefused() {
    double[][] same = simulations.conditions().orElseThrow().toArray();
    for (double[] row : same) {
      row[1] = 1.5;
    }
    Samples conditions = Samples.copyOf(List.of("contrast", "duration"), same);
    SNLE inference =
        snle().appendSimulations(simulations.parameters(), conditions, simulations.observations());
    assertThatIllegalStateException()
        .isThrownBy(inference::train)
        .withMessage(
            "condition duration is 1.5 in every simulation, so nothing can be learned of it; draw it from a design"
                + " that covers the experiment, or leave it out");
  }

  @Test
  void posteriorEstimationSaysThatItTakesNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SNPE.with(PRIOR).appendSimulations(simulations))
        .withMessage(
            "the simulations have the conditions [contrast, duration], which SNPE is not told; use SNLE or SNRE,"
                + " whose posteriors are given trials with their conditions, or make the conditions observed values");
  }

  @Test
  void ensemblesAndFixedParametersPassConditionsOn() {
    EnsembleSource twice = EnsembleSource.of(List.of(likelihood, likelihood));
    double alone = likelihood.potential(TRIALS, CONDITIONS).logProb(THETA)[0];
    assertThat(twice.potential(TRIALS, CONDITIONS).logProb(THETA)[0])
        .isCloseTo(alone, within(1e-4));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> twice.potential(TRIALS, new double[][] {{0.2, 1.5}}))
        .withMessage(
            "2 trials and 1 rows of conditions given, expected at least one trial and a row of conditions for each");
    RejectionPosterior posterior =
        RejectionPosterior.of(likelihood, 1)
            .fixing(Map.of("intercept", THETA[0][0]))
            .given(TRIALS, CONDITIONS);
    assertThat(posterior.names()).containsExactly("slope");
    double[] other = posterior.logProb(new double[][] {{THETA[0][1]}, {0.5}});
    double[] joint =
        likelihood
            .potential(TRIALS, CONDITIONS)
            .logProb(new double[][] {THETA[0], {THETA[0][0], 0.5}});
    assertThat(other[0] - other[1]).isCloseTo(joint[0] - joint[1], within(1e-4));
  }

  @Test
  void conditionsAreSaved(@TempDir Path folder) {
    likelihood.save(folder.resolve("likelihood"));
    Likelihood loaded = Likelihood.load(folder.resolve("likelihood"));
    assertThat(loaded.conditions()).isEqualTo(likelihood.conditions());
    assertThat(loaded.logProb(TRIALS, THETA, CONDITIONS))
        .containsExactly(likelihood.logProb(TRIALS, THETA, CONDITIONS));
    Ratio embedded =
        SNRE.with(PRIOR)
            .classifier(Linear.defaults())
            .embedding(FullyConnected.defaults().withHiddenFeatures(4).withOutputs(3))
            .training(SHORT)
            .appendSimulations(simulations)
            .train()
            .buildRatio();
    for (Ratio saved : List.of(ratio, embedded)) {
      saved.save(folder.resolve("ratio"));
      Ratio again = Ratio.load(folder.resolve("ratio"));
      assertThat(again.conditions()).isEqualTo(saved.conditions());
      assertThat(again.logRatio(THETA, TRIALS[0], CONDITIONS[0]))
          .containsExactly(saved.logRatio(THETA, TRIALS[0], CONDITIONS[0]));
    }
  }
}
