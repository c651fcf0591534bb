package io.github.sbi4j.flows.inference;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.progress.ProgressListener;
import io.github.sbi4j.flows.estimator.Standardization;
import io.github.sbi4j.flows.file.Provenance;
import io.github.sbi4j.flows.posterior.ObservationRange;
import io.github.sbi4j.flows.training.MemberReport;
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
  private final List<String> warnings = new ArrayList<>();
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
  }

  /** Puts the rows on the device and trains on them. */
  abstract List<MemberReport> train(
      double[][] parameters, double[][] observations, Training training, ProgressListener listener);

  /** What leaving out invalid rows does to the result; empty if nothing. */
  abstract String meaningOfLeavingOut();

  ObservationRange range() {
    return range;
  }

  void warn(String text) {
    warnings.add(text);
    LOG.warn(text);
  }

  static void refuseConstantParameters(Distribution prior, Standardization parameters) {
    if (!parameters.constantColumns().isEmpty()) {
      String name = prior.names().get(parameters.constantColumns().get(0));
      throw new IllegalStateException(
          "parameter "
              + name
              + " has the same value in every simulation, so nothing can be learned of it; draw it from the prior"
              + " or leave it out");
    }
  }

  /** Warns of observed columns that are not informative, refuses if none is. */
  void noteObservedContexts(Standardization observations) {
    if (observations.constantColumns().size() == observations.columns()) {
      throw new IllegalStateException(
          "every observed value is the same in all simulations, so they say nothing of the parameters; check the simulator");
    }
    if (!observations.constantColumns().isEmpty()) {
      warn(
          "observed columns "
              + observations.constantColumns()
              + " are constant and carry no information");
    }
    noteHeavyTails(observations, IntStream.range(0, observations.columns()).toArray());
  }

  /** Warns of heavy-tailed columns; those given are their indices among the observed ones. */
  void noteHeavyTails(Standardization observations, int[] columns) {
    List<Integer> heavy = observations.compressedColumns().stream().map(k -> columns[k]).toList();
    if (!heavy.isEmpty()) {
      warn(
          "observed columns "
              + heavy
              + " have values more than ten interquartile ranges from the median; they are scaled by it and drawn in by asinh");
    }
  }

  final void train(TrainingRows rows, Training training, ProgressListener listener) {
    long begin = System.nanoTime();
    double[][] parameters = rows.parameters();
    double[][] observations = rows.observations();
    List<String> notes = new ArrayList<>(warnings);
    Map<String, Integer> leftOut = rows.leftOut();
    if (!leftOut.isEmpty()) {
      String text =
          leftOut.values().stream().mapToInt(Integer::intValue).sum()
              + " of "
              + rows.appended()
              + " simulations are left out: "
              + leftOut
              + meaningOfLeavingOut();
      notes.add(text);
      LOG.warn(text);
    }
    List<MemberReport> members = train(parameters, observations, training, listener);
    double seconds = (System.nanoTime() - begin) / 1e9;
    report = new TrainingReport(members, seconds, parameters.length, leftOut, notes);
    dataHash = Provenance.hash(parameters, observations);
    settings = training.toString();
  }

  static void put(double[] row, float[] table, int index) {
    for (int j = 0; j < row.length; j++) {
      table[index * row.length + j] = (float) row[j];
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
