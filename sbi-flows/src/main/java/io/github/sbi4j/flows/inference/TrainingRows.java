package io.github.sbi4j.flows.inference;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Support;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows appended so far: checked, invalid ones left out and counted. */
final class TrainingRows {
  private final Distribution prior;
  private final Support support;
  private final List<double[]> parameters = new ArrayList<>();
  private final List<double[]> observations = new ArrayList<>();
  private final Map<String, Integer> leftOut = new LinkedHashMap<>();
  private int appended;
  private int width = -1;

  TrainingRows(Distribution prior) {
    this.prior = prior;
    this.support = prior.support();
  }

  void append(double[][] theta, double[][] x) {
    if (theta.length != x.length) {
      throw new IllegalArgumentException(
          theta.length
              + " rows of parameters but "
              + x.length
              + " rows of observations; row i of one belongs to row i of the other");
    }
    int expected = width;
    for (int i = 0; i < x.length; i++) {
      if (theta[i].length != prior.dimension()) {
        throw new IllegalArgumentException(
            "parameters row "
                + i
                + " has "
                + theta[i].length
                + " values, but the prior has "
                + prior.dimension()
                + " parameters: "
                + prior.names()
                + ". Were parameters and observations swapped?");
      }
      if (expected < 0) {
        expected = x[i].length;
        if (expected == 0) {
          throw new IllegalArgumentException(
              "observations row 0 has no values; expected at least one");
        }
      }
      if (x[i].length != expected) {
        throw new IllegalArgumentException(
            "observations row "
                + i
                + " has "
                + x[i].length
                + " values, but the rows before have "
                + expected);
      }
      if (!support.contains(theta[i])) {
        throw new IllegalArgumentException(outside(i, theta[i]));
      }
    }
    width = expected;
    for (int i = 0; i < x.length; i++) {
      String reason = invalid(x[i]);
      if (reason == null) {
        parameters.add(theta[i].clone());
        observations.add(x[i].clone());
      } else {
        leftOut.merge(reason, 1, Integer::sum);
      }
    }
    appended += x.length;
  }

  private String outside(int row, double[] theta) {
    double[] lower = support.lower();
    double[] upper = support.upper();
    for (int d = 0; d < theta.length; d++) {
      if (!(theta[d] > lower[d] && theta[d] < upper[d])) {
        return "parameters row "
            + row
            + " lies outside the prior: "
            + prior.names().get(d)
            + " is "
            + theta[d]
            + ", the prior's support is ("
            + lower[d]
            + ", "
            + upper[d]
            + "). Give the prior that the simulations were drawn from.";
      }
    }
    return "parameters row " + row + " lies outside the prior's support";
  }

  private static @Nullable String invalid(double[] x) {
    String reason = null;
    for (double v : x) {
      if (Double.isNaN(v)) {
        return "NaN in the observation";
      }
      if (Double.isInfinite(v)) {
        reason = "infinity in the observation";
      }
    }
    return reason;
  }

  /** The number of rows appended, valid or not. */
  int appended() {
    return appended;
  }

  /** The number of rows to train on. */
  int size() {
    return parameters.size();
  }

  double[][] parameters() {
    return parameters.toArray(double[][]::new);
  }

  double[][] observations() {
    return observations.toArray(double[][]::new);
  }

  Map<String, Integer> leftOut() {
    return Map.copyOf(leftOut);
  }
}
