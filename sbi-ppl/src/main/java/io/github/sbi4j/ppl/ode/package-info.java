/**
 * Ordinary differential equations inside a model.
 *
 * <p>An {@link io.github.sbi4j.ppl.ode.Ode} has a right-hand side written with expressions and is
 * solved at given times from an initial state and parameters that may be latent: one trajectory for
 * each chain and each member of the plates. {@link io.github.sbi4j.ppl.ode.DormandPrince} adapts
 * its steps to a tolerance, {@link io.github.sbi4j.ppl.ode.RungeKutta} takes steps of given length.
 */
@NullMarked
package io.github.sbi4j.ppl.ode;

import org.jspecify.annotations.NullMarked;
