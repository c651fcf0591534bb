package io.github.sbi4j.flows.inference;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Support;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.flows.estimator.DensityEstimator;
import io.github.sbi4j.flows.estimator.Maf;
import io.github.sbi4j.flows.posterior.Likelihood;
import io.github.sbi4j.flows.posterior.McmcPosterior;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Neural likelihood estimation: learns q(x | theta) from simulations by maximising the mean of log
 * q(x<sub>i</sub> | theta<sub>i</sub>) (Papamakarios, Sterratt and Murray 2019, <a
 * href="https://arxiv.org/abs/1805.07226">arXiv:1805.07226</a>).
 *
 * <p>The likelihood serves any number of independent trials, any prior, and hierarchical models;
 * the posterior takes a sampler. Parameters may be drawn from any distribution inside the prior's
 * support. Observations are modelled in their own units: what is done to them on the way to the
 * networks (logarithms of positive ones, asinh of heavy-tailed ones, standardisation) is undone in
 * the density by its Jacobian.
 *
 * <p>Simulations can carry conditions, known of each trial: the likelihood is then p(x | theta, c),
 * and is given them with the trials.
 *
 * <p>Simulations that fail are left out, with a warning: what is learned is then the likelihood of
 * valid data.
 */
public final class SNLE extends NeuralInference<SNLE> {
  private DensityEstimator estimator = Maf.defaults();
  private @Nullable Support observationSupport;
  private final Map<Integer, Integer> lowerBounds = new TreeMap<>();

  private SNLE(Distribution prior) {
    super(prior);
  }

  /**
   * {@return an inference for parameters with the given prior, D values}
   *
   * @param prior the prior
   */
  public static SNLE with(Distribution prior) {
    return new SNLE(prior);
  }

  /**
   * Sets the density estimator; {@link Maf} unless set. Where observed columns are discrete, {@link
   * io.github.sbi4j.flows.estimator.Mnle} learns their probabilities.
   *
   * @param estimator its settings
   * @return this inference
   */
  public SNLE densityEstimator(DensityEstimator estimator) {
    this.estimator = estimator;
    return this;
  }

  /**
   * Sets where observations can lie; all of R<sup>L</sup> unless set. Positive values, times for
   * example, are then modelled through their logarithm, those between two bounds through a probit,
   * and the likelihood has no mass where there can be no data. Categorical columns of an {@link
   * io.github.sbi4j.flows.estimator.Mnle} need no bounds.
   *
   * @param support open bounds of the L observed values; every simulation has to lie inside
   * @return this inference
   */
  public SNLE observationSupport(Support support) {
    this.observationSupport = support;
    return this;
  }

  /**
   * Appends parameters, the conditions of trials, and the observations simulated from both: what is
   * learned is then p(x | theta, c). Simulations that {@linkplain
   * io.github.sbi4j.core.simulation.Simulations#conditions carry conditions} are appended as any.
   *
   * @param parameters N x D
   * @param conditions N x K; they vary apart from the parameters, and cover those of the experiment
   * @param observations N x L; rows with non-finite values are left out and counted
   * @return this inference
   * @throws IllegalArgumentException if widths do not fit, parameters lie outside the prior, a
   *     condition is not finite, or the rows before have other conditions
   */
  public SNLE appendSimulations(Samples parameters, Samples conditions, Samples observations) {
    return append(null, parameters, conditions, observations);
  }

  /**
   * Sets an observed value's lower bound to a parameter, x<sub>j</sub> &gt; theta<sub>k</sub>, as a
   * reaction time is longer than the non-decision time that is a part of it.
   *
   * <p>The distance x<sub>j</sub> - theta<sub>k</sub> is then modelled by its logarithm, and the
   * likelihood is zero where the value is not above the parameter. Nothing in simulations alone
   * tells a network so: it learns a density that is small there, and smooth where the true one has
   * an edge.
   *
   * @param value the index of the observed value, j, without an upper bound in {@link
   *     #observationSupport}; every simulation has to lie above the bound
   * @param parameter the name of the parameter
   * @return this inference
   * @throws IllegalArgumentException if there is no such parameter, or the index is negative
   */
  public SNLE observationLowerBound(int value, String parameter) {
    int index = prior().names().indexOf(parameter);
    if (index < 0) {
      throw new IllegalArgumentException(
          "no parameter is called " + parameter + "; the prior has " + prior().names());
    }
    if (value < 0) {
      throw new IllegalArgumentException("value is " + value + ", expected an index from 0");
    }
    lowerBounds.put(value, index);
    return this;
  }

  @Override
  SNLE self() {
    return this;
  }

  @Override
  Fit begin(TrainingRows rows) {
    return new LikelihoodFit(
        prior(), estimator, networks(), observationSupport, Map.copyOf(lowerBounds), rows);
  }

  /** {@return the likelihood with the weights as they are now} */
  public Likelihood buildLikelihood() {
    return ((LikelihoodFit) trained()).likelihood(observationNames());
  }

  /**
   * {@return the posterior by Markov chains, with the weights as they are now; other samplers take
   * {@link #buildLikelihood}}
   */
  public McmcPosterior buildPosterior() {
    return McmcPosterior.of(buildLikelihood(), seed());
  }
}
