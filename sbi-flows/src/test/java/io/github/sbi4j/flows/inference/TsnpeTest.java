package io.github.sbi4j.flows.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.RestrictedPrior;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.core.simulation.Simulator;
import io.github.sbi4j.flows.estimator.Mdn;
import io.github.sbi4j.flows.estimator.Mnle;
import io.github.sbi4j.flows.posterior.DirectPosterior;
import io.github.sbi4j.flows.training.Training;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Truncated rounds for x = theta + noise of 0.1 in a box of which the posterior is a small part.
 */
class TsnpeTest {
  private static final double[] OBSERVED = {0.3, -0.4};
  private static final double NOISE = 0.1;
  private static final Distribution PRIOR =
      BoxUniform.of(new double[] {-2, -2}, new double[] {2, 2}).named("a", "b");
  private static final Simulator SIMULATOR =
      (theta, random) ->
          new double[] {
            theta[0] + NOISE * random.nextGaussian(), theta[1] + NOISE * random.nextGaussian()
          };
  private static final Training QUICK = Training.defaults().withMaxEpochs(15);

  private static TSNPE inference() {
    return TSNPE.with(PRIOR, OBSERVED).densityEstimator(Mdn.defaults()).training(QUICK).seed(2);
  }

  private static TSNPE rounds(TSNPE inference, int rounds, int each) {
    for (int round = 0; round < rounds; round++) {
      inference
          .appendSimulations(Simulations.run(SIMULATOR, inference.proposal(), each, 10 + round))
          .train();
    }
    return inference;
  }

  /**
   * With as many rows the means of posteriors of other seeds are off by 0.006 and their standard
   * deviations by 0.005, so that one of 10 000 would fail.
   */
  @ParameterizedTest
  @ValueSource(ints = {0, 500})
  void truncatedRoundsFindThePosterior(int candidates) {
    TSNPE inference = inference();
    if (candidates > 0) {
      inference.resampling(candidates);
    }
    rounds(inference, 3, 1_000);
    DirectPosterior posterior = inference.buildPosterior();
    Samples draws = posterior.sample(1_000, 5);
    for (int d = 0; d < 2; d++) {
      assertThat(draws.mean()[d]).isCloseTo(OBSERVED[d], within(0.03));
      assertThat(draws.sd()[d]).isCloseTo(NOISE, within(0.02));
    }
    assertThat(posterior.names()).containsExactly("a", "b");
    RestrictedPrior truncated = (RestrictedPrior) posterior.prior();
    assertThat(truncated.prior().unwrapped()).isSameAs(PRIOR.unwrapped());
    for (double[] draw : draws.toArray()) {
      assertThat(truncated.contains(draw)).isTrue();
    }
    double[][] outside = {{1.9, 1.9}, {-1, 0}};
    assertThat(truncated.contains(outside)).containsExactly(false, false);
    assertThat(posterior.logProb(outside)).containsOnly(Double.NEGATIVE_INFINITY);
    assertThat(truncated.contains(posterior.map().toArray())).isTrue();
  }

