package io.github.sbi4j.flows.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Normal;
import io.github.sbi4j.core.distribution.Proposal;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.core.simulation.Simulator;
import io.github.sbi4j.flows.estimator.Mdn;
import io.github.sbi4j.flows.posterior.DirectPosterior;
import io.github.sbi4j.flows.posterior.McmcPosterior;
import io.github.sbi4j.flows.training.Training;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which proposals count as what, and which are refused. */
class ProposalsTest {
  private static final Distribution PRIOR =
      BoxUniform.of(new double[] {-3, -3}, new double[] {3, 3}).named("a", "b");
  private static final Simulator NOISY =
      (theta, random) ->
          new double[] {
            theta[0] + 0.3 * random.nextGaussian(), theta[1] + 0.3 * random.nextGaussian()
          };

  private static SNPE trained() {
    return SNPE.with(PRIOR)
        .densityEstimator(Mdn.defaults().withComponents(1).withHiddenFeatures(5))
        .training(Training.defaults().withMaxEpochs(1))
        .appendSimulations(Simulations.run(NOISY, PRIOR, 100, 1))
        .train();
  }

  private static int rounds(NeuralInference<?> inference) {
    return inference.rows().rounds().proposals().size() - 1;
  }

  @Test
  void thePriorAndWhatIsEqualToItIsRoundZero() {
    Distribution again = BoxUniform.of(new double[] {-3, -3}, new double[] {3, 3});
    SNPE inference =
        SNPE.with(PRIOR)
            .appendSimulations(Simulations.run(NOISY, PRIOR, 20, 1))
            .appendSimulations(Simulations.run(NOISY, PRIOR.named("c", "d"), 20, 2))
            .appendSimulations(Simulations.run(NOISY, again, 20, 3))
            .appendSimulations(Simulations.run(NOISY, PRIOR.sample(20, 4), 4));
    assertThat(rounds(inference)).isZero();
    assertThat(inference.rows().rounds().ofRows()).hasSize(80).containsOnly(0);
  }

  @Test
  void eachOtherProposalIsARound() {
    SNPE inference = trained();
    DirectPosterior posterior = inference.buildPosterior().given(1, 1);
    Distribution corner = BoxUniform.of(new double[] {0, 0}, new double[] {2, 2}).named("a", "b");
    Simulations both =
        Simulations.run(NOISY, posterior, 20, 2).append(Simulations.run(NOISY, corner, 30, 3));
    inference.appendSimulations(both).appendSimulations(Simulations.run(NOISY, posterior, 5, 4));
    assertThat(inference.rows().rounds().proposals()).hasSize(3).endsWith(posterior, corner);
    int[] expected = new int[155];
    Arrays.fill(expected, 100, 120, 1);
    Arrays.fill(expected, 120, 150, 2);
    Arrays.fill(expected, 150, 155, 1);
    assertThat(inference.rows().rounds().ofRows()).containsExactly(expected);
    assertThat(inference.rows().rounds().observation()).hasValue(new double[] {1, 1});
  }

  @Test
  void arraysTakeAProposal() {
    SNPE inference = trained();
    Proposal posterior = inference.buildPosterior().given(1, 1);
    inference.appendSimulations(new double[][] {{1, 1}}, new double[][] {{1, 1}}, posterior);
    assertThat(rounds(inference)).isOne();
  }

