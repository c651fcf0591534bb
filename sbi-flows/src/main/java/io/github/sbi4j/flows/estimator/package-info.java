/**
 * Conditional density estimators: masked autoregressive flows, neural spline flows and mixture
 * density networks.
 *
 * <p>{@link io.github.sbi4j.flows.estimator.Maf}, {@link io.github.sbi4j.flows.estimator.Nsf} and
 * {@link io.github.sbi4j.flows.estimator.Mdn} are settings, {@link
 * io.github.sbi4j.flows.estimator.Mnle} those for columns of which some are discrete; each builds a
 * {@link io.github.sbi4j.flows.estimator.DensityNetwork}, which is written against engine-neutral
 * operations. {@link io.github.sbi4j.flows.estimator.ConditionalDensity} is a trained one behind
 * plain arrays. The target is what the density is over, the context what it is given.
 */
@NullMarked
package io.github.sbi4j.flows.estimator;

import org.jspecify.annotations.NullMarked;
