package io.github.sbi4j.flows.inference;

import io.github.sbi4j.flows.estimator.Coordinates;
import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.Table;
import io.github.sbi4j.flows.tensor.Tensor;

/**
 * Where v is the difference of a part of the parameters and one of the context, and the determinant
 * that of the parameters alone, each is computed once a row.
 */
final class ShiftedAtoms implements Atoms {
  private final Table whitened;
  private final Table shifts;
  private final Table logWeights;

  ShiftedAtoms(DensityTrainer trainer, double[][] theta, double[][] x, double[] logPrior) {
    int n = theta.length;
    Coordinates coordinates = trainer.coordinates();
    int d = coordinates.seen();
    float[] points = new float[n * d];
    float[] means = new float[n * d];
    float[] weights = new float[n];
    double[] seen = new double[d];
    for (int i = 0; i < n; i++) {
      Coordinates.Context context = coordinates.context(x[i]);
      weights[i] = (float) (coordinates.whiten(theta[i], context, seen) - logPrior[i]);
      Fit.put(seen, points, i * d);
      Fit.put(coordinates.whitenedMean(context), means, i * d);
    }
    this.whitened = trainer.table(points, n);
    this.shifts = trainer.table(means, n);
    this.logWeights = trainer.table(weights, n);
  }

  @Override
  public Seen of(Operations ops, int[] batch, int[] own) {
    Tensor shift = ops.repeatRows(ops.rows(shifts, batch), own.length / batch.length);
    return new Seen(ops.subtract(ops.rows(whitened, own), shift), ops.rows(logWeights, own));
  }
}
