package io.github.sbi4j.flows.inference;

import io.github.sbi4j.core.progress.ProgressListener;
import io.github.sbi4j.flows.embedding.Embedding;
import io.github.sbi4j.flows.estimator.ConditionalDensity;
import io.github.sbi4j.flows.estimator.Coordinates;
import io.github.sbi4j.flows.estimator.DensityEstimator;
import io.github.sbi4j.flows.estimator.DensityModel;
import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.RowLoss;
import io.github.sbi4j.flows.tensor.Table;
import io.github.sbi4j.flows.tensor.Tensor;
import io.github.sbi4j.flows.training.MemberReport;
import io.github.sbi4j.flows.training.Training;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Trains q(target | context), by maximising the mean of its logarithm over rows or otherwise. */
final class DensityTrainer {
  private final Coordinates coordinates;
  private final DensityModel model;
  private final Networks networks;
  private @Nullable RowLoss loss;

  DensityTrainer(
      DensityEstimator estimator,
      Embedding embedding,
      Coordinates coordinates,
      Networks.Settings settings) {
    this.coordinates = coordinates;
    int targets = coordinates.seen();
    int contexts = coordinates.contexts().columns();
    this.model =
        DensityModel.build(estimator, embedding, targets, contexts, settings.memberSeed(0));
    this.networks =
        new Networks(
            settings,
            seed -> DensityModel.build(estimator, embedding, targets, contexts, seed).layout(),
            this::loss,
            false);
  }

  private Tensor loss(Operations ops, int[] batch) {
    return Objects.requireNonNull(loss).of(ops, batch);
  }

  DensityModel model() {
    return model;
  }

  Coordinates coordinates() {
    return coordinates;
  }

  Table table(float[] values, int rows) {
    return networks.table(values, rows);
  }

  List<MemberReport> train(
      List<double[]> targets,
      List<double[]> contexts,
      Training training,
      ProgressListener listener) {
    double[] ones = new double[targets.size()];
    Arrays.fill(ones, 1);
    return train(targets, contexts, ones, training, listener);
  }

  /** Maximises the weighted mean of the logarithm; weights have the mean one. */
  List<MemberReport> train(
      List<double[]> targets,
      List<double[]> contexts,
      double[] weights,
      Training training,
      ProgressListener listener) {
    int rows = targets.size();
    int seen = coordinates.seen();
    double[] offsets = new double[rows];
    float[] w = new float[rows];
    boolean weighted = false;
    double[] any = new double[seen];
    for (int i = 0; i < rows; i++) {
      Coordinates.Context context = coordinates.context(contexts.get(i));
      offsets[i] = -weights[i] * coordinates.forward(targets.get(i), context, any);
      w[i] = (float) -weights[i];
      weighted |= weights[i] != 1;
    }
    Table targetTable =
        networks.table(
            (row, values, at) -> {
              double[] v = new double[seen];
              coordinates.forward(targets.get(row), coordinates.context(contexts.get(row)), v);
              Fit.put(v, values, at);
            },
            rows,
            seen);
    Table contextTable = networks.table(contexts, coordinates.contexts());
    RowLoss plain =
        (ops, batch) ->
            model.logProb(ops, ops.rows(targetTable, batch), ops.rows(contextTable, batch));
    Table weightTable = table(w, rows);
    RowLoss chosen =
        weighted
            ? (ops, batch) -> ops.multiply(plain.of(ops, batch), ops.rows(weightTable, batch))
            : (ops, batch) -> ops.scale(plain.of(ops, batch), -1);
    return train(chosen, offsets, training, listener);
  }

  /** Minimises a loss of the networks; offsets bring it into the units of the data. */
  List<MemberReport> train(
      RowLoss loss, double[] offsets, Training training, ProgressListener listener) {
    this.loss = loss;
    return networks.train(offsets, training, listener);
  }

  /** The density with the weights as they are now. */
  ConditionalDensity density() {
    return new ConditionalDensity(model, networks.best(), coordinates);
  }
}
