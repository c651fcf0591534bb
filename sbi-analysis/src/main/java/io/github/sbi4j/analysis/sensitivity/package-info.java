/**
 * What the posterior depends on: directions and pairs of parameters.
 *
 * <p>{@link io.github.sbi4j.analysis.sensitivity.ActiveSubspace} finds the directions along which
 * the posterior, or a property that emerges from the model, changes most. {@link
 * io.github.sbi4j.analysis.sensitivity.ConditionalDensities} evaluates the density of one or two
 * parameters while the others are held fixed, and the correlations that are left then: how
 * parameters can make up for each other.
 */
@NullMarked
package io.github.sbi4j.analysis.sensitivity;

import org.jspecify.annotations.NullMarked;
