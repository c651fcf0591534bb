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
 * log q(v | x); what is left is log |det dv/dtheta| - log p(theta).
 */
final class AtomicLoss implements RowLoss {
  private final DensityModel model;
  private final Partners partners;
  private final int atoms;
  private final boolean combined;
  private final int rows;
  private final Atoms points;
  private final Table contexts;
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
    this.rows = n;
    Coordinates coordinates = trainer.coordinates();
    double[] logPrior = prior.logProb(theta);
    this.points =
        coordinates.isShifted()
            ? new ShiftedAtoms(trainer, theta, x, logPrior)
            : new BoundedAtoms(coordinates, theta, x, logPrior);
    this.offsets = new double[n];
    float[] scaled = new float[n * coordinates.contexts().columns()];
    float[] prioritised = new float[n];
    int[] rounds = rows.rounds().ofRows();
    for (int i = 0; i < n; i++) {
      double[] context = coordinates.context(x[i]).scaled();
      Fit.put(context, scaled, i * context.length);
      boolean plain = combined && rounds[i] == 0;
      prioritised[i] = plain ? 1 : 0;
      offsets[i] = plain ? -logPrior[i] : 0;
    }
    this.contexts = trainer.table(scaled, n);
    this.ofPrior = trainer.table(prioritised, n);
  }

  /** What brings the loss of each row into the units of the data. */
  double[] offsets() {
    return offsets;
  }

  @Override
  public Tensor of(Operations ops, int[] batch) {
    int[] own = partners.of(ops.training(), batch, atoms, rows);
    Atoms.Seen seen = points.of(ops, batch, own);
    Tensor logs = model.logProb(ops, seen.points(), ops.rows(contexts, batch), atoms);
    Tensor ratios = ops.add(logs, seen.logWeights());
    Tensor choices = ops.reshape(ratios, batch.length, atoms);
    Tensor chosen = ops.columns(choices, 0, 1);
    Tensor loss = ops.subtract(ops.logSumExp(choices), chosen);
    // log q - log p of the row itself; the offset takes the prior out again.
    return combined ? ops.subtract(loss, ops.multiply(ops.rows(ofPrior, batch), chosen)) : loss;
  }
}
