package io.github.sbi4j.flows.inference;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.progress.ProgressListener;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.flows.Device;
import io.github.sbi4j.flows.embedding.Embedding;
import io.github.sbi4j.flows.estimator.DensityEstimator;
import io.github.sbi4j.flows.estimator.Nsf;
import io.github.sbi4j.flows.posterior.DirectPosterior;
import io.github.sbi4j.flows.training.Training;
import io.github.sbi4j.flows.training.TrainingReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Neural posterior estimation: learns q(theta | x) from simulations by maximising the mean of log
 * q(theta<sub>i</sub> | x<sub>i</sub>) (Papamakarios and Murray 2016; Greenberg, Nonnenmacher and
 * Macke 2019).
 *
 * <p>The result is amortised: one training serves any observation. Settings are given first, then
 * simulations, then {@link #train} and {@link #buildPosterior}; a posterior that was built is not
 * changed by what follows. Not thread-safe.
 */
public final class SNPE {
  private final Distribution prior;
  private final TrainingRows rows;
  private DensityEstimator estimator = Nsf.defaults();
  private Embedding embedding = Embedding.identity();
  private Training training = Training.defaults();
  private ProgressListener listener = ProgressListener.NONE;
  private Device device = Device.cpu();
  private long seed = 1;
  private int ensemble = 1;
  private boolean unconstrained = true;
  private List<String> observationNames = List.of();
  private @Nullable PosteriorFit fit;

  private SNPE(Distribution prior) {
    this.prior = prior.checked();
    this.rows = new TrainingRows(this.prior);
  }

  /**
   * {@return an inference with the prior that the parameters are drawn from, D values}
   *
   * @param prior the prior
   */
  public static SNPE with(Distribution prior) {
    return new SNPE(prior);
  }

  /**
   * Sets the density estimator; {@link Nsf} unless set.
   *
   * @param estimator its settings
   * @return this inference
   */
  public SNPE densityEstimator(DensityEstimator estimator) {
    this.estimator = estimator;
    return this;
  }

  /**
   * Sets the network that observations go through first; none unless set.
   *
   * @param embedding its settings
   * @return this inference
   */
  public SNPE embedding(Embedding embedding) {
    this.embedding = embedding;
    return this;
  }

  /**
   * Sets how the network is trained.
   *
   * @param training the settings of the training loop
   * @return this inference
   */
  public SNPE training(Training training) {
    this.training = training;
    return this;
  }

  /**
   * Sets who hears how far training is.
   *
   * @param listener hears of each epoch
   * @return this inference
   */
  public SNPE progress(ProgressListener listener) {
    this.listener = listener;
    return this;
  }

  /**
   * Sets where the network is trained and evaluated; the processor unless set.
   *
   * @param device the device
   * @return this inference
   */
  public SNPE device(Device device) {
    this.device = device;
    return this;
  }

  /**
   * Sets the seed of everything random: first weights, split, order of rows, and draws that are not
   * given a seed.
   *
   * @param seed any number
   * @return this inference
   */
  public SNPE seed(long seed) {
    this.seed = seed;
    return this;
  }

  /**
   * Sets the number of networks, K, trained in parallel from different first weights and splits;
   * the posterior is their equally weighted mixture.
   *
   * @param networks K, at least 1
   * @return this inference
   */
  public SNPE ensemble(int networks) {
    if (networks < 1) {
      throw new IllegalArgumentException(
          "ensemble must have at least 1 network, but has " + networks);
    }
    this.ensemble = networks;
    return this;
  }

  /**
   * Sets whether a bounded prior is trained in unconstrained space, as it is unless set. If not,
   * the density may leak out of the prior: draws outside are rejected and the log-density is
   * normalised by the share inside.
   *
   * @param unconstrained true for unconstrained space
   * @return this inference
   */
  public SNPE unconstrained(boolean unconstrained) {
    this.unconstrained = unconstrained;
    return this;
  }

  /**
   * Appends simulations whose parameters were drawn from the prior; rows that failed are left out
   * and counted.
   *
   * @param simulations N rows of parameters and observations
   * @return this inference
   */
  public SNPE appendSimulations(Simulations simulations) {
    observationNames = simulations.observations().names();
    return appendSimulations(
        simulations.parameters().toArray(), simulations.observations().toArray());
  }

  /**
   * Appends parameters, N x D, drawn from the prior, and the observations simulated from them, N x
   * L.
   *
   * @param parameters N x D, drawn from the prior
   * @param observations N x L
   * @return this inference
   */
  public SNPE appendSimulations(Samples parameters, Samples observations) {
    observationNames = observations.names();
    return appendSimulations(parameters.toArray(), observations.toArray());
  }

  /**
   * Appends parameters and the observations simulated from them.
   *
   * @param parameters N x D, drawn from the prior
   * @param observations N x L; rows with non-finite values are left out and counted
   * @return this inference
   * @throws IllegalArgumentException if widths do not fit or parameters lie outside the prior
   */
  public SNPE appendSimulations(double[][] parameters, double[][] observations) {
    rows.append(parameters, observations);
    return this;
  }

  /**
   * Trains from scratch on all rows appended so far.
   *
   * @return this inference
   * @throws IllegalStateException if there are too few valid rows
   */
  public SNPE train() {
    PosteriorFit fresh =
        new PosteriorFit(prior, estimator, embedding, device, seed, ensemble, unconstrained, rows);
    fresh.train(rows, training, listener);
    fit = fresh;
    return this;
  }

  /**
   * Goes on training from the weights reached, with the settings as they are now and the rows
   * appended since; the standardisation stays. Trains from scratch if nothing was trained before.
   *
   * @return this inference
   */
  public SNPE resume() {
    if (fit == null) {
      return train();
    }
    fit.train(rows, training, listener);
    return this;
  }

  /** {@return how the last training went} */
  public TrainingReport report() {
    return trained().report();
  }

  /** {@return the posterior for any observation, with the weights as they are now} */
  public DirectPosterior buildPosterior() {
    return trained().posterior(observationNames);
  }

  private PosteriorFit trained() {
    if (fit == null) {
      throw new IllegalStateException(
          "nothing is trained yet: call appendSimulations and train first");
    }
    return fit;
  }
}
