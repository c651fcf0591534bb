package io.github.sbi4j.core.abc;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.simulation.SimulationSettings;
import org.jspecify.annotations.Nullable;

/** The settings that all methods have. */
record AbcSettings(
    Distribution prior,
    Distance distance,
    @Nullable SemiAutomaticSummary summary,
    long seed,
    SimulationSettings simulation) {

  static AbcSettings of(Distribution prior) {
    return new AbcSettings(
        prior.checked(), Distance.euclidean(), null, 1, SimulationSettings.defaults());
  }

  AbcSettings withDistance(Distance value) {
    return new AbcSettings(prior, value, summary, seed, simulation);
  }

  AbcSettings withSummary(SemiAutomaticSummary value) {
    return new AbcSettings(prior, distance, value, seed, simulation);
  }

  AbcSettings withSeed(long value) {
    return new AbcSettings(prior, distance, summary, value, simulation);
  }

  AbcSettings withSimulation(SimulationSettings value) {
    return new AbcSettings(prior, distance, summary, seed, value);
  }
}
