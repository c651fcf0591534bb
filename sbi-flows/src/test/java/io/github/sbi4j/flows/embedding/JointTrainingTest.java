package io.github.sbi4j.flows.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Normal;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.flows.Device;
import io.github.sbi4j.flows.estimator.Mdn;
import io.github.sbi4j.flows.inference.SNPE;
import io.github.sbi4j.flows.posterior.Posterior;
import io.github.sbi4j.flows.training.Training;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JointTrainingTest {
  private static final Mdn GAUSSIAN =
      Mdn.defaults().withComponents(1).withHiddenFeatures(20).withHiddenLayers(1);

  private static final int[] COUNTS = {1, 3, 10};

  private static Posterior fit(
      Distribution prior, Embedding embedding, Training training, double[][] theta, double[][] x) {
    return SNPE.with(prior)
        .device(Device.torch())
        .densityEstimator(GAUSSIAN)
        .embedding(embedding)
        .training(training)
        .seed(3)
        .appendSimulations(theta, x)
        .train()
        .buildPosterior();
  }

  /**
   * A sine of unknown frequency and random phase: no single value says anything of the frequency,
   * its mean and variance neither.
   */
  @Test
  void aConvolutionLearnsAFrequency() {
    Random random = new Random(1);
    double[][] theta = new double[800][1];
    double[][] x = new double[theta.length][];
    for (int i = 0; i < theta.length; i++) {
      theta[i][0] = 1 + 3 * random.nextDouble();
      x[i] = sine(theta[i][0], random);
    }
    Embedding embedding =
        Convolution1d.defaults()
            .withFilters(6, 6)
            .withNetwork(FullyConnected.defaults().withHiddenLayers(1).withOutputs(4));
    Posterior posterior =
        fit(
            BoxUniform.of(new double[] {1}, new double[] {4}),
            embedding,
            Training.defaults().withMaxEpochs(20).withBatchSize(50).withLearningRate(2e-3),
            theta,
            x);
    double squares = 0;
    int tests = 20;
    for (int i = 0; i < tests; i++) {
      double truth = 1.2 + 2.6 * i / (tests - 1);
      double mean = posterior.given(sine(truth, random)).sample(200).mean()[0];
      squares += (mean - truth) * (mean - truth) / tests;
    }
    // The prior's standard deviation is 0.87, which is the error of whoever learned nothing.
    assertThat(Math.sqrt(squares)).isLessThan(0.15);
  }

  private static double[] sine(double frequency, Random random) {
    double phase = 2 * Math.PI * random.nextDouble();
    double[] series = new double[24];
    for (int t = 0; t < series.length; t++) {
      series[t] =
          Math.sin(2 * Math.PI * frequency * t / series.length + phase)
              + 0.1 * random.nextGaussian();
    }
    return series;
  }

  /**
   * theta ~ N(0, 1) and n trials N(theta, 1): the posterior is normal with mean sum / (n + 1) and
   * variance 1 / (n + 1). The tolerances are those of a fit to 800 simulations of each n: about 0.1
   * standard deviations in the mean and 5 % in the width.
   */
  @Test
  void trialsGiveThePosteriorOfAGaussianMean() {
    Random random = new Random(2);
    PermutationInvariant settings =
        PermutationInvariant.defaults()
            .withVariableTrials()
            .withTrialNetwork(
                FullyConnected.defaults().withHiddenFeatures(10).withHiddenLayers(1).withOutputs(4))
            .withNetwork(
                FullyConnected.defaults()
                    .withHiddenFeatures(20)
                    .withHiddenLayers(1)
                    .withOutputs(6));
    double[][] theta = new double[2400][1];
    double[][] x = new double[theta.length][];
    for (int i = 0; i < theta.length; i++) {
      theta[i][0] = random.nextGaussian();
      x[i] = settings.observation(trials(theta[i][0], COUNTS[i % COUNTS.length], random), 10);
    }
    Posterior posterior =
        fit(
            Normal.of(0, 1),
            settings,
            Training.defaults().withMaxEpochs(30).withLearningRate(2e-3),
            theta,
            x);
    for (int n : COUNTS) {
      double meanError = 0;
      double width = 0;
      int tests = 20;
      for (int i = 0; i < tests; i++) {
        double[][] trials = trials(-1.5 + 3.0 * i / (tests - 1), n, random);
        double sd = 1 / Math.sqrt(n + 1);
        double mean = Arrays.stream(trials).mapToDouble(trial -> trial[0]).sum() / (n + 1);
        Samples draws = posterior.given(settings.observation(trials, 10)).sample(500);
        meanError += Math.abs(draws.mean()[0] - mean) / sd / tests;
        width += draws.sd()[0] / sd / tests;
      }
      assertThat(meanError).as("error of the mean with %d trials", n).isLessThan(0.15);
      assertThat(width).as("ratio of widths with %d trials", n).isCloseTo(1, within(0.12));
    }
  }

  private static double[][] trials(double mean, int count, Random random) {
    double[][] trials = new double[count][1];
    for (double[] trial : trials) {
      trial[0] = mean + random.nextGaussian();
    }
    return trials;
  }
}
