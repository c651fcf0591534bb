package io.github.sbi4j.flows.estimator;

import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.flows.embedding.Embedding;
import io.github.sbi4j.flows.embedding.EmbeddingNetwork;
import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.ParameterLayout;
import io.github.sbi4j.flows.tensor.Tensor;
import java.util.random.RandomGenerator;

/**
 * An embedding network and a density network over one layout of weights.
 *
 * <p>Its structure depends on the settings and the numbers of columns alone; the seed decides only
 * where the weights begin.
 */
public final class DensityModel {
  private final ParameterLayout layout = new ParameterLayout();
  private final DensityEstimator estimatorSettings;
  private final Embedding embeddingSettings;
  private final EmbeddingNetwork embedding;
  private final DensityNetwork network;

  private DensityModel(
      DensityEstimator estimator, Embedding embedding, int targets, int contexts, long seed) {
    this.estimatorSettings = estimator;
    this.embeddingSettings = embedding;
    RandomGenerator random = RandomStreams.of(seed, 0);
    this.embedding = embedding.build(contexts, layout, random);
    this.network = estimator.build(targets, this.embedding.outputs(), layout, random);
  }

  /**
   * Builds the networks.
   *
   * @param estimator the settings of the density estimator
   * @param embedding the settings of the embedding network
   * @param targets the number of target values, D
   * @param contexts the number of context values before embedding, L
   * @param seed decides the first weights
   * @return the networks with the weights to start from
   */
  public static DensityModel build(
      DensityEstimator estimator, Embedding embedding, int targets, int contexts, long seed) {
    return new DensityModel(estimator, embedding, targets, contexts, seed);
  }

  /** {@return the settings of the density estimator} */
  public DensityEstimator estimator() {
    return estimatorSettings;
  }

  /** {@return the settings of the embedding network} */
  public Embedding embedding() {
    return embeddingSettings;
  }

  /** {@return where each matrix of weights lies, with the values to start from} */
  public ParameterLayout layout() {
    return layout;
  }

  /**
   * {@return what the density sees of standardised contexts: their embedding, B x E}
   *
   * @param ops the evaluation
   * @param context standardised contexts, B x L
   */
  public Tensor features(Operations ops, Tensor context) {
    return embedding.apply(ops, context);
  }

  /**
   * {@return the log-density of standardised targets, B x D, given standardised contexts, B x L: B
   * x 1}
   *
   * @param ops the evaluation
   * @param target standardised targets, B x D
   * @param context standardised contexts, B x L, or 1 x L for all
   */
  public Tensor logProb(Operations ops, Tensor target, Tensor context) {
    return network.logProb(ops, target, embedding.apply(ops, context));
  }

  /**
   * {@return the log-density of {@code draws} targets in succession for each of N contexts: (N
   * draws) x 1}
   *
   * @param ops the evaluation
   * @param target standardised targets, (N draws) x D; those of one context have the same values in
   *     categorical columns
   * @param context standardised contexts, N x L
   * @param draws the number of targets for each context
   */
  public Tensor logProb(Operations ops, Tensor target, Tensor context, int draws) {
    return network.logProb(ops, target, embedding.apply(ops, context), draws);
  }

  /** The log-probability of each value of the one column, which is categorical: B x K. */
  Tensor logProbabilities(Operations ops, Tensor context) {
    return ((MixedNetwork) network).logProbabilities(ops, embedding.apply(ops, context));
  }

  /**
   * {@return the parameters of the Gaussian mixtures that an {@link Mdn} gives, B x (K (1 + 2 D + D
   * (D - 1) / 2)): logits, means, logarithms of the diagonals of the factors of precisions, and the
   * values above them, as {@link Operations#mixtureLogProb} takes them}
   *
   * @param ops the evaluation
   * @param context standardised contexts, B x L
   * @throws IllegalStateException if the estimator is no {@link Mdn}
   */
  public Tensor mixtures(Operations ops, Tensor context) {
    return mixture().parameters(ops, embedding.apply(ops, context));
  }

  /**
   * {@return the log-density of each target under the mixture of its row, B x 1}
   *
   * @param ops the evaluation
   * @param target standardised targets, B x D
   * @param mixtures what {@link #mixtures} gave
   */
  public Tensor mixtureLogProb(Operations ops, Tensor target, Tensor mixtures) {
    return mixture().logProbOf(ops, target, mixtures);
  }

  private MixtureDensityNetwork mixture() {
    if (network instanceof MixtureDensityNetwork mixture) {
      return mixture;
    }
    throw new IllegalStateException(estimatorSettings + " gives no Gaussian mixtures; Mdn does");
  }

  /**
   * Draws standardised targets for each of N standardised contexts: (N draws) x D.
   *
   * @param ops the evaluation
   * @param context standardised contexts, B x L
   * @param draws the number of targets for each context
   * @param random the source of chance
   * @return (N draws) x D, the draws of the first context first
   */
  public Tensor sample(Operations ops, Tensor context, int draws, RandomGenerator random) {
    return network.sample(ops, embedding.apply(ops, context), draws, random);
  }
}
