/**
 * Variational inference over R<sup>D</sup>: a Gaussian or a flow fitted to a density that is known
 * up to a constant.
 *
 * <p>A {@link io.github.sbi4j.flows.variational.VariationalFamily} says what is fitted, a {@link
 * io.github.sbi4j.flows.variational.VariationalObjective} by what measure, {@link
 * io.github.sbi4j.flows.variational.VariationalFit} does it and a {@link
 * io.github.sbi4j.flows.variational.VariationalReport} says how good it is. {@link
 * io.github.sbi4j.flows.posterior.VariationalPosterior} is the posterior built of them.
 */
@NullMarked
package io.github.sbi4j.flows.variational;

import org.jspecify.annotations.NullMarked;
