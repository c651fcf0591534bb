package io.github.sbi4j.flows.inference;

import io.github.sbi4j.flows.estimator.Coordinates;
import io.github.sbi4j.flows.estimator.GaussianPart;
import io.github.sbi4j.flows.tensor.Operations;

/** Where values keep their bounds, each pair has coordinates of its own, computed on the heap. */
final class BoundedAtoms implements Atoms {
  private final GaussianPart part;
  private final double[][] standardized;
  private final double[][] means;
  private final double[] logWeights;

  BoundedAtoms(Coordinates coordinates, double[][] theta, double[][] x, double[] logPrior) {
    this.part = coordinates.regression();
    this.standardized = new double[theta.length][theta[0].length];
    this.means = new double[theta.length][];
    this.logWeights = new double[theta.length];
    for (int i = 0; i < theta.length; i++) {
      logWeights[i] = coordinates.standardize(theta[i], standardized[i]) - logPrior[i];
      means[i] = coordinates.context(x[i]).mean();
    }
  }

  @Override
  public Seen of(Operations ops, int[] batch, int[] own) {
    int d = part.targets();
    int atoms = own.length / batch.length;
    float[] points = new float[own.length * d];
    float[] weights = new float[own.length];
    double[] seen = new double[d];
    for (int i = 0; i < own.length; i++) {
      System.arraycopy(standardized[own[i]], 0, seen, 0, d);
      double logDeterminant = part.forward(seen, means[batch[i / atoms]]);
      weights[i] = (float) (logDeterminant + logWeights[own[i]]);
      Fit.put(seen, points, i * d);
    }
    return new Seen(ops.constant(points, own.length, d), ops.constant(weights, own.length, 1));
  }
}
