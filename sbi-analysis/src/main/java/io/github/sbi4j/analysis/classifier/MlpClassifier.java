package io.github.sbi4j.analysis.classifier;

import java.util.Locale;

/**
 * A multilayer perceptron that does what scikit-learn's {@code MLPClassifier} does by default.
 *
 * <p>ReLU units; logistic loss with the L2 penalty {@code alpha |W|^2 / (2 n)} on each batch of n;
 * Adam with rate 1e-3, decays 0.9 and 0.999 and epsilon 1e-8; batches of 200 rows in a new order
 * every epoch; weights and biases uniform within {@code sqrt(6 / (inputs + outputs))}. Training
 * stops once the training loss has not improved on its best by more than the tolerance for more
 * than {@code patience} epochs in a row; the last weights are kept. Everything is single precision.
 *
 * <p>Immutable: the {@code with} methods return changed copies.
 */
public final class MlpClassifier implements Classifier {
  private final MlpSettings settings;

  private MlpClassifier(MlpSettings settings) {
    this.settings = settings;
  }

  /**
   * The classifier of the sbibm protocol.
   *
   * @return two hidden layers of 10 D units for rows of D values, at most 10 000 epochs, patience
   *     10, tolerance 1e-4, penalty 1e-4
   */
  public static MlpClassifier defaults() {
    return new MlpClassifier(new MlpSettings(new int[0], 10_000, 10, 1e-4, 1e-4, 1e-3, 200, false));
  }

  /**
   * A copy with other hidden layers.
   *
   * @param units the number of units in each hidden layer; none for two layers of 10 D
   * @return the copy
   * @throws IllegalArgumentException if a layer has no units
   */
  public MlpClassifier withHiddenUnits(int... units) {
    for (int size : units) {
      requirePositive("hidden units", size);
    }
    return new MlpClassifier(settings.withHiddenUnits(units.clone()));
  }

  /**
   * A copy with another bound on the number of epochs.
   *
   * @param epochs the largest number of passes over the rows
   * @return the copy
   * @throws IllegalArgumentException if the number is not positive
   */
  public MlpClassifier withMaximumEpochs(int epochs) {
    requirePositive("maximum epochs", epochs);
    return new MlpClassifier(settings.withMaximumEpochs(epochs));
  }

  /**
   * A copy with another patience.
   *
   * @param epochs the number of epochs in a row that may pass without progress
   * @return the copy
   * @throws IllegalArgumentException if the number is not positive
   */
  public MlpClassifier withPatience(int epochs) {
    requirePositive("patience", epochs);
    return new MlpClassifier(settings.withPatience(epochs));
  }

  /**
   * A copy with another penalty on the squares of the weights.
   *
   * @param alpha the penalty
   * @return the copy
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public MlpClassifier withPenalty(double alpha) {
    if (!(alpha >= 0) || Double.isInfinite(alpha)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "penalty must be at least 0 and finite, got %s; 1e-4 is usual", alpha));
    }
    return new MlpClassifier(settings.withPenalty(alpha));
  }

  /**
   * A copy with another learning rate.
   *
   * @param rate the rate of Adam
   * @return the copy
   * @throws IllegalArgumentException if it is not positive and finite
   */
  public MlpClassifier withLearningRate(double rate) {
    if (!(rate > 0) || Double.isInfinite(rate)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "learning rate must be positive and finite, got %s; 1e-3 is usual",
              rate));
    }
    return new MlpClassifier(settings.withLearningRate(rate));
  }

  /**
   * A copy with another number of rows in a batch.
   *
   * @param rows the number of rows
   * @return the copy
   * @throws IllegalArgumentException if the number is not positive
   */
  public MlpClassifier withBatchSize(int rows) {
    requirePositive("batch size", rows);
    return new MlpClassifier(settings.withBatchSize(rows));
  }

  /**
   * {@return a copy whose output layer starts at zero: what little training has not touched says
   * one half, which takes the noise of the first weights out of probabilities}
   */
  public MlpClassifier withNeutralStart() {
    return new MlpClassifier(settings.withNeutral(true));
  }

  private static void requirePositive(String what, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s must be positive, got %d; give at least 1", what, value));
    }
  }

  @Override
  public String name() {
    return "mlp";
  }

  @Override
  public Fitted fit(double[][] rows, boolean[] labels, long seed) {
    TrainingRows.check(rows, labels);
    return new MlpTraining(settings, rows, labels, seed).run();
  }
}
