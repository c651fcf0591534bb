package io.github.sbi4j.flows.ratio;

import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.flows.embedding.Embedding;
import io.github.sbi4j.flows.embedding.EmbeddingNetwork;
import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.ParameterLayout;
import io.github.sbi4j.flows.tensor.Tensor;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Embedding networks of parameters and observations and a classifier over one layout of weights.
 */
public final class RatioModel {
  private static final int MOST_VALUES = 100;

  private final ParameterLayout layout = new ParameterLayout();
  private final Classifier classifierSettings;
  private final Embedding parameterSettings;
  private final Embedding observationSettings;
  private final EmbeddingNetwork parameters;
  private final EmbeddingNetwork observations;
  private final ClassifierNetwork classifier;
  private final @Nullable QuadraticTerms quadratic;

  /**
   * Builds the networks, for weights that are given later.
   *
   * @param settings the classifier
   * @param parameterEmbedding what parameters go through first
   * @param observationEmbedding what observations go through first
   * @param d the number of parameters, D
   * @param l the number of observed values, L
   * @param seed decides the first weights
   */
  public RatioModel(
      Classifier settings,
      Embedding parameterEmbedding,
      Embedding observationEmbedding,
      int d,
      int l,
      long seed) {
    this(settings, parameterEmbedding, observationEmbedding, d, l, seed, null);
  }

  /**
   * Builds the networks.
   *
   * @param settings the classifier
   * @param parameterEmbedding what parameters go through first
   * @param observationEmbedding what observations go through first
   * @param d the number of parameters, D
   * @param l the number of observed values, L
   * @param seed decides the first weights
   * @param start where quadratic terms start from, if the model {@link #hasQuadraticTerms has}
   *     them; null for zero
   */
  public RatioModel(
      Classifier settings,
      Embedding parameterEmbedding,
      Embedding observationEmbedding,
      int d,
      int l,
      long seed,
      @Nullable GaussianRatio start) {
    this.classifierSettings = settings;
    this.parameterSettings = parameterEmbedding;
    this.observationSettings = observationEmbedding;
    RandomGenerator random = RandomStreams.of(seed, 0);
    this.parameters =
        layout.within("parameters.", () -> parameterEmbedding.build(d, layout, random));
    this.observations =
        layout.within("observations.", () -> observationEmbedding.build(l, layout, random));
    this.classifier = settings.build(parameters.outputs() + observations.outputs(), layout, random);
    this.quadratic =
        hasQuadraticTerms(settings, parameterEmbedding, observationEmbedding, d + l)
            ? QuadraticTerms.create(layout, start == null ? GaussianRatio.zero(d + l) : start)
            : null;
  }

  /**
   * {@return whether a model has quadratic terms beside its classifier: unless an embedding network
   * comes first, the classifier is to be linear, or there are very many values}
   *
   * @param settings the classifier
   * @param parameterEmbedding what parameters go through first
   * @param observationEmbedding what observations go through first
   * @param size the number of parameters and observed values, D + L
   */
  public static boolean hasQuadraticTerms(
      Classifier settings, Embedding parameterEmbedding, Embedding observationEmbedding, int size) {
    return !(settings instanceof Linear)
        && parameterEmbedding.equals(Embedding.identity())
        && observationEmbedding.equals(Embedding.identity())
        && size <= MOST_VALUES;
  }

  /** {@return the settings of the classifier} */
  public Classifier classifier() {
    return classifierSettings;
  }

  /** {@return the settings of the network that parameters go through first} */
  public Embedding parameterEmbedding() {
    return parameterSettings;
  }

  /** {@return the settings of the network that observations go through first} */
  public Embedding embedding() {
    return observationSettings;
  }

  /** {@return where each matrix of weights lies, with the values to start from} */
  public ParameterLayout layout() {
    return layout;
  }

  /** {@return the number of features of an observation} */
  int observationFeatures() {
    return observations.outputs();
  }

  /**
   * {@return the features of standardised observations}
   *
   * @param ops the evaluation
   * @param x B x L
   */
  public Tensor observationFeatures(Operations ops, Tensor x) {
    return observations.apply(ops, x);
  }

  /**
   * {@return the features of standardised parameters}
   *
   * @param ops the evaluation
   * @param theta B x D
   */
  public Tensor parameterFeatures(Operations ops, Tensor theta) {
    return parameters.apply(ops, theta);
  }

  /**
   * {@return f(theta, x) of each row, B x 1}
   *
   * @param ops the evaluation
   * @param theta features of parameters, B rows
   * @param x features of observations, B rows
   */
  public Tensor logRatio(Operations ops, Tensor theta, Tensor x) {
    Tensor both = ops.concat(theta, x);
    Tensor logRatio = classifier.apply(ops, both);
    return quadratic == null ? logRatio : ops.add(logRatio, quadratic.apply(ops, both));
  }
}
