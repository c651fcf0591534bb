package io.github.sbi4j.flows.file;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.flows.estimator.ConditionalDensity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a file holds of a posterior whose density was learned directly.
 *
 * @param prior the prior over the D parameters
 * @param density q(theta | x)
 * @param low the smallest simulated value of each of the L observed values
 * @param high the largest ones
 * @param seed decides draws that are not given a seed
 * @param observation the L values it is conditioned on, empty if on none yet
 * @param learnedFor the L values of the observation that its rounds were for, empty if it serves
 *     any
 * @param provenance what it was learned from, null if unknown
 */
public record SavedPosterior(
    Distribution prior,
    ConditionalDensity density,
    List<Double> low,
    List<Double> high,
    long seed,
    List<Double> observation,
    List<Double> learnedFor,
    @Nullable Provenance provenance) {
  /**
   * Copies the lists.
   *
   * @param prior the prior over the D parameters
   * @param density q(theta | x)
   * @param low the smallest simulated value of each of the L observed values
   * @param high the largest ones
   * @param seed decides draws that are not given a seed
   * @param observation the L values it is conditioned on, empty if on none yet
   * @param learnedFor the L values of the observation that its rounds were for, empty if it serves
   *     any
   * @param provenance what it was learned from, null if unknown
   */
  public SavedPosterior {
    low = List.copyOf(low);
    high = List.copyOf(high);
    observation = List.copyOf(observation);
    learnedFor = List.copyOf(learnedFor);
  }
}
