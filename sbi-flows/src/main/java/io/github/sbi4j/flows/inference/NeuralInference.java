package io.github.sbi4j.flows.inference;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Proposal;
import io.github.sbi4j.core.progress.ProgressListener;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.flows.Device;
import io.github.sbi4j.flows.training.Training;
import io.github.sbi4j.flows.training.TrainingReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the neural methods share: settings are given first, then simulations, then {@link #train};
 * what was built from the trained networks is not changed by what follows. Not thread-safe.
 *
 * @param <S> the method itself, which every setting gives back
 */
public abstract sealed class NeuralInference<S extends NeuralInference<S>>
    permits SNPE, SNLE, SNRE, TSNPE {
  private final Distribution prior;
  private final TrainingRows rows;
  private Training training = Training.defaults();
  private ProgressListener listener = ProgressListener.NONE;
  private Device device = Device.cpu();
  private long seed = 1;
  private int ensemble = 1;
  private List<String> observationNames = List.of();
  private @Nullable Fit fit;

  NeuralInference(Distribution prior) {
    this.prior = prior.checked();
    this.rows = new TrainingRows(this.prior);
  }

  /** {@return this} */
  abstract S self();

  /** {@return untrained networks for the rows, by the settings as they are now} */
  abstract Fit begin(TrainingRows rows);

  Distribution prior() {
    return prior;
  }

  /** {@return the rows that a training is to see, all unless overridden} */
  TrainingRows rowsToTrainOn() {
    return rows;
  }

  TrainingRows rows() {
    return rows;
  }

  Networks.Settings networks() {
    return new Networks.Settings(device, seed, ensemble);
  }

  Training training() {
    return training;
  }

  long seed() {
    return seed;
  }

  List<String> observationNames() {
    return observationNames;
  }

  /**
   * Sets how the network is trained.
   *
   * @param training the settings of the training loop
   * @return this inference
   */
  public S training(Training training) {
    this.training = training;
    return self();
  }

  /**
   * Sets who hears how far training is.
   *
   * @param listener hears of each epoch
   * @return this inference
   */
  public S progress(ProgressListener listener) {
    this.listener = listener;
    return self();
  }

  /**
   * Sets where the network is trained and evaluated; the processor unless set.
   *
   * @param device the device
   * @return this inference
   */
  public S device(Device device) {
    this.device = device;
    return self();
  }

  /**
   * Sets the seed of everything random: first weights, split, order of rows, and draws that are not
   * given a seed.
   *
   * @param seed any number
   * @return this inference
   */
  public S seed(long seed) {
    this.seed = seed;
    return self();
  }

  /**
   * Sets the number of networks, K, trained in parallel from different first weights and splits;
   * what is built mixes them with equal weights.
   *
   * @param networks K, at least 1
   * @return this inference
   */
  public S ensemble(int networks) {
    if (networks < 1) {
      throw new IllegalArgumentException(
          "ensemble must have at least 1 network, but has " + networks);
    }
    this.ensemble = networks;
    return self();
  }

  /**
   * Appends simulations, which know the proposal that their parameters come from; rows that failed
   * are left out and counted. What that does to the result depends on the method, which says so.
   *
   * @param simulations N rows of parameters and observations
   * @return this inference
   * @throws IllegalArgumentException if widths do not fit, parameters lie outside the prior, or a
   *     proposal has other parameters than the prior
   */
  public S appendSimulations(Simulations simulations) {
    for (Simulations part : simulations.byProposal()) {
      append(
          part.proposal().orElse(null),
          part.parameters(),
          part.conditions().orElse(null),
          part.observations());
    }
    return self();
  }

  /**
   * Appends parameters, N x D, drawn from the prior, and the observations simulated from them, N x
   * L.
   *
   * @param parameters N x D, drawn from the prior
   * @param observations N x L
   * @return this inference
   */
  public S appendSimulations(Samples parameters, Samples observations) {
    return append(null, parameters, null, observations);
  }

  /**
   * Appends parameters and the observations simulated from them.
   *
   * @param parameters N x D, drawn from the prior
   * @param observations N x L; rows with non-finite values are left out and counted
   * @return this inference
   * @throws IllegalArgumentException if widths do not fit or parameters lie outside the prior
   */
  public S appendSimulations(double[][] parameters, double[][] observations) {
    return append(
        null, RowLists.copyOf(parameters), List.of(), List.of(), RowLists.copyOf(observations));
  }

  /**
   * Appends parameters drawn from a proposal and the observations simulated from them.
   *
   * @param parameters N x D
   * @param observations N x L; rows with non-finite values are left out and counted
   * @param proposal where the parameters were drawn from: the prior, or a posterior given an
   *     observation
   * @return this inference
   * @throws IllegalArgumentException if widths do not fit, parameters lie outside the prior, or the
   *     proposal has other parameters than the prior
   */
  public S appendSimulations(double[][] parameters, double[][] observations, Proposal proposal) {
    return append(
        proposal, RowLists.copyOf(parameters), List.of(), List.of(), RowLists.copyOf(observations));
  }

  /** Appends rows with conditions or, if they are null, without. */
  final S append(
      @Nullable Proposal proposal,
      Samples parameters,
      @Nullable Samples conditions,
      Samples observations) {
    append(
        proposal,
        RowLists.of(parameters),
        conditions == null ? List.of() : conditions.names(),
        RowLists.of(conditions),
        RowLists.of(observations));
    observationNames = observations.names();
    return self();
  }

  /** Appends rows; those of no proposal are of the prior. */
  S append(
      @Nullable Proposal proposal,
      List<double[]> parameters,
      List<String> conditionNames,
      List<double[]> conditions,
      List<double[]> observations) {
    rows.append(proposal, parameters, conditionNames, conditions, observations);
    return self();
  }

  /**
   * Trains from scratch on all rows appended so far.
   *
   * @return this inference
   * @throws IllegalStateException if there are too few valid rows
   */
  public S train() {
    TrainingRows chosen = rowsToTrainOn();
    Fit fresh = begin(chosen);
    fresh.run(chosen, training, listener);
    fit = fresh;
    return self();
  }

  /**
   * Goes on training from the weights reached, with the settings as they are now and the rows
   * appended since; the standardisation stays. Trains from scratch if nothing was trained before.
   *
   * @return this inference
   */
  public S resume() {
    if (fit == null) {
      return train();
    }
    fit.run(rowsToTrainOn(), training, listener);
    return self();
  }

  /** {@return how the last training went} */
  public TrainingReport report() {
    return trained().report();
  }

  boolean isTrained() {
    return fit != null;
  }

  Fit trained() {
    if (fit == null) {
      throw new IllegalStateException(
          "nothing is trained yet: call appendSimulations and train first");
    }
    return fit;
  }
}
