package io.github.sbi4j.flows.inference;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Proposal;
import io.github.sbi4j.core.distribution.RestrictedPrior;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.flows.embedding.Embedding;
import io.github.sbi4j.flows.estimator.DensityEstimator;
import io.github.sbi4j.flows.estimator.Mnle;
import io.github.sbi4j.flows.estimator.Nsf;
import io.github.sbi4j.flows.posterior.DirectPosterior;
import io.github.sbi4j.flows.posterior.HighestDensityRegion;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Truncated sequential neural posterior estimation for one observation: after each round the prior
 * is restricted to where the posterior holds parameters for possible, and simulations go on from
 * there (Deistler, Goncalves and Macke 2022).
 *
 * <p>In round r parameters come from the prior restricted to S<sub>r</sub>, which is
 * S<sub>r-1</sub> without the parameters whose density at the observation is below that of all but
 * 1e-4 of the posterior's mass. Since the regions are nested, parameters of every round that lie in
 * S<sub>r</sub> are draws of the prior restricted to S<sub>r</sub>, whatever round they come from.
 * So the networks are trained on these rows of all rounds by the plain loss, mean log
 * q(theta<sub>i</sub> | x<sub>i</sub>), which no density of a proposal corrects; what is learned is
 * the posterior of the restricted prior. At the observation it is the posterior, but for the mass
 * left out in each round.
 *
 * <pre>{@code
 * TSNPE inference = TSNPE.with(prior, observed);
 * for (int round = 0; round < 3; round++) {
 *   inference.appendSimulations(Simulations.run(simulator, inference.proposal(), 1_000, round)).train();
 * }
 * Samples samples = inference.buildPosterior().sample(10_000);
 * }</pre>
 */
public final class TSNPE extends NeuralInference<TSNPE> {
  private final double[] observation;
  private DensityEstimator estimator = Nsf.defaults();
  private Embedding embedding = Embedding.identity();
  private double excludedMass = 1e-4;
  private int candidates;
  private Distribution truncated;
  private @Nullable Distribution next;
  private final List<Distribution> truncations = new ArrayList<>();

  private TSNPE(Distribution prior, double[] observation) {
    super(prior);
    this.observation = observation;
    this.truncated = prior();
  }

