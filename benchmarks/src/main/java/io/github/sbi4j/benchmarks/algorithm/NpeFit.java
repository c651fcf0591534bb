package io.github.sbi4j.benchmarks.algorithm;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.flows.Device;
import io.github.sbi4j.flows.estimator.DensityEstimator;
import io.github.sbi4j.flows.estimator.Maf;
import io.github.sbi4j.flows.estimator.Mdn;
import io.github.sbi4j.flows.estimator.Nsf;
import io.github.sbi4j.flows.inference.SNPE;
import io.github.sbi4j.flows.posterior.DirectPosterior;
import io.github.sbi4j.flows.tensor.Activation;
import io.github.sbi4j.flows.training.Training;
import io.github.sbi4j.flows.training.TrainingReport;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A trained posterior estimator: the adapter between the benchmark's names and the library's types.
 */
public final class NpeFit {
  /** The names of the density estimators. */
  public static final List<String> ESTIMATORS = List.of("maf", "maf-relu", "nsf", "mdn");

  /** The names of the devices. */
  public static final List<String> DEVICES = List.of("cpu", "torch", "cuda");

  private final DirectPosterior posterior;
  private final TrainingReport report;

  private NpeFit(DirectPosterior posterior, TrainingReport report) {
    this.posterior = posterior;
    this.report = report;
  }

  /**
   * Trains.
   *
   * @param prior the prior over D parameters
   * @param simulations what to learn from
   * @param settings estimator, ensemble, seed and device
   * @param training how to train
   * @return the trained estimator
   */
  public static NpeFit train(
      Distribution prior, Simulations simulations, Settings settings, Training training) {
    SNPE inference =
        SNPE.with(prior)
            .densityEstimator(estimator(settings.estimator()))
            .seed(settings.seed())
            .training(training.withThreads(settings.threads()))
            .ensemble(settings.ensemble())
            .device(device(settings));
    DirectPosterior posterior = inference.appendSimulations(simulations).train().buildPosterior();
    return new NpeFit(posterior.withThreads(settings.threads()), inference.report());
  }

  static Device device(Settings settings) {
    return Device.valueOf(settings.device().toUpperCase(Locale.ROOT));
  }

  /** How the training went. */
  public TrainingReport report() {
    return report;
  }

  /**
   * Draws from the posterior.
   *
   * @param observed the observation, L values
   * @param count the number of draws
   * @param seed the seed
   * @return rows of D parameters
   */
  public Samples sample(double[] observed, int count, long seed) {
    return posterior.given(observed).sample(count, seed);
  }

  /**
   * The log of the posterior's density over the original parameters.
   *
   * @param observed the observation, L values
   * @param parameters rows of D parameters
   * @return one value per row
   */
  public double[] logProb(double[] observed, double[][] parameters) {
    return posterior.given(observed).logProb(parameters);
  }

  /**
   * The mean over simulations of the log of the posterior's density at their own parameters.
   *
   * @param simulations simulations that were not learned from
   * @return the mean of log q(&theta;<sub>i</sub> | x<sub>i</sub>)
   */
  public double meanLogProb(Simulations simulations) {
    double[] each =
        posterior.logProbEach(
            simulations.parameters().toArray(), simulations.observations().toArray());
    return Arrays.stream(each).average().orElseThrow();
  }

  /**
   * {@return an estimator with its default settings}
   *
   * @param name one of {@link #ESTIMATORS}
   */
  public static DensityEstimator estimator(String name) {
    return switch (name) {
      case "maf" -> Maf.defaults();
      case "maf-relu" -> Maf.defaults().withActivation(Activation.RELU);
      case "nsf" -> Nsf.defaults();
      case "mdn" -> Mdn.defaults();
      default ->
          throw new IllegalArgumentException(
              "--estimator %s is not one of %s".formatted(name, String.join(", ", ESTIMATORS)));
    };
  }
}
