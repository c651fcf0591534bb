package io.github.sbi4j.flows.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Gamma;
import io.github.sbi4j.core.distribution.MultivariateNormal;
import io.github.sbi4j.core.distribution.Proposal;
import io.github.sbi4j.core.sample.Samples;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Corrections with densities of proposals, against closed forms, and what they refuse. */
class CorrectionsTest {
  private static final Logger LOG = LoggerFactory.getLogger(CorrectionsTest.class);
  private static final double NOISE = 1;
  private static final Simulator NOISY =
      (theta, random) -> Arrays.stream(theta).map(t -> t + NOISE * random.nextGaussian()).toArray();
  private static final Mdn MDN = Mdn.defaults().withComponents(2).withHiddenFeatures(20);
  private static final Training TRAINING = Training.defaults().withMaxEpochs(40);

  private static final int SEEDS = 6;

  /** Its correlation matters: without it the mean would be off by two thirds of a deviation. */
  private static final MultivariateNormal CORRELATED =
      MultivariateNormal.of(new double[] {1, -2}, new double[][] {{1, 0.9}, {0.9, 1}});

  /** One up and one down, the direction in which the prior's variance is 0.1. */
  private static final double[] OBSERVED = {2, -3};

  private static final double[] MEAN = {1 + 0.1 / 1.1, -2 - 0.1 / 1.1};
  private static final double SD = Math.sqrt((1.9 / 2.9 + 0.1 / 1.1) / 2);

  static List<ProposalCorrection> corrections() {
    return List.of(
        NonAtomic.defaults(), ImportanceWeighted.defaults(), Atomic.defaults(), PostHoc.defaults());
  }

  private static SNPE inference(Distribution prior, ProposalCorrection correction) {
    return SNPE.with(prior).densityEstimator(MDN).training(TRAINING).correction(correction);
  }

  /**
   * Means over six seeds have errors below 0.05 standard deviations; without a correction the
   * spread would be 0.75.
   */
  @ParameterizedTest
  @MethodSource("corrections")
  void giveThePosteriorOfACorrelatedPrior(ProposalCorrection correction) {
    double[] errors = new double[2];
    double[] spreads = new double[2];
    for (int seed = 0; seed < SEEDS; seed++) {
      SNPE inference =
          inference(CORRELATED, correction).densityEstimator(MDN.withComponents(1)).seed(seed);
      inference.appendSimulations(Simulations.run(NOISY, CORRELATED, 500, 10 + seed)).train();
      DirectPosterior first = inference.buildPosterior().given(OBSERVED);
      inference
          .densityEstimator(MDN)
          .appendSimulations(Simulations.run(NOISY, first, 1000, 30 + seed))
          .train();
      boolean last = correction instanceof PostHoc;
      assertThat(inference.report().rowsUsed()).isEqualTo(last ? 1000 : 1500);
      Samples draws = inference.buildPosterior().given(OBSERVED).sample(4000);
      for (int d = 0; d < 2; d++) {
        errors[d] += (draws.mean()[d] - MEAN[d]) / SD / SEEDS;
        spreads[d] += draws.sd()[d] / SD / SEEDS;
      }
    }
    LOG.info("{}: errors {} sd, spreads {}", correction, errors, spreads);
    assertThat(errors).containsExactly(new double[2], within(0.15));
    assertThat(spreads).containsExactly(new double[] {1, 1}, within(0.1));
  }

  @Test
  void dividedDensitiesAreThoseOfTheirDraws(@TempDir Path folder) {
    SNPE inference =
        inference(CORRELATED, PostHoc.defaults()).densityEstimator(MDN.withComponents(1));
    DirectPosterior posterior =
        SnpeRoundsTest.rounds(inference, NOISY, OBSERVED, CORRELATED, 200, 200);
    Samples draws = posterior.sample(4000);
    double[][] c = draws.covariance();
    double entropy =
        1 + Math.log(2 * Math.PI) + 0.5 * Math.log(c[0][0] * c[1][1] - c[0][1] * c[0][1]);
    double[] logs = posterior.logProb(draws.toArray());
    // The mean of 4 000 values with the variance one.
    assertThat(Arrays.stream(logs).average().orElseThrow()).isCloseTo(-entropy, within(0.06));
    Path file = folder.resolve("posterior.safetensors");
    posterior.save(file);
    assertThat(DirectPosterior.load(file).logProb(draws.toArray())).isEqualTo(logs);
  }

  @Test
  void divisionByAMixtureIsRefused() {
    SNPE inference = inference(CORRELATED, PostHoc.defaults()).training(TRAINING.withMaxEpochs(1));
    assertThatIllegalStateException()
        .isThrownBy(() -> SnpeRoundsTest.rounds(inference, NOISY, OBSERVED, CORRELATED, 50, 50))
        .withMessageStartingWith(
            "PostHoc divides by a single Gaussian, but the proposal of round 1 has 2 components");
  }

