package io.github.sbi4j.flows.inference;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Proposal;
import io.github.sbi4j.flows.estimator.Coordinates;
import io.github.sbi4j.flows.estimator.DensityModel;
import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.RowLoss;
import io.github.sbi4j.flows.tensor.Table;
import io.github.sbi4j.flows.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.ejml.data.DMatrixRMaj;

/**
 * -log of q p~ / (p Z) for each row, p~ being the proposal of its round; log Z depends on the
 * network's outputs, and is computed with its gradient on the heap, in double precision.
 *
 * <p>In the sum over a row, p~ / p at its own parameters is a constant, which the offsets have.
 */
final class NonAtomicLoss implements RowLoss {
  private final DensityModel model;
  private final int dimension;
  private final Table points;
  private final Table contexts;
  private final double[][] shifts;
  private final int[] rounds;
  private final List<Gaussians> proposals = new ArrayList<>();
  private final Gaussians prior;
  private final double[] offsets;
  private final LongAdder asked = new LongAdder();
  private final LongAdder skipped = new LongAdder();

  NonAtomicLoss(DensityTrainer trainer, Distribution priorOfRows, TrainingRows rows) {
    this.model = trainer.model();
    Coordinates coordinates = trainer.coordinates();
    ClosedForms.requireAffine(coordinates, priorOfRows);
    double[][] theta = RowLists.toArray(rows.parameters());
    double[][] x = RowLists.toArray(rows.observations());
    int n = theta.length;
    this.dimension = coordinates.dimension();
    this.rounds = rows.rounds().ofRows();
    this.shifts = new double[n][];
    this.offsets = new double[n];
    float[] seen = new float[n * dimension];
    float[] scaled = new float[n * coordinates.contexts().columns()];
    double[] v = new double[dimension];
    for (int i = 0; i < n; i++) {
      Coordinates.Context context = coordinates.context(x[i]);
      shifts[i] = coordinates.whitenedMean(context);
      offsets[i] = -coordinates.forward(theta[i], context, v);
      Fit.put(v, seen, i * dimension);
      Fit.put(context.scaled(), scaled, i * context.scaled().length);
    }
    this.points = trainer.table(seen, n);
    this.contexts = trainer.table(scaled, n);
    // Means without a shift are those where the context's part is taken out.
    Coordinates.Context any = coordinates.context(x[0]);
    DMatrixRMaj matrix = ClosedForms.matrix(coordinates, any);
    double[] origin = ClosedForms.origin(coordinates, any);
    for (int i = 0; i < dimension; i++) {
      origin[i] += shifts[0][i];
    }
    this.prior = ClosedForms.prior(priorOfRows).mapped(matrix, origin);
    List<Proposal> all = rows.rounds().proposals();
    for (int r = 0; r < all.size(); r++) {
      proposals.add(
          r == 0 ? prior : ClosedForms.proposal(all.get(r), priorOfRows, r).mapped(matrix, origin));
    }
    addRatios(theta, priorOfRows, all);
  }

  /** - log p~ + log p of each row at its own parameters, in the units of the data. */
  private void addRatios(double[][] theta, Distribution priorOfRows, List<Proposal> all) {
    double[] logPrior = priorOfRows.logProb(theta);
    for (int r = 1; r < all.size(); r++) {
      double[] logs = all.get(r).logProb(theta);
      for (int i = 0; i < theta.length; i++) {
        offsets[i] -= rounds[i] == r ? logs[i] - logPrior[i] : 0;
      }
    }
  }

  double[] offsets() {
    return offsets;
  }

  /** The share of evaluations of rows in which a product of components had no normaliser. */
  double skippedShare() {
    return asked.sum() == 0 ? 0 : skipped.sum() / (double) asked.sum();
  }

  @Override
  public Tensor of(Operations ops, int[] batch) {
    Tensor outputs = model.mixtures(ops, ops.rows(contexts, batch));
    Tensor loss = ops.scale(model.mixtureLogProb(ops, ops.rows(points, batch), outputs), -1);
    float[] values = ops.values(outputs);
    int width = outputs.columns();
    float[] gradient = new float[values.length];
    float[] rest = new float[batch.length];
    float[] kept = new float[batch.length];
    int components = width / (1 + 2 * dimension + dimension * (dimension - 1) / 2);
    MixtureProduct product = new MixtureProduct(dimension, components);
    for (int b = 0; b < batch.length; b++) {
      kept[b] = 1;
      if (rounds[batch[b]] > 0) {
        normalise(product, values, gradient, rest, kept, b, width, batch[b]);
      }
    }
    // The value of log Z, and its gradient as the slope of a linear function of the outputs.
    Tensor slopes = ops.constant(gradient, batch.length, width);
    Tensor logZ =
        ops.add(ops.sumColumns(ops.multiply(outputs, slopes)), ops.constant(rest, batch.length, 1));
    return ops.multiply(ops.add(loss, logZ), ops.constant(kept, batch.length, 1));
  }

  private void normalise(
      MixtureProduct product,
      float[] values,
      float[] gradient,
      float[] rest,
      float[] kept,
      int b,
      int width,
      int row) {
    asked.increment();
    double logZ =
        product.logNormalizer(
            values, b * width, proposals.get(rounds[row]), prior, shifts[row], gradient);
    if (!Double.isFinite(logZ)) {
      skipped.increment();
      kept[b] = 0;
      return;
    }
    double linear = 0;
    for (int j = b * width; j < (b + 1) * width; j++) {
      linear += (double) values[j] * gradient[j];
    }
    rest[b] = (float) (logZ - linear);
  }
}
