package io.github.sbi4j.core.distribution;

import java.util.Arrays;
import java.util.List;

/** Bijections side by side, each on its own slice of the values. */
final class ProductBijection implements Bijection {
  private final List<Bijection> parts;
  private final int dimension;

  ProductBijection(List<Bijection> parts) {
    this.parts = List.copyOf(parts);
    this.dimension = parts.stream().mapToInt(Bijection::dimension).sum();
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public double forward(double[] value, double[] unconstrained) {
    return map(Bijection::forward, "value", value, "unconstrained", unconstrained);
  }

  @Override
  public double inverse(double[] unconstrained, double[] value) {
    return map(Bijection::inverse, "unconstrained", unconstrained, "value", value);
  }

  @Override
  public void pullBack(double[] unconstrained, double[] gradient, double[] result) {
    Checks.length("unconstrained", unconstrained, dimension);
    Checks.length("gradient", gradient, dimension);
    Checks.length("result", result, dimension);
    int start = 0;
    for (Bijection part : parts) {
      int end = start + part.dimension();
      double[] slice = Arrays.copyOfRange(gradient, start, end);
      part.pullBack(Arrays.copyOfRange(unconstrained, start, end), slice, slice);
      System.arraycopy(slice, 0, result, start, slice.length);
      start = end;
    }
  }

  private double map(
      Direction direction, String from, double[] source, String to, double[] target) {
    Checks.length(from, source, dimension);
    Checks.length(to, target, dimension);
    double logDeterminant = 0;
    int start = 0;
    for (Bijection part : parts) {
      int end = start + part.dimension();
      double[] mapped = new double[part.dimension()];
      logDeterminant += direction.apply(part, Arrays.copyOfRange(source, start, end), mapped);
      System.arraycopy(mapped, 0, target, start, mapped.length);
      start = end;
    }
    return logDeterminant;
  }

  /** {@link Bijection#forward} or {@link Bijection#inverse}. */
  private interface Direction {
    double apply(Bijection part, double[] source, double[] target);
  }
}
