package io.github.sbi4j.flows.inference;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Proposal;
import io.github.sbi4j.flows.embedding.Embedding;
import io.github.sbi4j.flows.estimator.DensityEstimator;
import io.github.sbi4j.flows.estimator.Mnle;
import io.github.sbi4j.flows.estimator.Nsf;
import io.github.sbi4j.flows.posterior.DirectPosterior;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Neural posterior estimation: learns q(theta | x) from simulations by maximising the mean of log
 * q(theta<sub>i</sub> | x<sub>i</sub>) (Papamakarios and Murray 2016; Greenberg, Nonnenmacher and
 * Macke 2019).
 *
 * <p>Trained on simulations of the prior the result is amortised: one training serves any
 * observation. Simulations can also be proposed by the posterior of a round before, given the one
 * observation of interest, which needs fewer of them; a {@link ProposalCorrection} makes up for
 * where they come from, and the result serves that observation alone. Simulations that fail may be
 * left out: the posterior given a valid observation is learned from valid simulations alone.
 */
public final class SNPE extends NeuralInference<SNPE> {
  private DensityEstimator estimator = Nsf.defaults();
  private Embedding embedding = Embedding.identity();
  private boolean unconstrained = true;
  private ProposalCorrection correction = Atomic.defaults();
  private @Nullable CalibrationKernel kernel;

  private SNPE(Distribution prior) {
    super(prior);
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
   * @throws IllegalArgumentException if it is {@link Mnle}, which is for observations
   */
  public SNPE densityEstimator(DensityEstimator estimator) {
    if (estimator instanceof Mnle) {
      throw new IllegalArgumentException(
          "Mnle is a likelihood of discrete observations: use it with SNLE; SNPE takes Nsf, Maf or Mdn");
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
  public SNPE embedding(Embedding embedding) {
    this.embedding = embedding;
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
   * Sets how the posterior is learned from parameters that a posterior or another distribution
   * proposed; {@link Atomic} unless set. Without such rows it does not matter.
   *
   * @param correction its settings
   * @return this inference
   */
  public SNPE correction(ProposalCorrection correction) {
    this.correction = correction;
    return this;
  }

  @Override
  SNPE append(
      @Nullable Proposal proposal,
      List<double[]> parameters,
      List<String> conditionNames,
      List<double[]> conditions,
      List<double[]> observations) {
    if (!conditionNames.isEmpty()) {
      throw new IllegalArgumentException(
          "the simulations have the conditions "
              + conditionNames
              + ", which SNPE is not told; use SNLE or SNRE, whose posteriors are given trials with their conditions,"
              + " or make the conditions observed values");
    }
    requireOneObservation(proposal);
    return super.append(proposal, parameters, conditionNames, conditions, observations);
  }

  private void requireOneObservation(@Nullable Proposal proposal) {
    Optional<double[]> before = rows().rounds().observation();
    if (proposal == null && rows().rounds().sequential()) {
      throw new IllegalArgumentException(
          "the rows before were proposed by "
              + rows().rounds().proposals().size()
              + " different distributions, but it is not said where these come from; give the proposal:"
              + " simulations.proposedBy(prior), or appendSimulations(parameters, observations, proposal)");
    }
    if (proposal == null || before.isEmpty() || proposal.observation().isEmpty()) {
      return;
    }
    if (!Arrays.equals(before.get(), proposal.observation().get())) {
      throw new IllegalArgumentException(
          "the proposal is a posterior given "
              + Arrays.toString(proposal.observation().get())
              + ", but the rounds before were for "
              + Arrays.toString(before.get())
              + "; rounds serve one observation: begin a new SNPE for the other one");
    }
  }

  /**
   * Sets how much simulations count, by their observation; all the same unless set. Not with {@link
   * Atomic} after the first round.
   *
   * @param kernel the weight of a simulation
   * @return this inference
   */
  public SNPE calibrationKernel(CalibrationKernel kernel) {
    this.kernel = kernel;
    return this;
  }

  Embedding embedding() {
    return embedding;
  }

  @Override
  SNPE self() {
    return this;
  }

  @Override
  TrainingRows rowsToTrainOn() {
    boolean last = correction instanceof PostHoc && rows().rounds().sequential();
    return last ? rows().ofLastRound() : rows();
  }

  @Override
  Fit begin(TrainingRows rows) {
    PosteriorFit.Model model =
        new PosteriorFit.Model(estimator, embedding, unconstrained, correction, kernel);
    return new PosteriorFit(prior(), model, networks(), rows);
  }

  /** {@return the posterior for any observation, with the weights as they are now} */
  public DirectPosterior buildPosterior() {
    return ((PosteriorFit) trained()).posterior(observationNames());
  }
}
