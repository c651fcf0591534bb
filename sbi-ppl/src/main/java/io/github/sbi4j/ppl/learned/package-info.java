/**
 * Learned likelihoods and ratios as distributions of a model.
 *
 * <p>{@link io.github.sbi4j.ppl.learned.NeuralLikelihood} stands where an analytic likelihood would
 * stand, in {@code observe}: a likelihood that was learned once, of single observations, serves any
 * model of any number of groups. {@link io.github.sbi4j.ppl.learned.NeuralRatio} is the same for a
 * learned ratio.
 */
@NullMarked
package io.github.sbi4j.ppl.learned;

import org.jspecify.annotations.NullMarked;
