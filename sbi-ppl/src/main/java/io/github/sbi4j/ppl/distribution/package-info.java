/**
 * Distributions whose parameters may be expressions.
 *
 * <p>A {@link io.github.sbi4j.ppl.distribution.Distribution} gives its log-density as an expression
 * and draws for given numbers; its {@link io.github.sbi4j.ppl.distribution.Support} removes the
 * bounds of latent values. Parameters are numbers or expressions of any shape that fits the plates
 * of the site where the distribution stands. Names and order of parameters are Stan's.
 *
 * <ul>
 *   <li>real numbers: {@link io.github.sbi4j.ppl.distribution.Normal}, {@link
 *       io.github.sbi4j.ppl.distribution.StudentT}, {@link
 *       io.github.sbi4j.ppl.distribution.Cauchy}, {@link io.github.sbi4j.ppl.distribution.Laplace};
 *   <li>positive numbers: {@link io.github.sbi4j.ppl.distribution.HalfNormal}, {@link
 *       io.github.sbi4j.ppl.distribution.HalfCauchy}, {@link
 *       io.github.sbi4j.ppl.distribution.LogNormal}, {@link
 *       io.github.sbi4j.ppl.distribution.Exponential}, {@link
 *       io.github.sbi4j.ppl.distribution.Gamma}, {@link
 *       io.github.sbi4j.ppl.distribution.InverseGamma};
 *   <li>intervals: {@link io.github.sbi4j.ppl.distribution.Uniform}, {@link
 *       io.github.sbi4j.ppl.distribution.Beta};
 *   <li>vectors and matrices: {@link io.github.sbi4j.ppl.distribution.MultivariateNormal}, {@link
 *       io.github.sbi4j.ppl.distribution.Dirichlet}, {@link
 *       io.github.sbi4j.ppl.distribution.LkjCholesky};
 *   <li>counts and categories, to be observed: {@link io.github.sbi4j.ppl.distribution.Bernoulli},
 *       {@link io.github.sbi4j.ppl.distribution.Binomial}, {@link
 *       io.github.sbi4j.ppl.distribution.Poisson}, {@link
 *       io.github.sbi4j.ppl.distribution.NegativeBinomial}, {@link
 *       io.github.sbi4j.ppl.distribution.Categorical};
 *   <li>of others: {@link io.github.sbi4j.ppl.distribution.Truncated}, {@link
 *       io.github.sbi4j.ppl.distribution.Mixture};
 *   <li>no density at all, for improper priors: {@link io.github.sbi4j.ppl.distribution.Flat}.
 * </ul>
 */
@NullMarked
package io.github.sbi4j.ppl.distribution;

import org.jspecify.annotations.NullMarked;
