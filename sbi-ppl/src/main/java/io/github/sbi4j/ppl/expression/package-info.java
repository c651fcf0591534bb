/**
 * Expressions of numbers that are not known yet, and their gradients.
 *
 * <p>An {@link io.github.sbi4j.ppl.expression.Expression} is a scalar, vector or matrix made of
 * others by arithmetic; its {@link io.github.sbi4j.ppl.expression.Shape} is known when it is made,
 * its numbers are not. A {@link io.github.sbi4j.ppl.expression.Program} puts expressions in an
 * order, and an {@link io.github.sbi4j.ppl.expression.Evaluation} of it computes them and their
 * gradients for many chains at a time, in memory that it keeps.
 *
 * <p>What plain arithmetic cannot say, or not fast enough, joins as an {@link
 * io.github.sbi4j.ppl.expression.ElementwiseFunction} or a {@link
 * io.github.sbi4j.ppl.expression.BlockFunction} with a derivative of its own.
 */
@NullMarked
package io.github.sbi4j.ppl.expression;

import org.jspecify.annotations.NullMarked;
