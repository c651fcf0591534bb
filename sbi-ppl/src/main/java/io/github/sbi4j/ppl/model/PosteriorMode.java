package io.github.sbi4j.ppl.model;

import io.github.sbi4j.ppl.draws.NamedDraws;
import java.util.LinkedHashMap;

/**
 * The maximum of a model's posterior density, of its values and not of the unbounded numbers that
 * NUTS moves.
 *
 * @param values latent and deterministic values there, one draw
 * @param logDensity the log of the joint density there
 */
public record PosteriorMode(NamedDraws values, double logDensity) {
  static PosteriorMode of(Trace trace, ModeSearch.Summit summit) {
    NamedDraws values =
        Predictive.values(trace, new LinkedHashMap<>(trace.reported), 1, 1, summit.point());
    return new PosteriorMode(values, summit.value());
  }

  /**
   * One value at the maximum.
   *
   * @param name its name
   * @return its S numbers
   * @throws IllegalArgumentException if there is no such value
   */
  public double[] get(String name) {
    return values.get(name)[0];
  }
}
