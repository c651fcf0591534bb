package io.github.sbi4j.flows.inference;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Proposal;
import io.github.sbi4j.core.distribution.Region;
import io.github.sbi4j.core.distribution.Support;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The rows appended so far: checked, invalid ones left out and counted. */
final class TrainingRows {
  private final Distribution prior;
  private final Support support;
  private final List<double[]> parameters = new ArrayList<>();
  private final List<double[]> conditions = new ArrayList<>();
  private final List<double[]> observations = new ArrayList<>();
  private final RoundsOfRows rounds;
  private final Map<String, Integer> leftOut = new LinkedHashMap<>();
  private int appended;
  private int width = -1;
  private List<String> conditionNames = List.of();

  TrainingRows(Distribution prior) {
    this(prior, new RoundsOfRows(prior));
  }

  private TrainingRows(Distribution prior, RoundsOfRows rounds) {
    this.prior = prior;
    this.support = prior.support();
    this.rounds = rounds;
  }

  /** Conditions are N x K, no row if there are none; without a proposal rows are of the prior. */
  void append(
      @Nullable Proposal proposal,
      double[][] theta,
      List<String> names,
      double[][] c,
      double[][] x) {
    if (appended > 0 && !names.equals(conditionNames)) {
      throw new IllegalArgumentException(
          "the simulations have the conditions "
              + names
              + ", but the rows before have "
              + conditionNames
              + "; append simulations with the same conditions");
    }
    checkConditions(names, c, x.length);
    append(proposal, theta, c, x);
    conditionNames = names;
  }

  private static void checkConditions(List<String> names, double[][] c, int rows) {
    if (!names.isEmpty() && c.length != rows) {
      throw new IllegalArgumentException(
          c.length
              + " rows of conditions but "
              + rows
              + " rows of observations; row i of one belongs to row i of the other");
    }
    for (int i = 0; i < c.length; i++) {
      if (c[i].length != names.size()) {
        throw new IllegalArgumentException(
            "conditions row "
                + i
                + " has "
                + c[i].length
                + " values, expected "
                + names.size()
                + ": "
                + names);
      }
      for (int k = 0; k < c[i].length; k++) {
        if (!Double.isFinite(c[i][k])) {
          throw new IllegalArgumentException(
              "condition "
                  + names.get(k)
                  + " of row "
                  + i
                  + " is "
                  + c[i][k]
                  + ", expected a finite value, for conditions are known");
        }
      }
    }
  }

  private void append(@Nullable Proposal proposal, double[][] theta, double[][] c, double[][] x) {
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
    int round = rounds.begin(proposal, theta);
    width = expected;
    for (int i = 0; i < x.length; i++) {
      String reason = invalid(x[i]);
      if (reason == null) {
        parameters.add(theta[i].clone());
        conditions.add(c.length == 0 ? new double[0] : c[i].clone());
        observations.add(x[i].clone());
        rounds.add(round);
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

  /** The rows whose parameters lie in a region; of the others nothing is said. */
  TrainingRows within(Region region) {
    boolean[] inside = region.contains(parameters());
    TrainingRows kept = new TrainingRows(prior, rounds.take(inside));
    for (int i = 0; i < inside.length; i++) {
      if (inside[i]) {
        kept.parameters.add(parameters.get(i));
        kept.conditions.add(conditions.get(i));
        kept.observations.add(observations.get(i));
      }
    }
    kept.leftOut.putAll(leftOut);
    kept.appended = appended;
    kept.width = width;
    kept.conditionNames = conditionNames;
    return kept;
  }

  /** The number of rows appended, valid or not. */
  int appended() {
    return appended;
  }

  /** The number of rows to train on. */
  int size() {
    return parameters.size();
  }

  /** Where the rows come from. */
  RoundsOfRows rounds() {
    return rounds;
  }

  double[][] parameters() {
    return parameters.toArray(double[][]::new);
  }

  /** N x K. */
  double[][] conditions() {
    return conditions.toArray(double[][]::new);
  }

  List<String> conditionNames() {
    return conditionNames;
  }

  /** What went into the simulator: parameters, then conditions, N x (D + K). */
  double[][] inputs() {
    return joined(parameters, conditions);
  }

  /** What is known of a trial: its conditions, then its observation, N x (K + L). */
  double[][] trials() {
    return joined(conditions, observations);
  }

  private static double[][] joined(List<double[]> first, List<double[]> second) {
    double[][] rows = new double[first.size()][];
    for (int i = 0; i < rows.length; i++) {
      double[] head = first.get(i);
      double[] tail = second.get(i);
      rows[i] = Arrays.copyOf(head, head.length + tail.length);
      System.arraycopy(tail, 0, rows[i], head.length, tail.length);
    }
    return rows;
  }

  double[][] observations() {
    return observations.toArray(double[][]::new);
  }

  /** The rows of the latest proposal alone. */
  TrainingRows ofLastRound() {
    TrainingRows last = new TrainingRows(prior);
    int[] ofRows = rounds.ofRows();
    int round = rounds.proposals().size() - 1;
    Proposal proposal = rounds.proposals().get(round);
    int[] chosen = IntStream.range(0, size()).filter(i -> ofRows[i] == round).toArray();
    double[][] theta = Arrays.stream(chosen).mapToObj(parameters::get).toArray(double[][]::new);
    double[][] x = Arrays.stream(chosen).mapToObj(observations::get).toArray(double[][]::new);
    last.append(proposal, theta, List.of(), new double[0][], x);
    return last;
  }

  Map<String, Integer> leftOut() {
    return Map.copyOf(leftOut);
  }
}
