/**
 * Unnormalised posteriors for samplers: the prior times a learned likelihood or ratio of any number
 * of independent trials.
 *
 * <p>{@link io.github.sbi4j.flows.potential.Potential} is a function of the parameters, and over
 * all of R^D for samplers. It takes many points at once: {@link
 * io.github.sbi4j.flows.potential.TrialSum} gives networks all pairs of a point and a trial
 * together. {@link io.github.sbi4j.flows.potential.ConditionalPotential} holds some parameters
 * fixed.
 */
@NullMarked
package io.github.sbi4j.flows.potential;

import org.jspecify.annotations.NullMarked;
