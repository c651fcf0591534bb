package io.github.sbi4j.core.distribution;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The values that lie in two regions.
 *
 * @param first asked of all values
 * @param second asked of those in the first
 */
record Intersection(Region first, Region second) implements Region {
  @Override
  public boolean contains(double[] value) {
    return first.contains(value) && second.contains(value);
  }

  @Override
  public boolean[] contains(double[][] values) {
    boolean[] inside = first.contains(values);
    int[] left = IntStream.range(0, values.length).filter(i -> inside[i]).toArray();
    if (left.length == 0) {
      return inside;
    }
    boolean[] also =
        second.contains(Arrays.stream(left).mapToObj(i -> values[i]).toArray(double[][]::new));
    for (int k = 0; k < left.length; k++) {
      inside[left[k]] = also[k];
    }
    return inside;
  }

  /** The box of one of the two; that of the first lies in the other's where regions are nested. */
  @Override
  public Optional<Support> bounds() {
    return first.bounds().or(second::bounds);
  }

  @Override
  public Optional<double[]> observation() {
    return first.observation().or(second::observation);
  }

  @Override
  public String toString() {
    return first + " and " + second;
  }
}