  @Test
  void directionsOfWhichNothingWasLearnedAreThePriors() {
    Gaussians prior = Gaussians.of(new double[] {0, 0}, new double[][] {{1, 0}, {0, 1}});
    Gaussians proposal = Gaussians.of(new double[] {1, 1}, new double[][] {{0.2, 0}, {0, 0.2}});
    Gaussians learned = Gaussians.of(new double[] {2, 1}, new double[][] {{0.1, 0}, {0, 0.3}});
    MixtureQuotient quotient = new MixtureQuotient(prior, proposal);
    Gaussians posterior = quotient.of(learned);
    assertThat(quotient.repaired()).isOne();
    // Along the first: 1 + 10 - 5, and (20 - 5) / 6; along the second the prior.
    assertThat(posterior.precisions()[0]).containsExactly(new double[] {6, 0, 0, 1}, within(1e-9));
    assertThat(posterior.means()[0]).containsExactly(new double[] {2.5, 0}, within(1e-9));
  }

  @Test
  void fifteenParametersInABoxStayFinite() {
    double[] low = new double[15];
    Arrays.fill(low, -2);
    double[] high = new double[15];
    Arrays.fill(high, 2);
    Distribution prior = BoxUniform.of(low, high);
    for (ProposalCorrection correction : List.of(NonAtomic.defaults(), Atomic.defaults())) {
      SNPE inference = inference(prior, correction).training(Training.defaults().withMaxEpochs(4));
      Proposal proposal = prior;
      for (int round = 0; round < 3; round++) {
        inference.appendSimulations(Simulations.run(NOISY, proposal, 200, round)).train();
        DirectPosterior posterior = inference.buildPosterior().given(new double[15]);
        double[][] draws = posterior.sample(200).toArray();
        assertThat(List.of(draws)).allMatch(prior.support()::contains);
        assertThat(Arrays.stream(posterior.logProb(draws))).allMatch(Double::isFinite);
        assertThat(inference.report().bestValidationLoss()).isFinite();
        assertThat(inference.report().members().get(0).skippedSteps()).isZero();
        proposal = posterior;
      }
    }
  }

  @Test
  void whereProductsKeepHavingNoNormaliserAtomsTakeOver() {
    double[] x = {0, 0};
    Simulator blind =
        (theta, random) -> Arrays.stream(theta).map(t -> t + 30 * random.nextGaussian()).toArray();
    Distribution wide = MultivariateNormal.of(new double[2], new double[][] {{25, 0}, {0, 25}});
    SNPE first = inference(wide, Atomic.defaults()).training(TRAINING.withMaxEpochs(5));
    DirectPosterior wider =
        first
            .appendSimulations(Simulations.run(blind, wide, 200, 1))
            .train()
            .buildPosterior()
            .given(x);
    SNPE inference =
        inference(CORRELATED, NonAtomic.defaults()).training(TRAINING.withMaxEpochs(5));
    inference
        .appendSimulations(Simulations.run(blind, CORRELATED, 100, 2))
        .appendSimulations(Simulations.run(blind, wider, 100, 3))
        .train();
    assertThat(inference.report().warnings())
        .anyMatch(text -> text.contains("a product of components had no normaliser"))
        .anyMatch(text -> text.startsWith("so many that training went on with Atomic[atoms=10"));
    assertThat(inference.report().bestValidationLoss()).isFinite();
  }

  @Test
  void weightsTellWhatTheyAreWorth() {
    SNPE inference = inference(CORRELATED, ImportanceWeighted.defaults());
    inference.training(Training.defaults().withMaxEpochs(2));
    SnpeRoundsTest.rounds(inference, NOISY, OBSERVED, CORRELATED, 100, 100);
    assertThat(inference.report().warnings())
        .anyMatch(
            text ->
                text.matches(
                    "the importance weights of 200 simulations are worth \\d+ equally weighted ones"));
  }

  /** The first round's proposal is the prior where nobody says otherwise. */
  @Test
  void firstRoundsNeedNotSayWhereTheyComeFrom() {
    SNPE inference =
        inference(CORRELATED, ImportanceWeighted.defaults()).training(TRAINING.withMaxEpochs(1));
    double[][] theta = CORRELATED.sample(60, 1).toArray();
    DirectPosterior posterior =
        inference.appendSimulations(theta, theta).train().buildPosterior().given(OBSERVED);
    double[][] proposed = posterior.sample(60).toArray();
    inference.appendSimulations(proposed, proposed, posterior).train();
    assertThat(inference.report().rowsUsed()).isEqualTo(120);
  }

