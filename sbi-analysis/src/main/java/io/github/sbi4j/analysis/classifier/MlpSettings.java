package io.github.sbi4j.analysis.classifier;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The settings of a multilayer perceptron.
 *
 * @param hiddenUnits units of each hidden layer; none for two layers of 10 D
 * @param neutral whether the weights of the output start at zero
 */
record MlpSettings(
    int[] hiddenUnits,
    int maximumEpochs,
    int patience,
    double tolerance,
    double penalty,
    double learningRate,
    int batchSize,
    boolean neutral) {

  MlpSettings withHiddenUnits(int[] value) {
    return new MlpSettings(
        value, maximumEpochs, patience, tolerance, penalty, learningRate, batchSize, neutral);
  }

  MlpSettings withMaximumEpochs(int value) {
    return new MlpSettings(
        hiddenUnits, value, patience, tolerance, penalty, learningRate, batchSize, neutral);
  }

  MlpSettings withPatience(int value) {
    return new MlpSettings(
        hiddenUnits, maximumEpochs, value, tolerance, penalty, learningRate, batchSize, neutral);
  }

  MlpSettings withPenalty(double value) {
    return new MlpSettings(
        hiddenUnits, maximumEpochs, patience, tolerance, value, learningRate, batchSize, neutral);
  }

  MlpSettings withLearningRate(double value) {
    return new MlpSettings(
        hiddenUnits, maximumEpochs, patience, tolerance, penalty, value, batchSize, neutral);
  }

  MlpSettings withBatchSize(int value) {
    return new MlpSettings(
        hiddenUnits, maximumEpochs, patience, tolerance, penalty, learningRate, value, neutral);
  }

  MlpSettings withNeutral(boolean value) {
    return new MlpSettings(
        hiddenUnits, maximumEpochs, patience, tolerance, penalty, learningRate, batchSize, value);
  }

  /** The number of inputs, then the units of each hidden layer. */
  int[] sizes(int columns) {
    return hiddenUnits.length > 0
        ? IntStream.concat(IntStream.of(columns), Arrays.stream(hiddenUnits)).toArray()
        : new int[] {columns, 10 * columns, 10 * columns};
  }
}
