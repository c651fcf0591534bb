package io.github.sbi4j.ppl.learned;

import io.github.sbi4j.flows.potential.GroupedTrials;
import io.github.sbi4j.ppl.expression.BatchFunction;
import java.util.Arrays;

/**
 * Learned terms of all observations as a function of D arguments of one number for each group.
 *
 * @param range what parameters are held against
 */
record GroupedLikelihood(GroupedTrials trials, ParameterRange range) implements BatchFunction {
  @Override
  public void evaluate(
      int chains, double[][] arguments, double[] weights, double[] values, double[][] gradients) {
    int groups = trials.groups();
    double[][] parameters = new double[chains * groups][arguments.length];
    for (int i = 0; i < parameters.length; i++) {
      for (int d = 0; d < arguments.length; d++) {
        parameters[i][d] = arguments[d][i];
      }
    }
    range.watch(groups, parameters);
    int count = chains * trials.trials();
    if (weights.length == 0) {
      trials.logProb(parameters, values);
    } else {
      double[][] slopes = new double[parameters.length][arguments.length];
      double[] own = weights.length == count ? weights : Arrays.copyOf(weights, count);
      trials.logProbGradient(parameters, own, values, slopes);
      for (int d = 0; d < arguments.length; d++) {
        for (int i = 0; i < slopes.length && gradients[d].length > 0; i++) {
          gradients[d][i] = slopes[i][d];
        }
      }
    }
    for (int i = 0; i < count; i++) {
      if (Double.isNaN(values[i])) {
        values[i] = Double.NEGATIVE_INFINITY;
      }
    }
  }
}
