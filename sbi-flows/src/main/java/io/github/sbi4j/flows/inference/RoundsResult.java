package io.github.sbi4j.flows.inference;

import io.github.sbi4j.flows.posterior.Posterior;
import java.util.List;

/**
 * What rounds of inference gave.
 *
 * @param <P> the kind of posterior
 * @param posterior the posterior after the last round, given the observation
 * @param rounds the rounds that this run did, in order; rounds that it found done in its folder are
 *     not among them
 */
public record RoundsResult<P extends Posterior>(P posterior, List<RoundReport> rounds) {
  /**
   * Copies the list.
   *
   * @param posterior the posterior after the last round, given the observation
   * @param rounds the rounds that this run did, in order
   */
  public RoundsResult {
    rounds = List.copyOf(rounds);
  }
}
