package io.github.sbi4j.flows.posterior;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Region;
import io.github.sbi4j.core.distribution.RestrictedPrior;

/** Where a prior's density is positive: its support, or the part that it is restricted to. */
final class PriorRegion {
  private PriorRegion() {}

  static boolean isRestricted(Distribution prior) {
    return prior.unwrapped() instanceof RestrictedPrior;
  }

  static Region of(Distribution prior) {
    return prior.unwrapped() instanceof RestrictedPrior restricted
        ? restricted
        : prior.support()::contains;
  }
}
