package io.github.sbi4j.flows.inference;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.flows.estimator.Coordinates;
import io.github.sbi4j.flows.estimator.DensityModel;
import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.RowLoss;
import io.github.sbi4j.flows.tensor.Table;
import io.github.sbi4j.flows.tensor.Tensor;

/**
 * The loss of atomic proposals over the rows of all rounds.
 *
 * <p>log q - log p is the same in any coordinates as long as both have the Jacobian. Networks give
 * log q(v | x); what is left, log |det dv/dtheta| - log p(theta), is a number of each row, because
 * the determinant does not depend on the context. The coordinate v itself does, by a shift: it is
 * the difference of a part of the parameters and one of the context.
 */
final class AtomicLoss implements RowLoss {
  private final DensityModel model;
  private final Partners partners;
  private final int atoms;
  private final boolean combined;
  private final Table whitened;
  private final Table shifts;
  private final Table contexts;
  private final Table logWeights;
  private final Table ofPrior;
  private final double[] offsets;

  AtomicLoss(
      DensityTrainer trainer, Distribution prior, TrainingRows rows, Atomic settings, long seed) {
    this.model = trainer.model();
    this.partners = new Partners(seed);
    double[][] theta = RowLists.toArray(rows.parameters());
    double[][] x = RowLists.toArray(rows.observations());
    int n = theta.length;
    this.atoms = Math.min(settings.atoms(), n);
    this.combined = settings.combinedLoss();
    Coordinates coordinates = trainer.coordinates();
    int d = coordinates.seen();
    float[] points = new float[n * d];
    float[] means = new float[n * d];
    float[] scaled = new float[n * coordinates.contexts().columns()];
    float[] weights = new float[n];
    float[] prioritised = new float[n];
    this.offsets = new double[n];
    int[] rounds = rows.rounds().ofRows();
    double[] logPrior = prior.logProb(theta);
    double[] seen = new double[d];
    for (int i = 0; i < n; i++) {
      Coordinates.Context context = coordinates.context(x[i]);
      double logDeterminant = coordinates.whiten(theta[i], context, seen);
      Fit.put(seen, points, i * d);
      Fit.put(coordinates.whitenedMean(context), means, i * d);
      Fit.put(context.scaled(), scaled, i * context.scaled().length);
      weights[i] = (float) (logDeterminant - logPrior[i]);
      boolean plain = combined && rounds[i] == 0;
      prioritised[i] = plain ? 1 : 0;
      offsets[i] = plain ? -logPrior[i] : 0;
    }
    this.whitened = trainer.table(points, n);
    this.shifts = trainer.table(means, n);
    this.contexts = trainer.table(scaled, n);
    this.logWeights = trainer.table(weights, n);
    this.ofPrior = trainer.table(prioritised, n);
  }

  /** What brings the loss of each row into the units of the data. */
  double[] offsets() {
    return offsets;
  }

  @Override
  public Tensor of(Operations ops, int[] batch) {
    int[] own = partners.of(ops.training(), batch, atoms, whitened.rows());
    Tensor shift = ops.repeatRows(ops.rows(shifts, batch), atoms);
    Tensor points = ops.subtract(ops.rows(whitened, own), shift);
    Tensor logs = model.logProb(ops, points, ops.rows(contexts, batch), atoms);
    Tensor ratios = ops.add(logs, ops.rows(logWeights, own));
    Tensor choices = ops.reshape(ratios, batch.length, atoms);
    Tensor chosen = ops.columns(choices, 0, 1);
    Tensor loss = ops.subtract(ops.logSumExp(choices), chosen);
    // log q - log p of the row itself; the offset takes the prior out again.
    return combined ? ops.subtract(loss, ops.multiply(ops.rows(ofPrior, batch), chosen)) : loss;
  }
}
