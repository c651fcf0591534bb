package io.github.sbi4j.core.distribution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Independent distributions side by side, each of one or more values.
 *
 * <p>p(v) = prod<sub>k</sub> p<sub>k</sub>(v<sub>k</sub>) where v<sub>k</sub> is the k-th part's
 * slice of v. The names are the parts' in a row; a value that nobody named is {@code theta_i} by
 * its overall position.
 */
public final class Independent implements Distribution {
  private final List<Distribution> parts;
  private final List<String> names;
  private final Support support;

  private Independent(List<Distribution> parts) {
    this.parts = parts;
    this.names = Names.concatenate(parts);
    this.support = Support.product(parts.stream().map(Distribution::support).toList());
  }

  /**
   * The product of distributions.
   *
   * @param parts at least one distribution of any dimension
   * @return their product
   * @throws IllegalArgumentException if there is no part or two values have the same name
   */
  public static Independent of(Distribution... parts) {
    return of(List.of(parts));
  }

  /**
   * The product of distributions.
   *
   * @param parts at least one distribution of any dimension
   * @return their product
   * @throws IllegalArgumentException if there is no part or two values have the same name
   */
  public static Independent of(List<? extends Distribution> parts) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("no parts given, expected at least one distribution");
    }
    return new Independent(parts.stream().map(Distribution::checked).toList());
  }

  /** {@return the distributions in their order, each checked} */
  public List<Distribution> parts() {
    return parts;
  }

  @Override
  public int dimension() {
    return names.size();
  }

  @Override
  public double[] sample(RandomGenerator random) {
    return concatenate(part -> part.sample(random));
  }

  @Override
  public double logProb(double[] value) {
    Checks.length("value", value, names.size());
    double sum = 0;
    int start = 0;
    for (Distribution part : parts) {
      int end = start + part.dimension();
      sum += part.logProb(Arrays.copyOfRange(value, start, end));
      start = end;
    }
    return sum;
  }

  @Override
  public double[] logProbGradient(double[] value) {
    Checks.length("value", value, names.size());
    double[] gradient = new double[value.length];
    int start = 0;
    for (Distribution part : parts) {
      int end = start + part.dimension();
      double[] slice = part.logProbGradient(Arrays.copyOfRange(value, start, end));
      System.arraycopy(slice, 0, gradient, start, slice.length);
      start = end;
    }
    return gradient;
  }

  @Override
  public List<String> names() {
    return names;
  }

  @Override
  public Support support() {
    return support;
  }

  @Override
  public double[] mean() {
    return concatenate(Distribution::mean);
  }

  @Override
  public double[] variance() {
    return concatenate(Distribution::variance);
  }

  @Override
  public Bijection bijection() {
    List<Bijection> bijections = new ArrayList<>();
    for (Distribution part : parts) {
      bijections.add(part.bijection());
    }
    // A part may have a bijection of its own; where none has, one over the whole box copies less.
    return bijections.stream().allMatch(SupportBijection.class::isInstance)
        ? support.bijection()
        : new ProductBijection(bijections);
  }

  @Override
  public String toString() {
    return "Independent" + parts;
  }

  private double[] concatenate(Function<Distribution, double[]> slice) {
    return parts.stream().map(slice).flatMapToDouble(Arrays::stream).toArray();
  }
}
