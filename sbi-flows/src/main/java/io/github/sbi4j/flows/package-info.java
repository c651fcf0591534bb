/**
 * Neural simulation-based inference: density estimators, the methods that train them, and the
 * posteriors they give.
 *
 * <p>The user's path: {@link io.github.sbi4j.flows.inference.SNPE} takes a prior and simulations,
 * trains one of the {@link io.github.sbi4j.flows.estimator.DensityEstimator estimators} and builds
 * a {@link io.github.sbi4j.flows.posterior.DirectPosterior}.
 */
@NullMarked
package io.github.sbi4j.flows;

import org.jspecify.annotations.NullMarked;
