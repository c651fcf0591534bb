/**
 * Markov chain Monte Carlo: slice sampling, Hamiltonian Monte Carlo and the No-U-Turn sampler for
 * any log density, many chains at a time.
 *
 * <p>A target is a {@link io.github.sbi4j.core.mcmc.LogDensity} or, with gradients, a {@link
 * io.github.sbi4j.core.mcmc.DifferentiableLogDensity}; both evaluate batches. {@link
 * io.github.sbi4j.core.mcmc.Mcmc#sample Mcmc.sample} runs a {@link
 * io.github.sbi4j.core.mcmc.ChainSampler} ({@link io.github.sbi4j.core.mcmc.Slice}, {@link
 * io.github.sbi4j.core.mcmc.DifferentialSlice}, {@link io.github.sbi4j.core.mcmc.Hmc}, {@link
 * io.github.sbi4j.core.mcmc.Nuts}) from {@link io.github.sbi4j.core.mcmc.InitialPoints} and gives
 * {@link io.github.sbi4j.core.mcmc.Chains}, whose {@link io.github.sbi4j.core.mcmc.Diagnostics} say
 * whether to trust them.
 *
 * <p>Underneath, a {@link io.github.sbi4j.core.mcmc.Kernel} is one Markov step without memory, its
 * {@link io.github.sbi4j.core.mcmc.Transition} can be stopped and resumed at every evaluation, and
 * an {@link io.github.sbi4j.core.mcmc.Adaptation} chooses the kernel of each step of a chain.
 */
@NullMarked
package io.github.sbi4j.core.mcmc;

import org.jspecify.annotations.NullMarked;
