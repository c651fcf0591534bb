/**
 * Distances between two sets of samples, and the score of a posterior.
 *
 * <p>{@link io.github.sbi4j.analysis.metric.C2st} asks how well a classifier tells them apart;
 * {@link io.github.sbi4j.analysis.metric.Mmd} compares the means of kernel features and tests the
 * difference by permutation; {@link io.github.sbi4j.analysis.metric.SlicedWasserstein} says how far
 * mass has to move. {@link io.github.sbi4j.analysis.metric.NegativeLogProbability} compares
 * posteriors where only the true parameters are known.
 */
@NullMarked
package io.github.sbi4j.analysis.metric;

import org.jspecify.annotations.NullMarked;
