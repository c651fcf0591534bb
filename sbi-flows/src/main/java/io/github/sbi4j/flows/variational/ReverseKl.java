package io.github.sbi4j.flows.variational;

import java.util.Arrays;

/** The plain mean over draws. */
final class ReverseKl extends VariationalObjective {
  @Override
  int group() {
    return 1;
  }

  @Override
  boolean throughDraws() {
    return true;
  }

  @Override
  double[] coefficients(double[] logWeights) {
    double usable = Arrays.stream(logWeights).filter(Double::isFinite).count();
    return Arrays.stream(logWeights).map(w -> Double.isFinite(w) ? 1 / usable : 0).toArray();
  }

  @Override
  public String toString() {
    return "reverseKl";
  }
}
