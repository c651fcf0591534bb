package io.github.sbi4j.ppl.model;

import io.github.sbi4j.core.mcmc.Chains;
import io.github.sbi4j.core.mcmc.DifferentiableLogDensity;
import io.github.sbi4j.core.mcmc.InitialPoints;
import io.github.sbi4j.core.mcmc.Mcmc;
import io.github.sbi4j.core.mcmc.McmcSettings;
import io.github.sbi4j.core.mcmc.Nuts;
import io.github.sbi4j.flows.variational.VariationalFamily;
import io.github.sbi4j.flows.variational.VariationalFit;
import io.github.sbi4j.flows.variational.VariationalObjective;
import io.github.sbi4j.flows.variational.VariationalSettings;
import org.jspecify.annotations.Nullable;

/** The posterior of a model, with settings for drawing from it. Immutable. */
public final class ModelPosterior {
  /** Half the edge of the cube of unbounded numbers in which chains start, as in Stan. */
  private static final double RADIUS = 2;

  private final Model model;
  private final int chains;
  private final McmcSettings settings;
  private final Nuts nuts;

  private ModelPosterior(Model model, int chains, McmcSettings settings, Nuts nuts) {
    this.model = model;
    this.chains = chains;
    this.settings = settings;
    this.nuts = nuts;
  }

  static ModelPosterior of(Model model) {
    return new ModelPosterior(model, 4, McmcSettings.defaults(), Nuts.defaults());
  }

  /**
   * Sets the number of chains.
   *
   * @param chains at least one, 4 by default
   * @return the changed posterior
   * @throws IllegalArgumentException if it is less than one
   */
  public ModelPosterior withChains(int chains) {
    if (chains < 1) {
      throw new IllegalArgumentException("chains is " + chains + ", expected at least 1");
    }
    return new ModelPosterior(model, chains, settings, nuts);
  }

  /**
   * Sets the number of draws and the seed; other settings stay.
   *
   * @param settings for how long, from which seed, with how many threads
   * @return the changed posterior
   */
  public ModelPosterior with(McmcSettings settings) {
    return new ModelPosterior(model, chains, settings, nuts);
  }

  /**
   * Sets how NUTS adapts.
   *
   * @param nuts its settings
   * @return the changed posterior
   */
  public ModelPosterior with(Nuts nuts) {
    return new ModelPosterior(model, chains, settings, nuts);
  }

  /**
   * Draws by the No-U-Turn sampler, all chains in one batch.
   *
   * @return the draws
   * @throws IllegalStateException if the model has no latent value, or no start with a finite
   *     density is found
   */
  public PosteriorDraws nuts() {
    DifferentiableLogDensity target = model.target();
    return nuts(target, InitialPoints.uniform(target, chains, RADIUS, settings.seed()));
  }

  /**
   * Draws by the No-U-Turn sampler from given points.
   *
   * @param initial a point of unbounded numbers for each chain, as an approximation draws them
   * @return the draws
   * @throws IllegalArgumentException if a point has another size or no finite density
   */
  public PosteriorDraws nuts(double[]... initial) {
    return nuts(model.target(), initial);
  }

  private PosteriorDraws nuts(DifferentiableLogDensity target, double[][] initial) {
    Chains chains = Mcmc.sample(target, nuts, settings, initial);
    return new PosteriorDraws(model.trace(), chains, settings.seed());
  }

  /**
   * Climbs to the maximum of the posterior density, from several starts.
   *
   * @return the highest point found
   * @throws IllegalStateException if no climb ends at a flat point: a hierarchy's density often
   *     grows without bound where a group's scale goes to zero
   */
  public PosteriorMode map() {
    DifferentiableLogDensity density = model.density(false);
    ModeSearch.@Nullable Summit best = null;
    for (double[] start : InitialPoints.uniform(density, chains, RADIUS, settings.seed())) {
      ModeSearch.Summit summit = ModeSearch.from(density, start);
      if (summit.converged() && (best == null || summit.value() > best.value())) {
        best = summit;
      }
    }
    if (best == null) {
      throw new IllegalStateException(
          "none of "
              + chains
              + " climbs came to a maximum; the density may grow without bound where a scale goes to"
              + " zero: draw with nuts(), or give scales priors that vanish there");
    }
    return PosteriorMode.of(model.trace(), best);
  }

  /**
   * Fits an approximation by the reverse divergence (automatic differentiation variational
   * inference; Kucukelbir et al. 2017, JMLR 18): a start for chains, or a quick look.
   *
   * @param family {@link VariationalFamily} of independent normal variables (mean-field), of
   *     correlated ones (full-rank), or a flow
   * @return the approximation
   * @throws IllegalStateException if no start has a finite density
   */
  public ModelApproximation approximate(VariationalFamily family) {
    return approximate(family, VariationalSettings.defaults());
  }

  /**
   * Fits an approximation with a budget; see {@link #approximate(VariationalFamily)}.
   *
   * @param family among what the approximation is sought
   * @param budget steps and draws
   * @return the approximation
   * @throws IllegalStateException if no start has a finite density
   */
  public ModelApproximation approximate(VariationalFamily family, VariationalSettings budget) {
    DifferentiableLogDensity target = model.target();
    int points = Math.max(100, 4 * target.dimension());
    VariationalFit fit =
        VariationalFit.of(
            target,
            InitialPoints.uniform(target, points, 1, settings.seed()),
            family,
            VariationalObjective.reverseKl(),
            budget,
            settings.seed());
    return new ModelApproximation(model.trace(), fit);
  }
}
