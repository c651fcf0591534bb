package io.github.sbi4j.flows.training;

import java.util.List;

/**
 * How the training of one network went.
 *
 * @param trainingLoss the mean loss of the training rows, an epoch each
 * @param validationLoss the mean loss of the validation rows after each epoch
 * @param bestEpoch the epoch whose weights were kept, counted from 1; 0 if none was better than the
 *     weights to start from
 * @param bestValidationLoss the mean loss of the validation rows with the weights that were kept
 * @param stopReason why it ended
 * @param seconds the wall-clock time of each epoch's end since the start
 * @param trainingRows the number of training rows
 * @param validationRows the number of validation rows
 * @param steps the number of optimiser steps
 * @param skippedSteps steps not made because the gradient was not finite
 */
public record MemberReport(
    List<Double> trainingLoss,
    List<Double> validationLoss,
    int bestEpoch,
    double bestValidationLoss,
    StopReason stopReason,
    List<Double> seconds,
    int trainingRows,
    int validationRows,
    long steps,
    long skippedSteps) {
  /**
   * Copies the lists.
   *
   * @param trainingLoss the mean loss of the training rows, an epoch each
   * @param validationLoss the mean loss of the validation rows after each epoch
   * @param bestEpoch the epoch whose weights were kept, counted from 1; 0 if none was better than
   *     the weights to start from
   * @param bestValidationLoss the mean loss of the validation rows with the weights that were kept
   * @param stopReason why it ended
   * @param seconds the wall-clock time of each epoch's end since the start
   * @param trainingRows the number of training rows
   * @param validationRows the number of validation rows
   * @param steps the number of optimiser steps
   * @param skippedSteps steps not made because the gradient was not finite
   */
  public MemberReport {
    trainingLoss = List.copyOf(trainingLoss);
    validationLoss = List.copyOf(validationLoss);
    seconds = List.copyOf(seconds);
  }

  /** {@return the number of epochs} */
  public int epochs() {
    return validationLoss.size();
  }
}
