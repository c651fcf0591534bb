package io.github.sbi4j.benchmarks.hierarchy;

import io.github.sbi4j.ppl.distribution.Distribution;
import io.github.sbi4j.ppl.distribution.Exponential;
import io.github.sbi4j.ppl.distribution.Gamma;
import io.github.sbi4j.ppl.expression.Expression;
import io.github.sbi4j.ppl.model.Model;
import io.github.sbi4j.ppl.model.ModelContext;
import java.util.Arrays;
import java.util.function.Function;

/** A model of counts of several locations: how their rates hang together. */
public enum CookieModel {
  /** One rate. */
  POOLED,
  /** A rate for each location. */
  UNPOOLED,
  /** Rates from a gamma distribution, whose mean and deviation are inferred. */
  HIERARCHICAL;

  /**
   * The model of some counts.
   *
   * @param location the location of each, from 0
   * @param counts the counts
   * @param likelihood the distribution of a count given its rate
   * @return the model
   */
  public Model of(int[] location, double[] counts, Function<Expression, Distribution> likelihood) {
    return Model.of(
        m -> {
          Expression rates = rates(m, Arrays.stream(location).max().orElse(-1) + 1);
          Expression each = this == POOLED ? rates : rates.get(location);
          m.plate("cookie", counts.length).observe("chips", likelihood.apply(each), counts);
        });
  }

  private Expression rates(ModelContext m, int locations) {
    if (this == POOLED) {
      return m.sample("lambda", Gamma.of(2, 0.2));
    }
    ModelContext plate = m.plate("location", locations);
    if (this == UNPOOLED) {
      return plate.sample("lambda", Gamma.of(2, 0.2));
    }
    Expression mu = m.sample("mu", Gamma.of(2, 0.2));
    Expression sigma = m.sample("sigma", Exponential.of(1));
    return plate.sample("lambda", Gamma.of(mu.div(sigma).square(), mu.div(sigma.square())));
  }
}
