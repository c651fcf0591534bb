package io.github.sbi4j.flows.training;

import io.github.sbi4j.core.progress.Progress;
import io.github.sbi4j.core.progress.ProgressListener;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.flows.tensor.AdamSettings;
import io.github.sbi4j.flows.tensor.Engine;
import io.github.sbi4j.flows.tensor.Optimizer;
import io.github.sbi4j.flows.tensor.RowLoss;
import io.github.sbi4j.flows.tensor.Weights;
import io.github.sbi4j.flows.tensor.Workers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Trains one network: shuffled batches, Adam with clipping, an average of the weights, and the best
 * epoch's weights kept.
 *
 * <p>The validation rows are the same in every epoch. A trainer keeps its state, so that {@link
 * #run} may be called again to go on.
 */
public final class Trainer {
  private static final double PLATEAU_FACTOR = 0.3;
  private static final int PLATEAUS = 3;
  private static final int DIVERGED_EPOCHS = 5;

  private final Engine engine;
  private final RowLoss loss;
  private final long seed;
  private final boolean prefersStart;
  private final Weights weights;
  private final Weights average;
  private final Weights best;
  private final List<Double> trainingLoss = new ArrayList<>();
  private final List<Double> validationLoss = new ArrayList<>();
  private final List<Double> seconds = new ArrayList<>();
  private double bestLoss = Double.POSITIVE_INFINITY;
  private int bestEpoch;
  private long steps;
  private long skipped;

  /**
   * A trainer that starts from given weights.
   *
   * @param engine where to train
   * @param weights the weights to start from, changed by training
   * @param loss the loss of each row
   * @param seed decides the split and the order of rows
   * @param prefersStart whether the weights to start from are a model that training has to beat
   *     clearly: the first run goes back to them unless the best epoch's validation loss is lower
   *     by more than the standard error of the difference
   */
  public Trainer(Engine engine, Weights weights, RowLoss loss, long seed, boolean prefersStart) {
    this.engine = engine;
    this.weights = weights;
    this.loss = loss;
    this.seed = seed;
    this.prefersStart = prefersStart;
    float[] start = weights.toArray();
    this.average = engine.weights(weights.layout(), start);
    this.best = engine.weights(weights.layout(), start);
  }

  /**
   * {@return the indices of the rows that a trainer trains on; it holds out the others}
   *
   * @param rows the number of rows, N
   * @param settings the settings of its training
   * @param seed the seed of the trainer
   */
  public static int[] trainingRows(int rows, Training settings, long seed) {
    return split(rows, settings, seed).training();
  }

  private static Split split(int rows, Training settings, long seed) {
    return Split.of(rows, settings.validationFraction(), RandomStreams.key(seed, 1));
  }

  /** {@return the weights of the best epoch so far} */
  public Weights best() {
    return best;
  }

  /**
   * Trains until it converges or a limit is reached; called again, it goes on from the best
   * weights.
   *
   * @param offsets what is added to the loss of each row of the training table, so that it is in
   *     the units of the data, N values
   * @param settings the settings
   * @param listener hears of each epoch
   * @return how all training so far went
   */
  public MemberReport run(double[] offsets, Training settings, ProgressListener listener) {
    return run(offsets, settings, settings.threadsOrAll(), listener);
  }

  /** Trains with the given number of threads, whatever the settings say. */
  MemberReport run(double[] offsets, Training settings, int threads, ProgressListener listener) {
    try (Workers workers = engine.workers(threads)) {
      return train(workers, offsets, settings, listener);
    }
  }

  private MemberReport train(
      Workers workers, double[] offsets, Training settings, ProgressListener listener) {
    Split split = split(offsets.length, settings, seed);
    weights.blend(best, 1);
    average.blend(best, 1);
    Optimizer optimizer = weights.adam(new AdamSettings(0.9, 0.999, 1e-8, settings.weightDecay()));
    long begin = System.nanoTime();
    double before = seconds.isEmpty() ? 0 : seconds.get(seconds.size() - 1);
    double trainingOffset = meanOf(offsets, split.training());
    double validationOffset = meanOf(offsets, split.validation());
    int[] order = split.training().clone();
    int firstEpoch = validationLoss.size();
    double rate = settings.learningRate();
    int sinceBest = 0;
    int plateaus = 0;
    int diverged = 0;
    // The weights to start from count too: training that only overfits keeps them. Rows may have
    // been added since the last run.
    double startLoss = validationOffset + validate(workers, split.validation());
    bestLoss = finiteOrInfinite(startLoss);
    float[] start = prefersStart && firstEpoch == 0 ? best.toArray() : new float[0];
    StopReason reason = StopReason.EPOCH_LIMIT;
    for (int epoch = firstEpoch; epoch < firstEpoch + settings.maxEpochs(); epoch++) {
      if (settings.schedule() == Schedule.COSINE) {
        double share = (epoch - firstEpoch) / (double) settings.maxEpochs();
        rate = settings.learningRate() * 0.5 * (1 + Math.cos(Math.PI * share));
      }
      double trained = trainingOffset + epoch(workers, optimizer, order, epoch, rate, settings);
      double validated = validationOffset + validate(workers, split.validation());
      trainingLoss.add(trained);
      validationLoss.add(validated);
      double elapsed = (System.nanoTime() - begin) / 1e9;
      seconds.add(before + elapsed);
      if (validated < bestLoss) {
        bestLoss = validated;
        bestEpoch = epoch + 1;
        best.blend(average, 1);
        sinceBest = 0;
      } else {
        sinceBest++;
      }
      diverged = Double.isFinite(validated) ? 0 : diverged + 1;
      report(listener, epoch - firstEpoch + 1, settings, elapsed);
      if (Thread.currentThread().isInterrupted()) {
        reason = StopReason.INTERRUPTED;
        break;
      }
      if (settings.timeBudget().isPresent()
          && elapsed > settings.timeBudget().get().toNanos() / 1e9) {
        reason = StopReason.TIME_BUDGET;
        break;
      }
      if (diverged >= DIVERGED_EPOCHS) {
        reason = StopReason.DIVERGED;
        break;
      }
      if (settings.schedule() == Schedule.PLATEAU
          && sinceBest >= plateauPatience(settings, plateaus)) {
        if (plateaus == PLATEAUS) {
          reason = StopReason.CONVERGED;
          break;
        }
        plateaus++;
        rate *= PLATEAU_FACTOR;
        sinceBest = 0;
        weights.blend(best, 1);
        average.blend(best, 1);
      } else if (settings.schedule() != Schedule.PLATEAU && sinceBest >= settings.patience()) {
        reason = StopReason.CONVERGED;
        break;
      }
    }
    if (start.length > 0 && bestEpoch > 0) {
      Weights first = engine.weights(best.layout(), start);
      if (!losses(workers, best, split).clearlyBelow(losses(workers, first, split))) {
        best.blend(first, 1);
        bestEpoch = 0;
        bestLoss = startLoss;
      }
    }
    return new MemberReport(
        trainingLoss,
        validationLoss,
        bestEpoch,
        bestLoss,
        reason,
        seconds,
        split.training().length,
        split.validation().length,
        steps,
        skipped);
  }

  private static int plateauPatience(Training settings, int plateaus) {
    return plateaus == 0 ? settings.patience() : Math.max(1, settings.patience() / 3);
  }

  private double epoch(
      Workers workers,
      Optimizer optimizer,
      int[] order,
      int epoch,
      double rate,
      Training settings) {
    shuffle(order, RandomStreams.of(RandomStreams.key(seed, 2), epoch));
    int size = settings.batchSizeFor(order.length);
    double sum = 0;
    int batches = 0;
    for (int from = 0; from + size <= order.length; from += size) {
      int[] batch = Arrays.copyOfRange(order, from, from + size);
      double value = workers.gradient(weights, batch, loss);
      double norm = optimizer.step(rate, settings.maxGradientNorm());
      steps++;
      if (!Double.isFinite(norm) || !Double.isFinite(value)) {
        skipped++;
        continue;
      }
      sum += value;
      batches++;
      // Early on the average would lag behind the weights, so its memory grows with the steps made.
      double decay = Math.min(settings.averaging(), (1.0 + steps) / (10.0 + steps));
      average.blend(weights, settings.averaging() == 0 ? 1 : 1 - decay);
    }
    return batches == 0 ? Double.NaN : sum / batches;
  }

  private double validate(Workers workers, int[] rows) {
    return workers.sum(average, rows, loss) / rows.length;
  }

  private ValidationLosses losses(Workers workers, Weights of, Split split) {
    return ValidationLosses.of(workers, of, split.validation(), loss);
  }

  private static double finiteOrInfinite(double loss) {
    return Double.isFinite(loss) ? loss : Double.POSITIVE_INFINITY;
  }

  private static double meanOf(double[] values, int[] rows) {
    return Arrays.stream(rows).mapToDouble(i -> values[i]).average().orElseThrow();
  }

  private static void shuffle(int[] order, RandomGenerator random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swap = order[i];
      order[i] = order[j];
      order[j] = swap;
    }
  }

  private void report(ProgressListener listener, int epochs, Training settings, double elapsed) {
    String detail =
        String.format(Locale.ROOT, "epoch %d, best validation loss %.4f", epochs, bestLoss);
    listener.onProgress(
        new Progress("training", epochs, -1, Duration.ofNanos((long) (elapsed * 1e9)), detail));
  }
}