  @Test
  void densityIsNormalisedInTheRegion() {
    DirectPosterior posterior = rounds(inference(), 2, 300).buildPosterior();
    int side = 120;
    double step = 2.0 / side;
    double[][] cells = new double[side * side][];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = new double[] {-0.7 + step * (i / side + 0.5), -1.4 + step * (i % side + 0.5)};
    }
    double integral = Arrays.stream(posterior.logProb(cells)).map(Math::exp).sum() * step * step;
    assertThat(integral).isCloseTo(1, within(0.01));
  }

  @Test
  void regionsAreNestedAndEarlierRowsInThemAreKept() {
    TSNPE inference = rounds(inference(), 1, 500);
    assertThat(inference.proposal()).isSameAs(inference.proposal());
    RestrictedPrior second = (RestrictedPrior) inference.proposal();
    assertThat(inference.report().rowsUsed()).isEqualTo(500);
    Simulations more = Simulations.run(SIMULATOR, second, 400, 11);
    long kept =
        Arrays.stream(Simulations.run(SIMULATOR, PRIOR, 500, 10).parameters().toArray())
            .filter(second::contains)
            .count();
    inference.appendSimulations(more).train();
    assertThat(kept).isBetween(1L, 200L);
    assertThat(inference.report().rowsUsed()).isEqualTo(400 + (int) kept);
    RestrictedPrior third = (RestrictedPrior) inference.proposal();
    assertThat(third.acceptance().rate()).isLessThan(second.acceptance().rate());
    for (double[] draw : third.sample(500, 3).toArray()) {
      assertThat(second.contains(draw)).isTrue();
    }
  }

  /** Every draw of the resampled proposal lies in the region, and so do their simulations. */
  @Test
  void resampledProposalsLieInTheRegion() {
    TSNPE inference = rounds(inference().resampling(50), 1, 500);
    RestrictedPrior proposal = (RestrictedPrior) inference.proposal();
    Samples draws = proposal.sample(500, 1);
    for (boolean inside : proposal.contains(draws.toArray())) {
      assertThat(inside).isTrue();
    }
  }

  @Test
  void refusesOtherObservationsButChecksCalibrationNearby() {
    TSNPE inference = rounds(inference(), 2, 300);
    DirectPosterior posterior = inference.buildPosterior();
    assertThat(posterior.observation()).isPresent();
    assertThatThrownBy(() -> posterior.given(1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("learned in rounds for [0.3, -0.4]");
    DirectPosterior nearby = inference.buildTruncatedPosterior();
    assertThat(nearby.given(0.25, -0.35).sample(100, 1).rows()).isEqualTo(100);
    assertThat(nearby.prior()).isSameAs(posterior.prior());
  }

  @Test
  void refusesParametersFromElsewhere() {
    TSNPE inference = rounds(inference(), 1, 300);
    RestrictedPrior own = (RestrictedPrior) inference.proposal();
    TSNPE other = rounds(inference().seed(9), 1, 300);
    Simulations foreign = Simulations.run(SIMULATOR, other.proposal(), 50, 1);
    assertThatThrownBy(() -> inference.appendSimulations(foreign))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("neither the prior nor a truncated prior of this inference")
        .hasMessageContaining("simulate from proposal()");
    Simulations ofPosterior = Simulations.run(SIMULATOR, inference.buildPosterior(), 50, 1);
    assertThatThrownBy(() -> inference.appendSimulations(ofPosterior))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("SNPE, which corrects for other proposals");
    inference
        .appendSimulations(Simulations.run(SIMULATOR, PRIOR, 50, 1))
        .appendSimulations(Simulations.run(SIMULATOR, own, 50, 1))
        .train();
    assertThat(inference.report().rowsUsed()).isBetween(50, 250);
  }

  /** A prior restricted before, to where simulations are valid say, is truncated further. */
  @Test
  void truncatesAPriorThatIsRestrictedAlready() {
    RestrictedPrior valid = RestrictedPrior.of(PRIOR, theta -> theta[0] > 0.2);
    TSNPE inference =
        TSNPE.with(valid, OBSERVED).densityEstimator(Mdn.defaults()).training(QUICK).seed(2);
    DirectPosterior posterior = rounds(inference, 2, 300).buildPosterior();
    for (double[] draw : posterior.sample(500, 1).toArray()) {
      assertThat(draw[0]).isGreaterThan(0.2);
    }
  }

  @Test
  void refusesBadSettings() {
    assertThatThrownBy(() -> TSNPE.with(PRIOR))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("TSNPE.with(prior, observed)");
    assertThatThrownBy(() -> TSNPE.with(PRIOR, 1, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the observation has the value NaN");
    assertThatThrownBy(() -> inference().excludedMass(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("excluded mass is 0.0");
    assertThatThrownBy(() -> inference().resampling(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("candidates for each draw are 1");
    assertThatThrownBy(() -> inference().densityEstimator(Mnle.defaults()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("TSNPE takes Nsf, Maf or Mdn");
    assertThatThrownBy(() -> inference().buildPosterior())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("call appendSimulations and train first");
  }
}