  /**
   * {@return an inference with a prior, for one observation}
   *
   * @param prior the prior of D values
   * @param observation what was observed, L values
   * @throws IllegalArgumentException if there is none, or a value is not finite
   */
  public static TSNPE with(Distribution prior, double... observation) {
    if (observation.length == 0) {
      throw new IllegalArgumentException(
          "no observation, expected what was observed, which the prior is truncated for:"
              + " TSNPE.with(prior, observed); without one use SNPE");
    }
    for (double value : observation) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException(
            "the observation has the value "
                + value
                + ", expected finite numbers; the prior is truncated to what this observation allows");
      }
    }
    return new TSNPE(prior, observation.clone());
  }

  /**
   * Sets the density estimator; {@link Nsf} unless set.
   *
   * @param estimator its settings
   * @return this inference
   * @throws IllegalArgumentException if it is {@link Mnle}, which is for observations
   */
  public TSNPE densityEstimator(DensityEstimator estimator) {
    if (estimator instanceof Mnle) {
      throw new IllegalArgumentException(
          "Mnle is a likelihood of discrete observations: use it with SNLE; TSNPE takes Nsf, Maf or Mdn");
    }
    this.estimator = estimator;
    return this;
  }

  /**
   * Sets the network that observations go through first; none unless set.
   *
   * @param embedding its settings
   * @return this inference
   */
  public TSNPE embedding(Embedding embedding) {
    this.embedding = embedding;
    return this;
  }

  /**
   * Sets the share of the posterior's mass that each truncation leaves out; 1e-4 unless set.
   *
   * @param share between 0 and 1, exclusive; a greater one narrows faster and cuts off more
   * @return this inference
   */
  public TSNPE excludedMass(double share) {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException(
          "excluded mass is " + share + ", expected a share between 0 and 1, exclusive");
    }
    this.excludedMass = share;
    return this;
  }

  /**
   * Draws of the truncated prior are made by sampling importance resampling of draws of the
   * posterior, not by rejection of draws of the prior: for regions that are too small a part of the
   * prior. See {@link RestrictedPrior#resampledFrom} for how right that is.
   *
   * @param candidates the number of draws of the posterior for each one of the truncated prior, at
   *     least 2; a thousand is a usual number
   * @return this inference
   */
  public TSNPE resampling(int candidates) {
    if (candidates < 2) {
      throw new IllegalArgumentException(
          "candidates for each draw are "
              + candidates
              + ", expected at least 2, better a thousand");
    }
    this.candidates = candidates;
    return this;
  }

  @Override
  TSNPE append(
      @Nullable Proposal proposal,
      List<double[]> parameters,
      List<String> conditionNames,
      List<double[]> conditions,
      List<double[]> observations) {
    if (!conditionNames.isEmpty()) {
      throw new IllegalArgumentException(
          "the simulations have the conditions "
              + conditionNames
              + ", which TSNPE is not told; use SNLE or SNRE, whose posteriors are given trials with their conditions,"
              + " or make the conditions observed values");
    }
    if (proposal != null && !isOwn(proposal, parameters)) {
      throw new IllegalArgumentException(
          "the parameters come from "
              + proposal
              + ", which is neither the prior nor a truncated prior of this inference; simulate from proposal(), or take"
              + " SNPE, which corrects for other proposals");
    }
    return super.append(null, parameters, conditionNames, conditions, observations);
  }

  private boolean isOwn(Proposal proposal, List<double[]> parameters) {
    boolean truncation =
        proposal instanceof Distribution distribution
            && truncations.contains(distribution.unwrapped());
    return truncation
        || proposal.observation().isEmpty() && rows().rounds().countsAsPrior(proposal, parameters);
  }

  @Override
  TSNPE self() {
    return this;
  }

  /**
   * What to draw the parameters of the next round from: the prior before the first training, the
   * prior restricted by the posterior trained last after it.
   *
   * @return the prior or a {@link RestrictedPrior} of it
   */
  public Distribution proposal() {
    if (next == null) {
      next = isTrained() ? truncate(untruncated()) : truncated;
    }
    return next;
  }

  private RestrictedPrior truncate(DirectPosterior amortised) {
    DirectPosterior posterior = amortised.given(observation);
    long round = truncations.size() + 1;
    HighestDensityRegion region =
        HighestDensityRegion.of(posterior, excludedMass, RandomStreams.key(seed(), round));
    RestrictedPrior restricted = RestrictedPrior.of(truncated, region);
    if (candidates > 0) {
      restricted = restricted.resampledFrom(posterior, candidates);
    }
    truncations.add(restricted);
    return restricted;
  }

  /**
   * Trains from scratch on the rows of all rounds that lie in the region of the {@link #proposal}
   * that was last asked for.
   *
   * @return this inference
   * @throws IllegalStateException if there are too few valid rows there
   */
  @Override
  public TSNPE train() {
    truncated = next == null ? truncated : next;
    super.train();
    next = null;
    return this;
  }

  /**
   * Goes on training from the weights reached, on the rows that {@link #train} would use; the
   * standardisation stays.
   *
   * @return this inference
   */
  @Override
  public TSNPE resume() {
    truncated = next == null ? truncated : next;
    super.resume();
    next = null;
    return this;
  }

  /** Goes on as if a round had trained these networks. */
  DirectPosterior restore(DirectPosterior untruncated) {
    truncated = proposal();
    DirectPosterior posterior = forObservation(truncatedTo(untruncated));
    next = truncate(untruncated);
    return posterior;
  }

  @Override
  TrainingRows rowsToTrainOn() {
    return truncated instanceof RestrictedPrior restricted ? rows().within(restricted) : rows();
  }

  @Override
  Fit begin(TrainingRows rows) {
    // All rows count as the prior's, so that no correction is made.
    ProposalCorrection none = Atomic.defaults();
    return new PosteriorFit(
        prior(), new PosteriorFit.Model(estimator, embedding, true, none, null), networks(), rows);
  }

  /** What the networks say of the whole prior, of which they have seen a part. */
  DirectPosterior untruncated() {
    return ((PosteriorFit) trained()).posterior(observationNames());
  }

  /**
   * {@return the posterior given the observation, with the weights as they are now} Its prior is
   * the truncated one that it was learned with, its draws lie in that region, and it refuses any
   * other observation.
   */
  public DirectPosterior buildPosterior() {
    return forObservation(buildTruncatedPosterior());
  }

  /**
   * {@return the posterior for any observation, with the weights as they are now, under the
   * truncated prior that it was learned with} It serves to check calibration near the observation,
   * on simulations from {@code buildTruncatedPosterior().prior()}.
   */
  public DirectPosterior buildTruncatedPosterior() {
    return truncatedTo(untruncated());
  }

  private DirectPosterior truncatedTo(DirectPosterior all) {
    return DirectPosterior.of(
        all.density(), truncated, all.range(), all.seed(), all.provenance().orElseThrow());
  }

  private DirectPosterior forObservation(DirectPosterior posterior) {
    return posterior.learnedFor(observation).given(observation);
  }

  Embedding embedding() {
    return embedding;
  }

  double[] observation() {
    return observation.clone();
  }
}
