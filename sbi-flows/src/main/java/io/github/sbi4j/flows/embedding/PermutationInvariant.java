package io.github.sbi4j.flows.embedding;

import io.github.sbi4j.flows.network.MultilayerPerceptron;
import io.github.sbi4j.flows.tensor.ParameterLayout;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * A network of each trial, the mean or sum over trials, then a network of that; for sets of
 * independent trials, whose order does not matter (Zaheer et al. 2017, Deep Sets; Chan et al.
 * 2018).
 *
 * <p>An observation of T trials with F features each is the L = T F values trial after trial. With
 * {@link #withVariableTrials()} an observation says itself how many trials it has: its first value
 * is their number n, 0 to T, then come n trials, then padding of any finite values up to L = 1 + T
 * F values, which is never looked at; n itself also reaches the last network, as log((1 + n) / (1 +
 * T)). {@link #observation} packs trials in this way. A feature shares location and scale over all
 * trials when observations are standardised.
 */
public final class PermutationInvariant implements Embedding {
  /** How the outputs of the trials are put together. */
  public enum Aggregation {
    /** Their mean, of one scale for any number of trials. */
    MEAN,
    /** Their sum, which grows with the number of trials. */
    SUM
  }

  private static final PermutationInvariant DEFAULTS =
      new PermutationInvariant(
          1,
          false,
          Aggregation.MEAN,
          FullyConnected.defaults(),
          FullyConnected.defaults().withHiddenLayers(1));

  private final int features;
  private final boolean variableTrials;
  private final Aggregation aggregation;
  private final FullyConnected trialNetwork;
  private final FullyConnected network;

  private PermutationInvariant(
      int features,
      boolean variableTrials,
      Aggregation aggregation,
      FullyConnected trialNetwork,
      FullyConnected network) {
    this.features = Checks.atLeast("features", features, 1);
    this.variableTrials = variableTrials;
    this.aggregation = aggregation;
    this.trialNetwork = trialNetwork;
    this.network = network;
  }

  /**
   * {@return the default settings: one feature a trial, as many trials in every observation, their
   * mean}
   */
  public static PermutationInvariant defaults() {
    return DEFAULTS;
  }

  /** {@return the number of values of each trial, F} */
  public int features() {
    return features;
  }

  /** {@return whether the first value of an observation is its number of trials} */
  public boolean variableTrials() {
    return variableTrials;
  }

  /** {@return how the outputs of the trials are put together} */
  public Aggregation aggregation() {
    return aggregation;
  }

  /** {@return the settings of the network of each trial} */
  public FullyConnected trialNetwork() {
    return trialNetwork;
  }

  /** {@return the settings of the network after the mean or sum} */
  public FullyConnected network() {
    return network;
  }

  /**
   * {@return these settings with another number of values of each trial}
   *
   * @param features at least 1
   */
  public PermutationInvariant withFeatures(int features) {
    return new PermutationInvariant(features, variableTrials, aggregation, trialNetwork, network);
  }

  /** {@return these settings for observations whose first value is their number of trials} */
  public PermutationInvariant withVariableTrials() {
    return new PermutationInvariant(features, true, aggregation, trialNetwork, network);
  }

  /**
   * {@return these settings with another way of putting trials together}
   *
   * @param aggregation mean or sum
   */
  public PermutationInvariant withAggregation(Aggregation aggregation) {
    return new PermutationInvariant(features, variableTrials, aggregation, trialNetwork, network);
  }

  /**
   * {@return these settings with another network of each trial}
   *
   * @param trialNetwork its settings
   */
  public PermutationInvariant withTrialNetwork(FullyConnected trialNetwork) {
    return new PermutationInvariant(features, variableTrials, aggregation, trialNetwork, network);
  }

  /**
   * {@return these settings with another network after the mean or sum}
   *
   * @param network its settings
   */
  public PermutationInvariant withNetwork(FullyConnected network) {
    return new PermutationInvariant(features, variableTrials, aggregation, trialNetwork, network);
  }

  /**
   * {@return these settings with another number of features}
   *
   * @param outputs at least 1
   */
  public PermutationInvariant withOutputs(int outputs) {
    return withNetwork(network.withOutputs(outputs));
  }

  /**
   * Packs trials into an observation.
   *
   * @param trials n x F
   * @param most the number of trials that an observation has room for, T; n itself unless trials
   *     are variable
   * @return T F values, or with variable trials 1 + T F: n, the trials, zeros
   * @throws IllegalArgumentException if there are too many or too few trials, or a trial has not F
   *     values
   */
  public double[] observation(double[][] trials, int most) {
    if (trials.length > most || (!variableTrials && trials.length < most)) {
      throw new IllegalArgumentException(
          trials.length
              + " trials do not make an observation of "
              + (variableTrials ? "at most " : "")
              + most
              + "; the number of trials differs between observations only with withVariableTrials");
    }
    int first = variableTrials ? 1 : 0;
    double[] row = new double[first + most * features];
    if (variableTrials) {
      row[0] = trials.length;
    }
    for (int t = 0; t < trials.length; t++) {
      if (trials[t].length != features) {
        throw new IllegalArgumentException(
            "trial "
                + t
                + " has "
                + trials[t].length
                + " values, expected "
                + features
                + "; set withFeatures");
      }
      System.arraycopy(trials[t], 0, row, first + t * features, features);
    }
    return row;
  }

  @Override
  public EmbeddingNetwork build(int inputs, ParameterLayout layout, RandomGenerator random) {
    int trials = trials(inputs);
    MultilayerPerceptron each =
        trialNetwork.perceptron("embedding.trial", features, layout, random);
    int pooled = trialNetwork.outputs() + (variableTrials ? 1 : 0);
    MultilayerPerceptron last = network.perceptron("embedding.network", pooled, layout, random);
    return new TrialNetwork(this, trials, each, last);
  }

  @Override
  public int[] columnGroups(int inputs) {
    trials(inputs);
    int first = variableTrials ? 1 : 0;
    return IntStream.range(0, inputs).map(j -> j < first ? -1 : (j - first) % features).toArray();
  }

  @Override
  public int dataLength(double[] observation) {
    if (!variableTrials) {
      return observation.length;
    }
    double count = observation[0];
    int most = trials(observation.length);
    if (!(count >= 0 && count <= most && count == Math.rint(count))) {
      throw new IllegalArgumentException(
          "the first value of an observation is its number of trials, but is "
              + count
              + "; expected a whole number from 0 to "
              + most
              + ", with withVariableTrials and "
              + observation.length
              + " values");
    }
    return 1 + (int) count * features;
  }

  private int trials(int inputs) {
    int values = variableTrials ? inputs - 1 : inputs;
    if (values < features || values % features != 0) {
      String expected = variableTrials ? "the number of trials and then " : "";
      throw new IllegalArgumentException(
          "an observation of "
              + inputs
              + " values is not "
              + expected
              + "a number of trials of "
              + features
              + " values each; set withFeatures to the number of values of a trial");
    }
    return values / features;
  }

  @Override
  public String toString() {
    return "PermutationInvariant[features="
        + features
        + ", variableTrials="
        + variableTrials
        + ", aggregation="
        + aggregation
        + ", trialNetwork="
        + trialNetwork
        + ", network="
        + network
        + "]";
  }
}
