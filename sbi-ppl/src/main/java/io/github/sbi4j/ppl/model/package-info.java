/**
 * Models written as ordinary code, and what is inferred from them.
 *
 * <pre>{@code
 * Model model =
 *     Model.of(
 *         m -> {
 *           Expression mu = m.sample("mu", Gamma.of(2, 0.2));
 *           Expression sigma = m.sample("sigma", Exponential.of(1));
 *           ModelContext locations = m.plate("location", 5);
 *           Expression lambda =
 *               locations.sample(
 *                   "lambda", Gamma.of(mu.div(sigma).square(), mu.div(sigma.square())));
 *           m.plate("cookie", 150).observe("chips", Poisson.of(lambda.get(location)), chips);
 *         });
 * PosteriorDraws draws = model.posterior().nuts();
 * System.out.println(draws.summary());
 * }</pre>
 *
 * <p>A {@link io.github.sbi4j.ppl.model.Model} runs its code once, with a {@link
 * io.github.sbi4j.ppl.model.ModelContext} that writes down what is sampled and observed. {@link
 * io.github.sbi4j.ppl.model.ModelPosterior} draws from the posterior; {@link
 * io.github.sbi4j.ppl.model.PosteriorDraws} holds draws, predictions and comparisons.
 */
@NullMarked
package io.github.sbi4j.ppl.model;

import org.jspecify.annotations.NullMarked;
