package io.github.sbi4j.flows.inference;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.progress.ProgressListener;
import io.github.sbi4j.flows.estimator.Standardization;
import io.github.sbi4j.flows.file.Provenance;
import io.github.sbi4j.flows.posterior.Conditions;
import io.github.sbi4j.flows.posterior.ObservationRange;
import io.github.sbi4j.flows.training.MemberReport;
import io.github.sbi4j.flows.training.StopReason;
import io.github.sbi4j.flows.training.Training;
import io.github.sbi4j.flows.training.TrainingReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The networks of one inference, how they were trained so far, and on what. */
abstract class Fit {
  private static final Logger LOG = LoggerFactory.getLogger(NeuralInference.class);
  private static final int FEWEST_ROWS = 10;

  private final ObservationRange range;
  private final Conditions conditions;
  private final List<String> warnings = new ArrayList<>();
  private final List<String> ofThisRun = new ArrayList<>();
  private @Nullable TrainingReport report;
  private String dataHash = "";
  private String settings = "";

  /** Looks at the rows that standardisation and networks are to be made for. */
  Fit(TrainingRows rows) {
    if (rows.appended() == 0) {
      throw new IllegalStateException(
          "there are no simulations to train on: call appendSimulations before train");
    }
    if (rows.size() < FEWEST_ROWS) {
      throw new IllegalStateException(
          "only "
              + rows.size()
              + " of "
              + rows.appended()
              + " simulations are valid, left out: "
              + rows.leftOut()
              + "; at least "
              + FEWEST_ROWS
              + " are needed, a thousand or more give a useful posterior");
    }
    this.range = ObservationRange.of(rows.observations());
    this.conditions = new Conditions(rows.conditionNames(), ObservationRange.of(rows.conditions()));
    for (int k = 0; k < conditions.size(); k++) {
      if (conditions.range().low().get(k).equals(conditions.range().high().get(k))) {
        throw new IllegalStateException(
            "condition "
                + conditions.names().get(k)
                + " is "
                + conditions.range().low().get(k)
                + " in every simulation, so nothing can be learned of it; draw it from a design that covers the"
                + " experiment, or leave it out");
      }
    }
  }

  /** Puts the rows on the device and trains on them. */
  abstract List<MemberReport> train(
      TrainingRows rows, Training training, ProgressListener listener);

  /** What leaving out invalid rows does to the result, in words; empty if nothing. */
  abstract String meaningOfLeavingOut(TrainingRows rows);

  ObservationRange range() {
    return range;
  }

  Conditions conditions() {
    return conditions;
  }

  void warn(String text) {
    warnings.add(text);
    LOG.warn(text);
  }

  /** Says something of the training that is under way. */
  void note(String text) {
    ofThisRun.add(text);
    LOG.info(text);
  }

  /** Columns after the parameters, conditions, are no matter of this. */
  static void refuseConstantParameters(Distribution prior, Standardization inputs) {
    List<Integer> constant = inputs.constantColumns();
    if (!constant.isEmpty() && constant.get(0) < prior.dimension()) {
      String name = prior.names().get(constant.get(0));
      throw new IllegalStateException(
          "parameter "
              + name
              + " has the same value in every simulation, so nothing can be learned of it; draw it from the prior"
              + " or leave it out");
    }
  }

  /**
   * Warns of observed columns that are not informative, refuses if none is. Columns before the
   * observed ones are conditions.
   */
  void noteObservedContexts(Standardization trials) {
    int observed = range.low().size();
    int first = trials.columns() - observed;
    List<Integer> constant =
        trials.constantColumns().stream().filter(k -> k >= first).map(k -> k - first).toList();
    if (constant.size() == observed) {
      throw new IllegalStateException(
          "every observed value is the same in all simulations, so they say nothing of the parameters; check the simulator");
    }
    if (!constant.isEmpty()) {
      warn("observed columns " + constant + " are constant and carry no information");
    }
    noteHeavyTails(trials, IntStream.range(-first, observed).toArray());
  }

  /**
   * Warns of heavy-tailed columns; those given are their indices among the observed ones, negative
   * if they are none.
   */
  void noteHeavyTails(Standardization observations, int[] columns) {
    List<Integer> heavy =
        observations.compressedColumns().stream().map(k -> columns[k]).filter(j -> j >= 0).toList();
    if (!heavy.isEmpty()) {
      warn(
          "observed columns "
              + heavy
              + " have values more than ten interquartile ranges from the median; they are scaled by it and drawn in by asinh");
    }
  }

  final void run(TrainingRows rows, Training training, ProgressListener listener) {
    long begin = System.nanoTime();
    List<String> notes = new ArrayList<>(warnings);
    Map<String, Integer> leftOut = rows.leftOut();
    if (!leftOut.isEmpty()) {
      String text =
          leftOut.values().stream().mapToInt(Integer::intValue).sum()
              + " of "
              + rows.appended()
              + " simulations are left out: "
              + leftOut
              + meaningOfLeavingOut(rows);
      notes.add(text);
      LOG.warn(text);
    }
    ofThisRun.clear();
    List<MemberReport> members = train(rows, training, listener);
    members.forEach(this::noteDegenerate);
    notes.addAll(ofThisRun);
    double seconds = (System.nanoTime() - begin) / 1e9;
    report = new TrainingReport(members, seconds, rows.size(), leftOut, notes);
    dataHash = Provenance.hash(rows.inputs(), rows.observations());
    settings = training.toString();
  }

  private void noteDegenerate(MemberReport member) {
    if (member.skippedSteps() > 0) {
      warnOfThisRun(
          member.skippedSteps()
              + " of "
              + member.steps()
              + " steps of training were not made because the loss or its gradient was not finite");
    }
    if (member.stopReason() == StopReason.DIVERGED) {
      warnOfThisRun(
          "training diverged and the weights of the best epoch before, "
              + member.bestEpoch()
              + ", are kept; lower the learning rate, or look for extreme observations");
    }
  }

  private void warnOfThisRun(String text) {
    ofThisRun.add(text);
    LOG.warn(text);
  }

  /** Writes a row to where it begins in a table. */
  static void put(double[] row, float[] table, int at) {
    for (int j = 0; j < row.length; j++) {
      table[at + j] = (float) row[j];
    }
  }

  TrainingReport report() {
    return Objects.requireNonNull(report);
  }

  Provenance provenance(List<String> observationNames) {
    TrainingReport trained = report();
    return new Provenance(
        trained.rowsUsed(),
        dataHash,
        observationNames,
        trained.epochs(),
        trained.bestValidationLoss(),
        settings);
  }
}