  @Test
  void posteriorsOfOtherParametersAreRefused() {
    Distribution other = BoxUniform.of(new double[] {-3, -3}, new double[] {3, 3}).named("a", "c");
    Proposal proposal = trained().buildPosterior().given(1, 1);
    Simulations simulations = Simulations.run(NOISY, proposal, 20, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SNLE.with(other).appendSimulations(simulations))
        .withMessage(
            "the proposal is over [a, b], but the prior is over [a, c]; propose from a posterior of this prior,"
                + " over all of its parameters");
    Distribution three = BoxUniform.of(new double[3], new double[] {1, 1, 1});
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                SNLE.with(PRIOR)
                    .appendSimulations(new double[][] {{1, 1}}, new double[][] {{1}}, three))
        .withMessageStartingWith("the proposal is over [theta_1, theta_2, theta_3], but");
  }

  @Test
  void rowsOutsideThePriorAreRefused() {
    Simulations wide =
        Simulations.run(NOISY, BoxUniform.of(new double[] {4, 4}, new double[] {5, 5}), 9, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SNPE.with(PRIOR).appendSimulations(wide))
        .withMessageStartingWith("parameters row 0 lies outside the prior: a is ");
  }

  @Test
  void posteriorsWithoutAnObservationDoNotPropose() {
    DirectPosterior posterior = trained().buildPosterior();
    assertThatIllegalStateException()
        .isThrownBy(() -> Simulations.run(NOISY, posterior, 20, 1))
        .withMessageContaining("call posterior.given(observed) first");
  }

  @Test
  void roundsOfSnpeServeOneObservation() {
    SNPE inference = trained();
    DirectPosterior posterior = inference.buildPosterior();
    inference.appendSimulations(Simulations.run(NOISY, posterior.given(1, 1), 20, 1));
    Simulations other = Simulations.run(NOISY, posterior.given(2, 2), 20, 2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> inference.appendSimulations(other))
        .withMessage(
            "the proposal is a posterior given [2.0, 2.0], but the rounds before were for [1.0, 1.0]; rounds serve"
                + " one observation: begin a new SNPE for the other one");
  }

  @Test
  void afterRoundsRowsHaveToSayWhereTheyComeFrom() {
    SNPE inference = trained();
    DirectPosterior posterior = inference.buildPosterior().given(1, 1);
    inference.appendSimulations(Simulations.run(NOISY, posterior, 20, 1));
    Simulations unknown = Simulations.run(NOISY, PRIOR.sample(20, 1), 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> inference.appendSimulations(unknown))
        .withMessageContaining("it is not said where these come from; give the proposal");
    inference.appendSimulations(unknown.proposedBy(PRIOR));
    assertThat(inference.rows().rounds().ofRows()[120]).isZero();
  }

  @Test
  void posteriorsSayWhatTheyAre() {
    DirectPosterior posterior = trained().buildPosterior();
    assertThat(posterior.observation()).isEmpty();
    assertThat(posterior.given(1, 2).observation()).hasValue(new double[] {1, 2});
    assertThat(posterior.isNormalized()).isTrue();
    McmcPosterior chains = McmcPosterior.of(posterior, 1);
    assertThat(chains.given(1, 2).observation()).hasValue(new double[] {1, 2});
    assertThat(chains.isNormalized()).isFalse();
    assertThat(Normal.of(0, 1).isNormalized()).isTrue();
  }

  @Test
  void posteriorsOfRoundsRefuseOtherObservations(@TempDir Path folder) {
    SNPE inference = trained();
    DirectPosterior first = inference.buildPosterior().given(1, 1);
    DirectPosterior second =
        inference.appendSimulations(Simulations.run(NOISY, first, 20, 1)).train().buildPosterior();
    Path file = folder.resolve("posterior.safetensors");
    second.save(file);
    for (DirectPosterior posterior : List.of(second, DirectPosterior.load(file))) {
      posterior.given(1, 1).sample(3);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> posterior.given(2, 2))
          .withMessage(
              "the observation is [2.0, 2.0], but the posterior was learned in rounds for [1.0, 1.0] and is not"
                  + " amortised; begin rounds for the other one, or train a new SNPE on simulations of the prior"
                  + " alone, which serves any observation");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> posterior.potential(new double[] {2, 2}));
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> posterior.logProbEach(new double[][] {{1, 1}}, new double[][] {{2, 2}}));
    }
    first.given(2, 2).sample(3);
  }
}
