package io.github.sbi4j.flows.variational;

import io.github.sbi4j.core.sample.ParetoSmoothing;
import java.util.Arrays;

/**
 * Smoothed weights less 1/N: the scores of draws of q have the mean zero, so that taking it off
 * leaves the gradient as it is and its noise vanishes where the weights are equal.
 */
final class ForwardKl extends VariationalObjective {
  @Override
  int group() {
    return 1;
  }

  @Override
  boolean throughDraws() {
    return false;
  }

  @Override
  double[] coefficients(double[] logWeights) {
    if (Arrays.stream(logWeights).noneMatch(Double::isFinite)) {
      return new double[logWeights.length];
    }
    double even = 1.0 / logWeights.length;
    return Arrays.stream(ParetoSmoothing.of(logWeights).weights()).map(w -> w - even).toArray();
  }

  @Override
  public String toString() {
    return "forwardKl";
  }
}
