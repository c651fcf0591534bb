package io.github.sbi4j.flows.file;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.flows.ratio.ConditionalRatio;
import java.util.List;

/**
 * What a file holds of a learned ratio.
 *
 * @param prior the prior over the D parameters
 * @param ratio r(theta, x)
 * @param low the smallest simulated value of each of the L observed values
 * @param high the largest ones
 * @param conditions the conditions that it was learned under
 * @param provenance what it was learned from
 */
public record SavedRatio(
    Distribution prior,
    ConditionalRatio ratio,
    List<Double> low,
    List<Double> high,
    SavedConditions conditions,
    Provenance provenance) {
  /**
   * Copies the lists.
   *
   * @param prior the prior over the D parameters
   * @param ratio r(theta, x)
   * @param low the smallest simulated value of each of the L observed values
   * @param high the largest ones
   * @param conditions the conditions that it was learned under
   * @param provenance what it was learned from
   */
  public SavedRatio {
    low = List.copyOf(low);
    high = List.copyOf(high);
  }
}
