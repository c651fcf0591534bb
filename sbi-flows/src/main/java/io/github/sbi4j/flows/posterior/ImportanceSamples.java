package io.github.sbi4j.flows.posterior;

import io.github.sbi4j.core.sample.Samples;
import java.util.List;

/**
 * Draws of a proposal with weights that make them stand for the posterior.
 *
 * @param draws N x D
 * @param logWeights the logs of N Pareto-smoothed weights, which sum to one
 * @param paretoK the shape of the tail of the weights; above 0.7 they cannot be trusted
 * @param effectiveSampleSize how many independent draws of the posterior these are worth
 * @param logEvidence the log of the mean of the raw weights, log of the integral of exp(logProb)
 *     where the proposal's density is normalised
 */
public record ImportanceSamples(
    Samples draws,
    List<Double> logWeights,
    double paretoK,
    double effectiveSampleSize,
    double logEvidence) {
  /**
   * Copies the weights.
   *
   * @param draws N x D
   * @param logWeights the logs of N weights
   * @param paretoK the shape of their tail
   * @param effectiveSampleSize the number of independent draws they are worth
   * @param logEvidence the log of the mean of the raw weights
   */
  public ImportanceSamples {
    logWeights = List.copyOf(logWeights);
  }
}
