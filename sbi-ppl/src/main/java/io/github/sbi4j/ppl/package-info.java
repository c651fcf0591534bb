/**
 * Hierarchical models: a small probabilistic-programming layer with gradients in plain Java.
 *
 * <p>A {@link io.github.sbi4j.ppl.model.Model} is ordinary code that samples and observes; {@link
 * io.github.sbi4j.ppl.distribution} has the distributions, {@link io.github.sbi4j.ppl.expression}
 * the values between them, {@link io.github.sbi4j.ppl.draws} what comes out.
 */
@NullMarked
package io.github.sbi4j.ppl;

import org.jspecify.annotations.NullMarked;
