package io.github.sbi4j.ppl.model;

import io.github.sbi4j.core.mcmc.DifferentiableLogDensity;
import io.github.sbi4j.ppl.draws.NamedDraws;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A probabilistic model: latent values with priors, and observations. Immutable.
 *
 * <p>The model's code runs once when the model is made. What it said is kept as a graph of
 * operations on arrays, which samplers evaluate for all chains at a time; errors come before any
 * sampling.
 */
public final class Model {
  private final ModelFunction function;
  private final Trace trace;

  private Model(ModelFunction function, Set<String> reparametrised) {
    this.function = function;
    this.trace = Trace.of(function, reparametrised);
  }

  /**
   * Makes a model of code.
   *
   * @param function the code, which does not read latent values
   * @return the model
   * @throws IllegalArgumentException if names are taken twice or shapes do not fit; the message
   *     names the site and its plates
   * @throws IllegalStateException if the code reads the number of a latent value
   */
  public static Model of(ModelFunction function) {
    return new Model(function, Set.of());
  }

  /**
   * The same model with some values not centred: it samples {@code theta_standard} and computes
   * {@code theta = location + scale theta_standard}, where a hierarchy with little data would
   * otherwise make a funnel.
   *
   * @param sites latent sites with a {@link io.github.sbi4j.ppl.distribution.LocationScale}
   *     distribution
   * @return a model with the same posterior
   * @throws IllegalArgumentException if there is no such site or its distribution has no such form
   */
  public Model reparam(String... sites) {
    Set<String> all = new LinkedHashSet<>(trace.reparametrised);
    all.addAll(Arrays.asList(sites));
    return new Model(function, all);
  }

  /** {@return the names of the values that draws have: latent and deterministic} */
  public List<String> names() {
    return List.copyOf(trace.reported.keySet());
  }

  /** {@return the names of what is observed} */
  public List<String> observed() {
    return trace.observed.stream().map(Site::name).toList();
  }

  /**
   * The log of the joint density as a function of unbounded numbers, log-determinants included: the
   * target of samplers.
   *
   * @return the target, which may be called from several threads
   * @throws IllegalStateException if there is no latent value
   */
  public DifferentiableLogDensity target() {
    return density(true);
  }

  DifferentiableLogDensity density(boolean withDeterminants) {
    if (trace.latents.isEmpty()) {
      throw new IllegalStateException(
          "the model has no latent value to infer; sample one, or draw with priorPredictive");
    }
    return new TracedDensity(trace.free(), trace.logDensity(withDeterminants));
  }

  /** {@return the posterior, with settings for drawing from it} */
  public ModelPosterior posterior() {
    return ModelPosterior.of(this);
  }

  /**
   * Draws latent values, and then what is observed, from the prior.
   *
   * @param draws the number of draws, N
   * @param seed the seed; draw i uses the stream (seed, i)
   * @return one chain of N draws of latent, deterministic and observed values
   * @throws UnsupportedOperationException if a prior is improper
   */
  public NamedDraws priorPredictive(int draws, long seed) {
    return Predictive.prior(trace, draws, seed);
  }

  Trace trace() {
    return trace;
  }

  @Override
  public String toString() {
    return "Model of " + names() + " given " + observed();
  }
}
