package io.github.sbi4j.flows.inference;

import io.github.sbi4j.core.progress.ProgressListener;
import io.github.sbi4j.flows.embedding.Embedding;
import io.github.sbi4j.flows.estimator.ConditionalDensity;
import io.github.sbi4j.flows.estimator.Coordinates;
import io.github.sbi4j.flows.estimator.DensityEstimator;
import io.github.sbi4j.flows.estimator.DensityModel;
import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.Table;
import io.github.sbi4j.flows.tensor.Tensor;
import io.github.sbi4j.flows.training.MemberReport;
import io.github.sbi4j.flows.training.Training;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Trains q(target | context) by maximising the mean of its logarithm over rows. */
final class DensityTrainer {
  private final Coordinates coordinates;
  private final DensityModel model;
  private final Networks networks;
  private @Nullable Table targetTable;
  private @Nullable Table contextTable;

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
    Tensor target = ops.rows(Objects.requireNonNull(targetTable), batch);
    Tensor context = ops.rows(Objects.requireNonNull(contextTable), batch);
    return ops.scale(model.logProb(ops, target, context), -1);
  }

  List<MemberReport> train(
      double[][] targets, double[][] contexts, Training training, ProgressListener listener) {
    int rows = targets.length;
    double[] offsets = new double[rows];
    float[] t = new float[rows * coordinates.seen()];
    float[] c = new float[rows * coordinates.contexts().columns()];
    double[] seen = new double[coordinates.seen()];
    for (int i = 0; i < rows; i++) {
      Coordinates.Context context = coordinates.context(contexts[i]);
      offsets[i] = -coordinates.forward(targets[i], context, seen);
      Fit.put(seen, t, i);
      Fit.put(context.scaled(), c, i);
    }
    targetTable = networks.table(t, rows);
    contextTable = networks.table(c, rows);
    return networks.train(offsets, training, listener);
  }

  /** The density with the weights as they are now. */
  ConditionalDensity density() {
    return new ConditionalDensity(model, networks.best(), coordinates);
  }
}
