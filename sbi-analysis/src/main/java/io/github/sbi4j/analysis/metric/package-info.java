/**
 * Distances between two sets of samples.
 *
 * <p>{@link io.github.sbi4j.analysis.metric.C2st} asks how well a classifier tells them apart;
 * {@link io.github.sbi4j.analysis.metric.Mmd} compares the means of kernel features and tests the
 * difference by permutation.
 */
@NullMarked
package io.github.sbi4j.analysis.metric;

import org.jspecify.annotations.NullMarked;
