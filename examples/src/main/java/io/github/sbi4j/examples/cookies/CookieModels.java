package io.github.sbi4j.examples.cookies;

import io.github.sbi4j.ppl.distribution.Distribution;
import io.github.sbi4j.ppl.distribution.Exponential;
import io.github.sbi4j.ppl.distribution.Gamma;
import io.github.sbi4j.ppl.expression.Expression;
import io.github.sbi4j.ppl.model.Model;
import io.github.sbi4j.ppl.model.ModelContext;
import java.util.function.Function;

/** Three models of the same cookies; the likelihood of a count given its rate is an argument. */
public final class CookieModels {
  private CookieModels() {}

  /**
   * One rate for all locations.
   *
   * @param cookies the data
   * @param likelihood the distribution of a count given its rate
   * @return a model of {@code lambda}
   */
  public static Model pooled(CookieBatch cookies, Function<Expression, Distribution> likelihood) {
    return Model.of(
        m -> {
          Expression lambda = m.sample("lambda", Gamma.of(2, 0.2));
          m.plate("cookie", cookies.chips().length)
              .observe("chips", likelihood.apply(lambda), cookies.chips());
        });
  }

  /**
   * A rate for each location, by itself.
   *
   * @param cookies the data
   * @param likelihood the distribution of a count given its rate
   * @return a model of {@code lambda}, one for each location
   */
  public static Model unpooled(CookieBatch cookies, Function<Expression, Distribution> likelihood) {
    return Model.of(
        m -> {
          ModelContext locations = m.plate("location", cookies.locations());
          Expression lambda = locations.sample("lambda", Gamma.of(2, 0.2));
          m.plate("cookie", cookies.chips().length)
              .observe("chips", likelihood.apply(lambda.get(cookies.location())), cookies.chips());
        });
  }

  /**
   * Rates of locations that come from one distribution, whose mean and deviation are inferred too.
   *
   * @param cookies the data
   * @param likelihood the distribution of a count given its rate
   * @return a model of {@code mu}, {@code sigma} and {@code lambda}, one for each location
   */
  public static Model hierarchical(
      CookieBatch cookies, Function<Expression, Distribution> likelihood) {
    return Model.of(
        m -> {
          Expression mu = m.sample("mu", Gamma.of(2, 0.2));
          Expression sigma = m.sample("sigma", Exponential.of(1));
          ModelContext locations = m.plate("location", cookies.locations());
          Expression lambda =
              locations.sample("lambda", Gamma.of(mu.div(sigma).square(), mu.div(sigma.square())));
          m.plate("cookie", cookies.chips().length)
              .observe("chips", likelihood.apply(lambda.get(cookies.location())), cookies.chips());
        });
  }
}
