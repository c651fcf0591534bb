package io.github.sbi4j.flows.training;

import java.util.List;
import java.util.Map;

/**
 * How a training run went.
 *
 * <p>Losses are mean negative log-densities in the units of the simulations, so they can be
 * compared between estimators.
 *
 * @param members one report for each network of the ensemble
 * @param seconds wall-clock time of the whole run
 * @param rowsUsed the rows trained and validated on
 * @param rowsLeftOut the numbers of rows left out, by reason
 * @param warnings what a person should know, empty if nothing
 */
public record TrainingReport(
    List<MemberReport> members,
    double seconds,
    int rowsUsed,
    Map<String, Integer> rowsLeftOut,
    List<String> warnings) {
  /**
   * Copies the collections.
   *
   * @param members one report for each network of the ensemble
   * @param seconds wall-clock time of the whole run
   * @param rowsUsed the rows trained and validated on
   * @param rowsLeftOut the numbers of rows left out, by reason
   * @param warnings what a person should know, empty if nothing
   */
  public TrainingReport {
    members = List.copyOf(members);
    rowsLeftOut = Map.copyOf(rowsLeftOut);
    warnings = List.copyOf(warnings);
  }

  /** {@return the mean over the members of their best validation loss} */
  public double bestValidationLoss() {
    return members.stream().mapToDouble(MemberReport::bestValidationLoss).average().orElseThrow();
  }

  /** {@return the largest number of epochs of any member} */
  public int epochs() {
    return members.stream().mapToInt(MemberReport::epochs).max().orElseThrow();
  }

  /** {@return why the first member's training ended} */
  public StopReason stopReason() {
    return members.get(0).stopReason();
  }
}
