package io.github.sbi4j.ppl.model;

import io.github.sbi4j.ppl.expression.Expression;
import java.util.List;

/**
 * A latent site: its value is made of unbounded numbers.
 *
 * @param free the unbounded numbers
 * @param logDeterminant that of the map from them
 */
record Latent(Site site, Expression free, Expression logDeterminant) {
  /** The bounds of the support for each event. */
  List<Expression> bounds() {
    return site.distribution().support().bounds().stream()
        .map(bound -> bound.to(site.plates()))
        .toList();
  }
}
