package io.github.sbi4j.core.distribution;

import java.util.Optional;

/**
 * A set of values of D numbers, such as the parameters that a simulation succeeds with, or those
 * that a posterior holds for possible.
 *
 * <p>A condition of one's own is a lambda. Implementations are immutable and may be used from many
 * threads.
 */
@FunctionalInterface
public interface Region {
  /**
   * Whether a value lies inside.
   *
   * @param value D numbers
   * @return true if it does
   */
  boolean contains(double[] value);

  /**
   * Whether each of many values lies inside; networks answer this faster than value by value.
   *
   * @param values N x D
   * @return N answers
   */
  default boolean[] contains(double[][] values) {
    boolean[] inside = new boolean[values.length];
    for (int i = 0; i < values.length; i++) {
      inside[i] = contains(values[i]);
    }
    return inside;
  }

  /**
   * A box that the whole region lies in, so that nobody need look for it elsewhere.
   *
   * @return the box, none if no bounds are known
   */
  default Optional<Support> bounds() {
    return Optional.empty();
  }

  /**
   * The observation that the region belongs to, if it is of parameters that a posterior given one
   * holds for possible.
   *
   * @return the observation of L values, none if the region serves any
   */
  default Optional<double[]> observation() {
    return Optional.empty();
  }

  /**
   * The values that lie in this region and in another.
   *
   * @param other asked only of values that lie in this one
   * @return the intersection
   */
  default Region and(Region other) {
    return new Intersection(this, other);
  }
}
