package io.github.sbi4j.flows.inference;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.flows.embedding.Embedding;
import io.github.sbi4j.flows.posterior.McmcPosterior;
import io.github.sbi4j.flows.posterior.Ratio;
import io.github.sbi4j.flows.ratio.Classifier;
import io.github.sbi4j.flows.ratio.RatioLoss;
import io.github.sbi4j.flows.ratio.Resnet;
import io.github.sbi4j.flows.ratio.Sre;

/**
 * Neural ratio estimation: learns r(theta, x) = p(x | theta) / p(x) by telling pairs of parameters
 * and their observation from pairs that do not belong together (Hermans, Begy and Louppe 2020;
 * Durkan, Murray and Papamakarios 2020).
 *
 * <p>The ratio serves any number of independent trials; the posterior takes a sampler. An
 * observation can be anything that a network can embed. Parameters are to be drawn from one
 * distribution, the prior or another inside its support.
 *
 * <p>Simulations can carry conditions, known of each trial, drawn apart from the parameters: the
 * ratio is then p(x | theta, c) / p(x | c), and is given them with the trials. They go past the
 * embedding of observations.
 *
 * <p>Simulations that fail are left out, with a warning: what is learned is then the ratio of valid
 * data.
 */
public final class SNRE extends NeuralInference<SNRE> {
  private Classifier classifier = Resnet.defaults();
  private RatioLoss loss = Sre.defaults();
  private Embedding embedding = Embedding.identity();
  private Embedding parameterEmbedding = Embedding.identity();

  private SNRE(Distribution prior) {
    super(prior);
  }

  /**
   * {@return an inference for parameters with the given prior, D values}
   *
   * @param prior the prior
   */
  public static SNRE with(Distribution prior) {
    return new SNRE(prior);
  }

  /**
   * Sets the network that tells pairs apart; {@link Resnet} unless set.
   *
   * @param classifier its settings
   * @return this inference
   */
  public SNRE classifier(Classifier classifier) {
    this.classifier = classifier;
    return this;
  }

  /**
   * Sets what the classifier minimises; {@link Sre} unless set.
   *
   * @param loss its settings
   * @return this inference
   */
  public SNRE loss(RatioLoss loss) {
    this.loss = loss;
    return this;
  }

  /**
   * Sets the network that observations go through first; none unless set.
   *
   * @param embedding its settings
   * @return this inference
   */
  public SNRE embedding(Embedding embedding) {
    this.embedding = embedding;
    return this;
  }

  /**
   * Sets the network that parameters go through first; none unless set.
   *
   * @param embedding its settings
   * @return this inference
   */
  public SNRE parameterEmbedding(Embedding embedding) {
    this.parameterEmbedding = embedding;
    return this;
  }

  /**
   * Appends parameters, the conditions of trials, and the observations simulated from both: what is
   * learned is then p(x | theta, c) / p(x | c). Simulations that {@linkplain
   * io.github.sbi4j.core.simulation.Simulations#conditions carry conditions} are appended as any.
   *
   * @param parameters N x D
   * @param conditions N x K; they vary apart from the parameters, and cover those of the experiment
   * @param observations N x L; rows with non-finite values are left out and counted
   * @return this inference
   * @throws IllegalArgumentException if widths do not fit, parameters lie outside the prior, a
   *     condition is not finite, or the rows before have other conditions
   */
  public SNRE appendSimulations(Samples parameters, Samples conditions, Samples observations) {
    return append(null, parameters, conditions, observations);
  }

  Embedding embedding() {
    return embedding;
  }

  Embedding parameterEmbedding() {
    return parameterEmbedding;
  }

  @Override
  SNRE self() {
    return this;
  }

  @Override
  Fit begin(TrainingRows rows) {
    RatioFit.Model model = new RatioFit.Model(classifier, parameterEmbedding, embedding);
    return new RatioFit(prior(), model, loss, networks(), training(), rows);
  }

  /** {@return the ratio with the weights as they are now} */
  public Ratio buildRatio() {
    return ((RatioFit) trained()).ratio(observationNames());
  }

  /**
   * {@return the posterior by Markov chains, with the weights as they are now; other samplers take
   * {@link #buildRatio}}
   */
  public McmcPosterior buildPosterior() {
    return McmcPosterior.of(buildRatio(), seed());
  }
}
