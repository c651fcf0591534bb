/**
 * Approximate Bayesian computation: parameters whose simulations come close to the observation are
 * draws from about the posterior. No density is learned.
 *
 * <p>{@link io.github.sbi4j.core.abc.RejectionAbc} simulates from the prior and keeps the closest;
 * {@link io.github.sbi4j.core.abc.SmcAbc} moves a population of particles closer step by step. What
 * is close a {@link io.github.sbi4j.core.abc.Distance} says, of the observed values, of {@link
 * io.github.sbi4j.core.abc.SemiAutomaticSummary summaries} of them, or of sets of {@link
 * io.github.sbi4j.core.abc.Trials trials}. {@link
 * io.github.sbi4j.core.abc.LinearRegressionAdjustment} takes out most of what the tolerance leaves.
 */
@NullMarked
package io.github.sbi4j.core.abc;

import org.jspecify.annotations.NullMarked;
