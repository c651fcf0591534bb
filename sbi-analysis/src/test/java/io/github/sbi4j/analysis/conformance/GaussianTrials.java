package io.github.sbi4j.analysis.conformance;

import io.github.sbi4j.flows.posterior.ImportancePosterior;
import io.github.sbi4j.flows.posterior.Posterior;
import io.github.sbi4j.flows.posterior.UnnormalizedPosterior;
import io.github.sbi4j.flows.potential.PotentialSource;
import java.util.Arrays;

/** Independent trials of the linear Gaussian model, with the posterior given all of them. */
final class GaussianTrials {
  private static final int DRAWS = 1000;
  private static final int PROPOSALS = 20_000;

  private final GaussianModel model;
  private final double[][] trials;
  private final double[] mean;

  private GaussianTrials(GaussianModel model, double[][] trials, double[] mean) {
    this.model = model;
    this.trials = trials;
    this.mean = mean;
  }

  /** Trials of L values each, whose mean is zero: one of zeros, or three on a line. */
  static GaussianTrials around(GaussianModel model, int values, int count) {
    double[][] trials = new double[count][values];
    for (int i = 0; i < count; i++) {
      Arrays.fill(trials[i], 0.6 * (i - (count - 1) / 2.0));
    }
    return new GaussianTrials(model, trials, new double[values]);
  }

  double[][] seen() {
    return Arrays.stream(trials).map(model::seen).toArray(double[][]::new);
  }

  private GaussianModel exact() {
    return model.averaging(trials.length);
  }

  /** Draws of the exact posterior. */
  double[][] draws(long seed) {
    return exact().draws(DRAWS, seed, mean);
  }

  /** The C2ST of 1000 draws of the posterior given these trials and of the truth. */
  double score(UnnormalizedPosterior posterior, long seed) {
    return Gate.score(draws(seed), posterior.given(seen()).sample(DRAWS, seed).toArray());
  }

  /** KL(truth || learned), normalised by a mean over draws of the prior. */
  double divergence(PotentialSource learned, long seed) {
    ImportancePosterior posterior = ImportancePosterior.of(learned, seed).given(seen());
    double evidence = posterior.weighted(PROPOSALS, seed).logEvidence();
    double[][] draws = draws(seed + 77);
    double[] logs = posterior.logProb(draws);
    double sum = 0;
    for (int i = 0; i < draws.length; i++) {
      sum += exact().logProb(draws[i], mean) - (logs[i] - evidence);
    }
    return sum / draws.length;
  }

  /** The squared distance of the learned peak from the mean, which is the peak inside a box too. */
  double squaredErrorOfPeak(UnnormalizedPosterior posterior) {
    Posterior given = posterior.given(seen());
    double[] peak = given.map().toArray();
    double[] exact = exact().mean(mean);
    double sum = 0;
    for (int d = 0; d < peak.length; d++) {
      sum += (peak[d] - exact[d]) * (peak[d] - exact[d]);
    }
    return sum;
  }

  @Override
  public String toString() {
    return model
        + ", "
        + model.parameters()
        + " parameters, "
        + trials.length
        + " trials of "
        + mean.length;
  }
}
