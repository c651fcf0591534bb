package io.github.sbi4j.benchmarks.algorithm;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.core.simulation.Simulator;
import java.util.Optional;

/**
 * What an algorithm is to solve.
 *
 * @param prior the prior over D parameters
 * @param simulator the simulator of L observation values
 * @param simulations simulations to learn from in place of new ones
 * @param holdout simulations to score the posterior with
 */
public record Problem(
    Distribution prior,
    Simulator simulator,
    Optional<Simulations> simulations,
    Optional<Simulations> holdout) {}
