package io.github.sbi4j.core.distribution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A distribution cut off at a box where that is easy, which it is for uniform values; the others
 * stay as they are.
 *
 * @param source what is left of the distribution
 * @param mass the probability of what is left
 */
record Narrowing(Distribution source, double mass) {
  /** Nothing outside of the box is needed. */
  static Narrowing of(Distribution prior, Support box) {
    Distribution plain = prior.unwrapped();
    if (plain instanceof BoxUniform || plain instanceof Uniform) {
      return ofUniform(plain.support(), box);
    }
    if (plain instanceof Independent independent) {
      return ofParts(independent, box);
    }
    return new Narrowing(prior, 1);
  }

  private static Narrowing ofUniform(Support whole, Support box) {
    double[] low = whole.lower();
    double[] high = whole.upper();
    double mass = 1;
    for (int d = 0; d < low.length; d++) {
      double width = high[d] - low[d];
      low[d] = Math.max(low[d], box.lower(d));
      high[d] = Math.min(high[d], box.upper(d));
      mass *= (high[d] - low[d]) / width;
    }
    return new Narrowing(BoxUniform.of(low, high), mass);
  }

  private static Narrowing ofParts(Independent independent, Support box) {
    List<Distribution> parts = new ArrayList<>();
    double mass = 1;
    int start = 0;
    for (Distribution part : independent.parts()) {
      int end = start + part.dimension();
      double[] low = Arrays.copyOfRange(box.lower(), start, end);
      double[] high = Arrays.copyOfRange(box.upper(), start, end);
      Narrowing narrowed = of(part, Support.box(low, high));
      // Names are those of the whole.
      parts.add(narrowed.source.unwrapped());
      mass *= narrowed.mass;
      start = end;
    }
    return new Narrowing(Independent.of(parts), mass);
  }
}
