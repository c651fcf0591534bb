package io.github.sbi4j.analysis.classifier;

import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.flows.Device;
import io.github.sbi4j.flows.tensor.AdamSettings;
import io.github.sbi4j.flows.tensor.Engine;
import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.Optimizer;
import io.github.sbi4j.flows.tensor.RowLoss;
import io.github.sbi4j.flows.tensor.Table;
import io.github.sbi4j.flows.tensor.Tensor;
import io.github.sbi4j.flows.tensor.Weights;
import io.github.sbi4j.flows.tensor.Workers;
import java.util.Arrays;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

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
  private final int[] hiddenUnits;
  private final int maximumEpochs;
  private final int patience;
  private final double tolerance;
  private final double penalty;
  private final double learningRate;
  private final int batchSize;

  private MlpClassifier(
      int[] hiddenUnits,
      int maximumEpochs,
      int patience,
      double tolerance,
      double penalty,
      double learningRate,
      int batchSize) {
    this.hiddenUnits = hiddenUnits;
    this.maximumEpochs = maximumEpochs;
    this.patience = patience;
    this.tolerance = tolerance;
    this.penalty = penalty;
    this.learningRate = learningRate;
    this.batchSize = batchSize;
  }

  /**
   * The classifier of the sbibm protocol.
   *
   * @return two hidden layers of 10 D units for rows of D values, at most 10 000 epochs, patience
   *     10, tolerance 1e-4, penalty 1e-4
   */
  public static MlpClassifier defaults() {
    return new MlpClassifier(new int[0], 10_000, 10, 1e-4, 1e-4, 1e-3, 200);
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
    return new MlpClassifier(
        units.clone(), maximumEpochs, patience, tolerance, penalty, learningRate, batchSize);
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
    return new MlpClassifier(
        hiddenUnits, epochs, patience, tolerance, penalty, learningRate, batchSize);
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
    return new MlpClassifier(
        hiddenUnits, maximumEpochs, epochs, tolerance, penalty, learningRate, batchSize);
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
    int columns = rows[0].length;
    int[] hidden = hiddenUnits.length > 0 ? hiddenUnits : new int[] {10 * columns, 10 * columns};
    int[] sizes = IntStream.concat(IntStream.of(columns), Arrays.stream(hidden)).toArray();
    RandomGenerator random = RandomStreams.of(seed, 0);
    MlpNetwork network = new MlpNetwork(sizes, random);
    Engine engine = Device.cpu().engine();
    Weights weights = engine.weights(network.layout(), network.layout().initialValues());
    train(engine, network, weights, rows, labels, random);
    return newRows -> probabilities(network, weights, newRows);
  }

  private void train(
      Engine engine,
      MlpNetwork network,
      Weights weights,
      double[][] rows,
      boolean[] labels,
      RandomGenerator random) {
    Table inputs = engine.table(flat(rows), rows.length, rows[0].length);
    float[] classes = new float[rows.length];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = labels[i] ? 1 : 0;
    }
    Table targets = engine.table(classes, rows.length, 1);
    Optimizer adam = weights.adam(AdamSettings.DEFAULTS);
    int[] order = IntStream.range(0, rows.length).toArray();
    double best = Double.POSITIVE_INFINITY;
    int withoutProgress = 0;

    try (Workers workers = engine.workers(1)) {
      for (int epoch = 0; epoch < maximumEpochs && withoutProgress <= patience; epoch++) {
        shuffle(order, random);
        double loss = 0;
        for (int start = 0; start < order.length; start += batchSize) {
          int[] batch = Arrays.copyOfRange(order, start, Math.min(start + batchSize, order.length));
          double share = penalty / batch.length;
          RowLoss rowLoss =
              (ops, part) ->
                  ops.add(
                      network.loss(ops, ops.rows(inputs, part), ops.rows(targets, part)),
                      ops.scale(network.halfSquaredWeights(ops), share));
          loss += batch.length * workers.gradient(weights, batch, rowLoss);
          adam.step(learningRate, Double.POSITIVE_INFINITY);
        }
        loss /= rows.length;
        withoutProgress = loss > best - tolerance ? withoutProgress + 1 : 0;
        best = Math.min(best, loss);
      }
    }
  }

  private static double[] probabilities(MlpNetwork network, Weights weights, double[][] rows) {
    double[] result = new double[rows.length];
    int size = weights.rowsAtOnce();
    for (int start = 0; start < rows.length; start += size) {
      double[][] part = Arrays.copyOfRange(rows, start, Math.min(start + size, rows.length));
      try (Operations ops = weights.evaluate()) {
        Tensor inputs = ops.constant(flat(part), part.length, part[0].length);
        float[] logits = ops.values(network.logits(ops, inputs));
        for (int i = 0; i < part.length; i++) {
          result[start + i] = 1 / (1 + Math.exp(-logits[i]));
        }
      }
    }
    return result;
  }

  private static float[] flat(double[][] rows) {
    int columns = rows[0].length;
    float[] values = new float[rows.length * columns];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < columns; j++) {
        values[i * columns + j] = (float) rows[i][j];
      }
    }
    return values;
  }

  private static void shuffle(int[] order, RandomGenerator random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
  }
}
