package io.github.sbi4j.flows.inference;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Proposal;
import io.github.sbi4j.core.distribution.Region;
import io.github.sbi4j.core.distribution.Support;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The rows appended so far: checked, invalid ones left out and counted. They stay where they are,
 * in memory or in files.
 */
final class TrainingRows {
  private final Distribution prior;
  private final Support support;
  private List<double[]> parameters = List.of();
  private List<double[]> conditions = List.of();
  private List<double[]> observations = List.of();
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
      List<double[]> theta,
      List<String> names,
      List<double[]> c,
      List<double[]> x) {
    if (appended > 0 && !names.equals(conditionNames)) {
      throw new IllegalArgumentException(
          "the simulations have the conditions "
              + names
              + ", but the rows before have "
              + conditionNames
              + "; append simulations with the same conditions");
    }
    checkConditions(names, c, x.size());
    append(proposal, theta, c, x);
    conditionNames = names;
  }

  private static void checkConditions(List<String> names, List<double[]> c, int rows) {
    if (!names.isEmpty() && c.size() != rows) {
      throw new IllegalArgumentException(
          c.size()
              + " rows of conditions but "
              + rows
              + " rows of observations; row i of one belongs to row i of the other");
    }
    for (int i = 0; i < c.size(); i++) {
      double[] condition = c.get(i);
      if (condition.length != names.size()) {
        throw new IllegalArgumentException(
            "conditions row "
                + i
                + " has "
                + condition.length
                + " values, expected "
                + names.size()
                + ": "
                + names);
      }
      for (int k = 0; k < condition.length; k++) {
        if (!Double.isFinite(condition[k])) {
          throw new IllegalArgumentException(
              "condition "
                  + names.get(k)
                  + " of row "
                  + i
                  + " is "
                  + condition[k]
                  + ", expected a finite value, for conditions are known");
        }
      }
    }
  }

  private void append(
      @Nullable Proposal proposal, List<double[]> theta, List<double[]> c, List<double[]> x) {
    if (theta.size() != x.size()) {
      throw new IllegalArgumentException(
          theta.size()
              + " rows of parameters but "
              + x.size()
              + " rows of observations; row i of one belongs to row i of the other");
    }
    int expected = width;
    int[] valid = new int[x.size()];
    int count = 0;
    Map<String, Integer> invalid = new LinkedHashMap<>();
    for (int i = 0; i < valid.length; i++) {
      double[] own = theta.get(i);
      double[] observed = x.get(i);
      if (own.length != prior.dimension()) {
        throw new IllegalArgumentException(
            "parameters row "
                + i
                + " has "
                + own.length
                + " values, but the prior has "
                + prior.dimension()
                + " parameters: "
                + prior.names()
                + ". Were parameters and observations swapped?");
      }
      if (expected < 0) {
        expected = observed.length;
        if (expected == 0) {
          throw new IllegalArgumentException(
              "observations row 0 has no values; expected at least one");
        }
      }
      if (observed.length != expected) {
        throw new IllegalArgumentException(
            "observations row "
                + i
                + " has "
                + observed.length
                + " values, but the rows before have "
                + expected);
      }
      if (!support.contains(own)) {
        throw new IllegalArgumentException(outside(i, own));
      }
      String reason = invalid(observed);
      if (reason == null) {
        valid[count++] = i;
      } else {
        invalid.merge(reason, 1, Integer::sum);
      }
    }
    int round = rounds.begin(proposal, theta);
    width = expected;
    int[] chosen = Arrays.copyOf(valid, count);
    List<double[]> known = c.isEmpty() ? RowLists.empty(x.size()) : c;
    parameters = RowLists.append(parameters, RowLists.select(theta, chosen));
    conditions = RowLists.append(conditions, RowLists.select(known, chosen));
    observations = RowLists.append(observations, RowLists.select(x, chosen));
    for (int i = 0; i < count; i++) {
      rounds.add(round);
    }
    invalid.forEach((reason, rows) -> leftOut.merge(reason, rows, Integer::sum));
    appended += x.size();
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
    boolean[] inside = region.contains(RowLists.toArray(parameters));
    TrainingRows kept = new TrainingRows(prior, rounds.take(inside));
    int[] chosen = IntStream.range(0, inside.length).filter(i -> inside[i]).toArray();
    kept.parameters = RowLists.select(parameters, chosen);
    kept.conditions = RowLists.select(conditions, chosen);
    kept.observations = RowLists.select(observations, chosen);
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

  /** N x D. */
  List<double[]> parameters() {
    return parameters;
  }

  /** N x K. */
  List<double[]> conditions() {
    return conditions;
  }

  List<String> conditionNames() {
    return conditionNames;
  }

  /** What went into the simulator: parameters, then conditions, N x (D + K). */
  List<double[]> inputs() {
    return conditionNames.isEmpty() ? parameters : RowLists.beside(parameters, conditions);
  }

  /** What is known of a trial: its conditions, then its observation, N x (K + L). */
  List<double[]> trials() {
    return conditionNames.isEmpty() ? observations : RowLists.beside(conditions, observations);
  }

  /** N x L. */
  List<double[]> observations() {
    return observations;
  }

  /** The rows of the latest proposal alone. */
  TrainingRows ofLastRound() {
    TrainingRows last = new TrainingRows(prior);
    int[] ofRows = rounds.ofRows();
    int round = rounds.proposals().size() - 1;
    Proposal proposal = rounds.proposals().get(round);
    int[] chosen = IntStream.range(0, size()).filter(i -> ofRows[i] == round).toArray();
    last.append(
        proposal,
        RowLists.select(parameters, chosen),
        List.of(),
        List.of(),
        RowLists.select(observations, chosen));
    return last;
  }

  Map<String, Integer> leftOut() {
    return Map.copyOf(leftOut);
  }
}
