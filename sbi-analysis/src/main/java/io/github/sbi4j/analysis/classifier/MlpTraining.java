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
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** The training of one multilayer perceptron. */
final class MlpTraining {
  private final MlpSettings settings;
  private final RandomGenerator random;
  private final MlpNetwork network;
  private final Engine engine = Device.cpu().engine();
  private final Weights weights;
  private final Table inputs;
  private final Table targets;
  private final int[] order;

  MlpTraining(MlpSettings settings, double[][] rows, boolean[] labels, long seed) {
    this.settings = settings;
    this.random = RandomStreams.of(seed, 0);
    this.network = new MlpNetwork(settings.sizes(rows[0].length), settings.neutral(), random);
    this.weights = engine.weights(network.layout(), network.layout().initialValues());
    this.inputs = engine.table(flat(rows), rows.length, rows[0].length);
    float[] classes = new float[rows.length];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = labels[i] ? 1 : 0;
    }
    this.targets = engine.table(classes, rows.length, 1);
    this.order = IntStream.range(0, rows.length).toArray();
  }

  Classifier.Fitted run() {
    Optimizer adam = weights.adam(AdamSettings.DEFAULTS);
    double best = Double.POSITIVE_INFINITY;
    int withoutProgress = 0;
    try (Workers workers = engine.workers(1)) {
      for (int epoch = 0;
          epoch < settings.maximumEpochs() && withoutProgress <= settings.patience();
          epoch++) {
        double loss = epoch(workers, adam);
        withoutProgress = loss > best - settings.tolerance() ? withoutProgress + 1 : 0;
        best = Math.min(best, loss);
      }
    }
    // What is given back holds on to the weights only, not to the rows.
    MlpNetwork trained = network;
    Weights result = weights;
    return rows -> probabilities(trained, result, rows);
  }

  /** One pass over the rows; gives the mean loss on the way. */
  private double epoch(Workers workers, Optimizer adam) {
    shuffle();
    double loss = 0;
    int size = settings.batchSize();
    for (int start = 0; start < order.length; start += size) {
      int[] batch = Arrays.copyOfRange(order, start, Math.min(start + size, order.length));
      double share = settings.penalty() / batch.length;
      RowLoss rowLoss =
          (ops, part) ->
              share == 0
                  ? loss(ops, part)
                  : ops.add(loss(ops, part), ops.scale(network.halfSquaredWeights(ops), share));
      loss += batch.length * workers.gradient(weights, batch, rowLoss);
      adam.step(settings.learningRate(), Double.POSITIVE_INFINITY);
    }
    return loss / order.length;
  }

  private Tensor loss(Operations ops, int[] rows) {
    return network.loss(ops, ops.rows(inputs, rows), ops.rows(targets, rows));
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

  private void shuffle() {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
  }
}