  @Test
  void densitiesThatAreNotNormalisedAreRefusedWhereTheyMatter() {
    Simulations first = Simulations.run(NOISY, CORRELATED, 50, 1);
    Proposal chains =
        McmcPosterior.of(
                SNLE.with(CORRELATED)
                    .densityEstimator(MDN)
                    .training(Training.defaults().withMaxEpochs(1))
                    .appendSimulations(first)
                    .train()
                    .buildLikelihood(),
                1)
            .withChains(5)
            .given(1, -1);
    Simulations second = Simulations.run(NOISY, chains, 50, 2);
    SNPE weighted = inference(CORRELATED, ImportanceWeighted.defaults());
    weighted.appendSimulations(first).appendSimulations(second);
    assertThatIllegalStateException()
        .isThrownBy(weighted::train)
        .withMessageStartingWith(
            "the proposal of round 1 is a McmcPosterior, whose density is known up to a constant only")
        .withMessageContaining("use the correction Atomic");
    assertThatIllegalStateException()
        .isThrownBy(() -> weighted.correction(NonAtomic.defaults()).train())
        .withMessageStartingWith(
            "a correction in closed form needs proposals that SNPE learned with Mdn, but that of round 1 is a McmcPosterior");
    weighted
        .correction(Atomic.defaults())
        .training(Training.defaults().withMaxEpochs(1))
        .train()
        .buildPosterior()
        .given(1, -1);
  }

  @Test
  void priorsWithoutAClosedFormAreRefused() {
    Distribution prior = Gamma.of(2, 1).named("a");
    SNPE inference = inference(prior, NonAtomic.defaults()).training(TRAINING.withMaxEpochs(1));
    assertThatIllegalStateException()
        .isThrownBy(() -> SnpeRoundsTest.rounds(inference, NOISY, new double[] {1}, prior, 50, 50))
        .withMessageStartingWith(
            "a correction in closed form needs a prior of uniform and normal parts, but a part is")
        .withMessageContaining("use the correction Atomic");
  }

  /** Another correction keeps uniform parameters inside their bounds, where no mixture is. */
  @Test
  void proposalsLearnedWithAnotherCorrectionHaveNoClosedForm() {
    Distribution prior = BoxUniform.of(new double[] {-3}, new double[] {3});
    Simulations first = Simulations.run(NOISY, prior, 50, 1);
    DirectPosterior proposal =
        inference(prior, Atomic.defaults())
            .training(TRAINING.withMaxEpochs(1))
            .appendSimulations(first)
            .train()
            .buildPosterior()
            .given(0);
    SNPE inference = inference(prior, NonAtomic.defaults()).training(TRAINING.withMaxEpochs(1));
    inference.appendSimulations(first).appendSimulations(Simulations.run(NOISY, proposal, 50, 2));
    assertThatIllegalStateException()
        .isThrownBy(inference::train)
        .withMessageStartingWith(
            "a correction in closed form needs proposals that were learned with the same correction")
        .withMessageContaining("use the correction Atomic");
  }

  @Test
  void boundsTrainedAsTheyAreHaveNoClosedForm() {
    Distribution prior = BoxUniform.of(new double[] {-3}, new double[] {3});
    SNPE inference =
        inference(prior, NonAtomic.defaults())
            .unconstrained(false)
            .training(TRAINING.withMaxEpochs(1));
    assertThatIllegalStateException()
        .isThrownBy(() -> SnpeRoundsTest.rounds(inference, NOISY, new double[] {0}, prior, 50, 50))
        .withMessageStartingWith(
            "a correction in closed form needs unconstrained(true) for a bounded prior");
  }

  @Test
  void kernelsLeaveThePosteriorAsItIs() {
    CalibrationKernel kernel = CalibrationKernel.gaussian(OBSERVED, new double[] {1, 1});
    assertThat(kernel.weight(new double[] {3, -3})).isCloseTo(Math.exp(-0.5), within(1e-12));
    SNPE inference = inference(CORRELATED, Atomic.defaults()).calibrationKernel(kernel);
    DirectPosterior posterior =
        inference
            .appendSimulations(Simulations.run(NOISY, CORRELATED, 800, 1))
            .train()
            .buildPosterior()
            .given(OBSERVED);
    assertThat(posterior.sample(4000).mean()[0]).isCloseTo(MEAN[0], within(0.2 * SD));
    inference.appendSimulations(Simulations.run(NOISY, posterior, 100, 2));
    assertThatIllegalStateException()
        .isThrownBy(inference::train)
        .withMessageStartingWith("a calibration kernel was set, but this correction compares");
  }

  @Test
  void kernelsHaveToGiveWeights() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CalibrationKernel.gaussian(new double[2], new double[1]))
        .withMessage("the kernel is around 2 observed values, but has 1 widths; give one for each");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CalibrationKernel.gaussian(new double[1], new double[1]))
        .withMessage("width 0 is 0.0, expected a positive number");
    SNPE inference =
        inference(CORRELATED, Atomic.defaults())
            .appendSimulations(Simulations.run(NOISY, CORRELATED, 50, 1));
    assertThatIllegalStateException()
        .isThrownBy(() -> inference.calibrationKernel(x -> -1).train())
        .withMessageStartingWith("the calibration kernel gives -1.0 for the observation of row 0");
    assertThatIllegalStateException()
        .isThrownBy(() -> inference.calibrationKernel(x -> 0).train())
        .withMessage("the calibration kernel is zero for all simulations; widen it");
  }
}
