package io.github.sbi4j.core.distribution;

import java.util.Locale;

/** The bijection between a box and R^D, value by value. */
final class SupportBijection implements Bijection {
  private final Support support;
  private final CoordinateBijection[] coordinates;

  SupportBijection(Support support) {
    this.support = support;
    this.coordinates = new CoordinateBijection[support.dimension()];
    for (int d = 0; d < coordinates.length; d++) {
      coordinates[d] = CoordinateBijection.between(support.lower(d), support.upper(d));
    }
  }

  @Override
  public int dimension() {
    return coordinates.length;
  }

  @Override
  public double forward(double[] value, double[] unconstrained) {
    checkLengths("value", value, "unconstrained", unconstrained);
    double logDeterminant = 0;
    for (int d = 0; d < coordinates.length; d++) {
      if (!support.contains(d, value[d])) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "value[%d] is %s, expected a number strictly between %s and %s",
                d,
                value[d],
                support.lower(d),
                support.upper(d)));
      }
      double z = coordinates[d].forward(value[d]);
      unconstrained[d] = z;
      logDeterminant -= coordinates[d].logDeterminant(z);
    }
    return logDeterminant;
  }

  @Override
  public double inverse(double[] unconstrained, double[] value) {
    checkLengths("unconstrained", unconstrained, "value", value);
    double logDeterminant = 0;
    for (int d = 0; d < coordinates.length; d++) {
      double z = unconstrained[d];
      logDeterminant += coordinates[d].logDeterminant(z);
      value[d] = support.clamp(d, coordinates[d].inverse(z));
    }
    return logDeterminant;
  }

  @Override
  public void pullBack(double[] unconstrained, double[] gradient, double[] result) {
    checkLengths("unconstrained", unconstrained, "gradient", gradient);
    Checks.length("result", result, coordinates.length);
    for (int d = 0; d < coordinates.length; d++) {
      double z = unconstrained[d];
      result[d] =
          coordinates[d].derivative(z) * gradient[d] + coordinates[d].logDeterminantDerivative(z);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SupportBijection that && support.equals(that.support);
  }

  @Override
  public int hashCode() {
    return support.hashCode();
  }

  private void checkLengths(String name, double[] first, String otherName, double[] second) {
    Checks.length(name, first, coordinates.length);
    Checks.length(otherName, second, coordinates.length);
  }
}
