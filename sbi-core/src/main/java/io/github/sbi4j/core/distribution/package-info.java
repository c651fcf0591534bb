/**
 * Probability distributions over D real values, their supports and the bijections that remove the
 * bounds.
 *
 * <p>{@link io.github.sbi4j.core.distribution.Distribution} is the one interface: draw,
 * log-density, names, support, moments. A prior of one's own implements three of its methods. Those
 * at hand:
 *
 * <ul>
 *   <li>several values: {@link io.github.sbi4j.core.distribution.BoxUniform}, {@link
 *       io.github.sbi4j.core.distribution.MultivariateNormal}, and {@link
 *       io.github.sbi4j.core.distribution.Independent}, which puts any others side by side;
 *   <li>one value on the real line: {@link io.github.sbi4j.core.distribution.Normal}, {@link
 *       io.github.sbi4j.core.distribution.StudentT};
 *   <li>one positive value: {@link io.github.sbi4j.core.distribution.LogNormal}, {@link
 *       io.github.sbi4j.core.distribution.HalfNormal}, {@link
 *       io.github.sbi4j.core.distribution.Exponential}, {@link
 *       io.github.sbi4j.core.distribution.Gamma};
 *   <li>one value between two bounds: {@link io.github.sbi4j.core.distribution.Uniform}, {@link
 *       io.github.sbi4j.core.distribution.Beta}.
 * </ul>
 *
 * <p>Simulations take parameters from a {@link io.github.sbi4j.core.distribution.Proposal}: a
 * distribution is one, and so is a posterior.
 *
 * <p>{@link io.github.sbi4j.core.distribution.RestrictedPrior} restricts any of them to a {@link
 * io.github.sbi4j.core.distribution.Region}.
 *
 * <p>A {@link io.github.sbi4j.core.distribution.Support} is an open box. The bounds themselves are
 * outside: {@code logProb} is -Infinity on them, and no draw and no image of a finite point ever
 * lies on one. Its {@link io.github.sbi4j.core.distribution.Bijection} maps the box onto
 * R<sup>D</sup>, where samplers, optimisers and neural networks need no bounds.
 *
 * <pre>{@code
 * Distribution prior =
 *     Independent.of(
 *         LogNormal.of(0, 0.5).named("rate"),
 *         Beta.of(2, 2).named("fraction"),
 *         BoxUniform.of(new double[] {0, 0}, new double[] {1, 10}).named("onset", "duration"));
 * Samples parameters = prior.sample(1_000, SEED);
 * }</pre>
 */
@NullMarked
package io.github.sbi4j.core.distribution;

import org.jspecify.annotations.NullMarked;
