/**
 * Priors, simulators, simulation tables, samples and samplers: everything of simulation-based
 * inference that needs no neural network.
 *
 * <p>The way of the data: a {@link io.github.sbi4j.core.distribution.Distribution prior} proposes
 * parameters, a {@link io.github.sbi4j.core.simulation.Simulator} turns each row of them into an
 * observation, and both are kept side by side in {@link
 * io.github.sbi4j.core.simulation.Simulations}. {@link io.github.sbi4j.core.sample.Samples} is the
 * table that every part of the library gives and takes. Where a density can be evaluated, {@link
 * io.github.sbi4j.core.mcmc.Mcmc} draws from it.
 */
@NullMarked
package io.github.sbi4j.core;

import org.jspecify.annotations.NullMarked;
