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
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Corrections with densities of proposals, against closed forms, and what they refuse. */
class CorrectionsTest {
  private static final Logger LOG = LoggerFactory.getLogger(CorrectionsTest.class);
  private static final double NOISE = 0.5;
  private static final Simulator NOISY =
      (theta, random) -> Arrays.stream(theta).map(t -> t + NOISE * random.nextGaussian()).toArray();
  private static final Mdn MDN = Mdn.defaults().withComponents(2).withHiddenFeatures(20);
  private static final Training TRAINING = Training.defaults().withMaxEpochs(40);

  /** Its correlations matter: taken for independent, the posterior would be wider by a third. */
  private static final MultivariateNormal CORRELATED =
      MultivariateNormal.of(new double[] {1, -2}, new double[][] {{1, 0.9}, {0.9, 2}});

  static List<ProposalCorrection> corrections() {
    return List.of(NonAtomic.defaults(), ImportanceWeighted.defaults(), Atomic.defaults());
  }

  private static SNPE inference(Distribution prior, ProposalCorrection correction) {
    return SNPE.with(prior).densityEstimator(MDN).training(TRAINING).correction(correction);
  }

  @ParameterizedTest
  @MethodSource("corrections")
  void giveThePosteriorOfACorrelatedPrior(ProposalCorrection correction) {
    double[] x = {2, -1.5};
    SNPE inference = inference(CORRELATED, correction);
    Samples draws = SnpeRoundsTest.rounds(inference, NOISY, x, CORRELATED, 500, 700).sample(4000);
    // S = C (C + R)^-1 R, m = m0 + C (C + R)^-1 (x - m0)
    double r = NOISE * NOISE;
    double determinant = (1 + r) * (2 + r) - 0.81;
    double[][] inverse = {
      {(2 + r) / determinant, -0.9 / determinant}, {-0.9 / determinant, (1 + r) / determinant}
    };
    double[][] c = CORRELATED.covariance();
    for (int d = 0; d < 2; d++) {
      double[] gain = {
        c[d][0] * inverse[0][0] + c[d][1] * inverse[1][0],
        c[d][0] * inverse[0][1] + c[d][1] * inverse[1][1]
      };
      double mean = CORRELATED.mean()[d] + gain[0] * (x[0] - 1) + gain[1] * (x[1] + 2);
      double sd = Math.sqrt(gain[d] * r);
      LOG.info(
          "{}: error {} sd, spread {}",
          correction,
          (draws.mean()[d] - mean) / sd,
          draws.sd()[d] / sd);
      assertThat(draws.mean()[d]).isCloseTo(mean, within(0.2 * sd));
      assertThat(draws.sd()[d] / sd).isCloseTo(1, within(0.2));
    }
    LOG.info("{}", inference.report().warnings());
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
  void weightsTellWhatTheyAreWorth() {
    SNPE inference = inference(CORRELATED, ImportanceWeighted.defaults());
    inference.training(Training.defaults().withMaxEpochs(2));
    SnpeRoundsTest.rounds(inference, NOISY, new double[] {2, -1.5}, CORRELATED, 100, 100);
    assertThat(inference.report().warnings())
        .anyMatch(
            text ->
                text.matches(
                    "the importance weights of 200 simulations are worth \\d+ equally weighted ones"));
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
            "NonAtomic needs proposals that SNPE learned with Mdn, but that of round 1 is a McmcPosterior");
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
            "NonAtomic needs a prior of uniform and normal parts, but a part is")
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
        .withMessageStartingWith("NonAtomic needs unconstrained(true) for a bounded prior");
  }

  @Test
  void kernelsLeaveThePosteriorAsItIs() {
    double[] x = {2, -1.5};
    CalibrationKernel kernel = CalibrationKernel.gaussian(x, new double[] {1, 1});
    assertThat(kernel.weight(new double[] {3, -1.5})).isCloseTo(Math.exp(-0.5), within(1e-12));
    SNPE inference = inference(CORRELATED, Atomic.defaults()).calibrationKernel(kernel);
    DirectPosterior posterior =
        inference
            .appendSimulations(Simulations.run(NOISY, CORRELATED, 800, 1))
            .train()
            .buildPosterior()
            .given(x);
    double exact = mean(x)[0];
    assertThat(posterior.sample(4000).mean()[0]).isCloseTo(exact, within(0.1));
    inference.appendSimulations(Simulations.run(NOISY, posterior, 100, 2));
    assertThatIllegalStateException()
        .isThrownBy(inference::train)
        .withMessageStartingWith("a calibration kernel was set, but this correction compares");
  }

  private static double[] mean(double[] x) {
    double r = NOISE * NOISE;
    double determinant = (1 + r) * (2 + r) - 0.81;
    double u = ((2 + r) * (x[0] - 1) - 0.9 * (x[1] + 2)) / determinant;
    double v = (-0.9 * (x[0] - 1) + (1 + r) * (x[1] + 2)) / determinant;
    return new double[] {1 + u + 0.9 * v, -2 + 0.9 * u + 2 * v};
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
