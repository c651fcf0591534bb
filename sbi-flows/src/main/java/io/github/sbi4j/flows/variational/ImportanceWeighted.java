package io.github.sbi4j.flows.variational;

/** The squares of weights that sum to one over each group, times K. */
final class ImportanceWeighted extends VariationalObjective {
  private final int draws;

  ImportanceWeighted(int draws) {
    this.draws = draws;
  }

  @Override
  int group() {
    return draws;
  }

  @Override
  boolean throughDraws() {
    return true;
  }

  @Override
  double[] coefficients(double[] logWeights) {
    double[] result = new double[logWeights.length];
    double groups = logWeights.length / (double) draws;
    for (int from = 0; from < result.length; from += draws) {
      double total = LogWeights.logSum(logWeights, from, from + draws);
      for (int i = from; total > Double.NEGATIVE_INFINITY && i < from + draws; i++) {
        result[i] = Math.exp(2 * (logWeights[i] - total)) * draws / groups;
      }
    }
    return result;
  }

  @Override
  public String toString() {
    return "importanceWeighted(" + draws + ")";
  }
}
