package io.github.sbi4j.flows.inference;

import io.github.sbi4j.core.progress.ProgressListener;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.flows.Device;
import io.github.sbi4j.flows.estimator.Standardization;
import io.github.sbi4j.flows.tensor.Engine;
import io.github.sbi4j.flows.tensor.ParameterLayout;
import io.github.sbi4j.flows.tensor.RowLoss;
import io.github.sbi4j.flows.tensor.RowReader;
import io.github.sbi4j.flows.tensor.Table;
import io.github.sbi4j.flows.tensor.Weights;
import io.github.sbi4j.flows.training.EnsembleTrainer;
import io.github.sbi4j.flows.training.MemberReport;
import io.github.sbi4j.flows.training.Trainer;
import io.github.sbi4j.flows.training.Training;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/** The networks of an ensemble, alike but for their first weights, and their trainers. */
final class Networks {
  /** Where they are trained, what decides their first weights, and how many they are. */
  record Settings(Device device, long seed, int ensemble) {
    long memberSeed(int member) {
      return RandomStreams.key(seed, member);
    }
  }

  private final Engine engine;
  private final List<Trainer> trainers = new ArrayList<>();

  /**
   * Puts the first weights on the device.
   *
   * @param settings how many
   * @param starts the layout of a member with its first weights, by its seed
   * @param loss the loss of each row, for a member's weights
   * @param preferStarts whether training has to beat the first weights clearly
   */
  Networks(
      Settings settings, LongFunction<ParameterLayout> starts, RowLoss loss, boolean preferStarts) {
    this.engine = settings.device().engine();
    for (int k = 0; k < settings.ensemble(); k++) {
      long seed = settings.memberSeed(k);
      ParameterLayout layout = starts.apply(seed);
      Weights weights = engine.weights(layout, layout.initialValues());
      trainers.add(new Trainer(engine, weights, loss, seed, preferStarts));
    }
  }

  Table table(float[] values, int rows) {
    return engine.table(values, rows, values.length / rows);
  }

  /** A table whose rows may stay where they are. */
  Table table(RowReader reader, int rows, int columns) {
    return engine.table(reader, rows, columns);
  }

  /** The standardised rows of a table, which may stay where it is. */
  Table table(List<double[]> rows, Standardization standardization) {
    int columns = standardization.columns();
    return table(
        (row, target, at) -> {
          double[] scaled = new double[columns];
          standardization.forward(rows.get(row), scaled);
          Fit.put(scaled, target, at);
        },
        rows.size(),
        columns);
  }

  List<MemberReport> train(double[] offsets, Training training, ProgressListener listener) {
    return EnsembleTrainer.run(trainers, offsets, training, listener);
  }

  /** Copies of the weights of each member's best epoch. */
  List<Weights> best() {
    return trainers.stream()
        .map(Trainer::best)
        .map(best -> engine.weights(best.layout(), best.toArray()))
        .toList();
  }
}
