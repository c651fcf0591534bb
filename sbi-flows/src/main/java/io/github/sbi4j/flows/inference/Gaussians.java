package io.github.sbi4j.flows.inference;

import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * A mixture of K Gaussians over D values, by log-weights, means and precisions.
 *
 * @param logWeights K of them, normalised
 * @param means K x D
 * @param precisions K x (D D)
 * @param halfLogDeterminants half the logarithms of the precisions' determinants, K; zero for a
 *     flat density, whose precision is zero
 */
record Gaussians(
    double[] logWeights, double[][] means, double[][] precisions, double[] halfLogDeterminants) {
  int components() {
    return means.length;
  }

  /** A single Gaussian with that covariance, D x D. */
  static Gaussians of(double[] mean, double[][] covariance) {
    DMatrixRMaj precision = new DMatrixRMaj(covariance);
    double determinant = CommonOps_DDRM.det(precision);
    CommonOps_DDRM.invert(precision);
    return new Gaussians(
        new double[1],
        new double[][] {mean},
        new double[][] {precision.getData()},
        new double[] {-0.5 * Math.log(determinant)});
  }

  /**
   * The mixture of values y with x = matrix y + origin, if this is that of x.
   *
   * @param matrix D x D
   * @param origin D values
   */
  Gaussians pulledBack(DMatrixRMaj matrix, double[] origin) {
    int d = origin.length;
    DMatrixRMaj inverse = new DMatrixRMaj(d, d);
    CommonOps_DDRM.invert(matrix, inverse);
    double logDeterminant = Math.log(Math.abs(CommonOps_DDRM.det(matrix)));
    double[][] newMeans = new double[means.length][d];
    double[][] newPrecisions = new double[means.length][];
    double[] newDeterminants = new double[means.length];
    for (int k = 0; k < means.length; k++) {
      double[] shifted = new double[d];
      for (int i = 0; i < d; i++) {
        shifted[i] = means[k][i] - origin[i];
      }
      CommonOps_DDRM.mult(
          inverse, DMatrixRMaj.wrap(d, 1, shifted), DMatrixRMaj.wrap(d, 1, newMeans[k]));
      DMatrixRMaj right = new DMatrixRMaj(d, d);
      CommonOps_DDRM.mult(DMatrixRMaj.wrap(d, d, precisions[k]), matrix, right);
      DMatrixRMaj both = new DMatrixRMaj(d, d);
      CommonOps_DDRM.multTransA(matrix, right, both);
      newPrecisions[k] = both.getData();
      newDeterminants[k] = halfLogDeterminants[k] + logDeterminant;
    }
    return new Gaussians(logWeights, newMeans, newPrecisions, newDeterminants);
  }

  /** The mixture that a network of mixtures gives for one context, in what it sees of targets. */
  static Gaussians ofOutputs(float[] outputs, int d) {
    int components = outputs.length / (1 + 2 * d + d * (d - 1) / 2);
    MixtureProduct reader = new MixtureProduct(d, components);
    reader.read(outputs, 0);
    return reader.mixture();
  }

  /** The mixture of mixtures with equal weights. */
  static Gaussians mixture(List<Gaussians> members) {
    double share = -Math.log(members.size());
    return new Gaussians(
        members.stream()
            .flatMapToDouble(m -> Arrays.stream(m.logWeights).map(log -> log + share))
            .toArray(),
        members.stream().flatMap(m -> Arrays.stream(m.means)).toArray(double[][]::new),
        members.stream().flatMap(m -> Arrays.stream(m.precisions)).toArray(double[][]::new),
        members.stream().flatMapToDouble(m -> Arrays.stream(m.halfLogDeterminants)).toArray());
  }

  /** The mixture of values A y + b, if this is that of y. */
  Gaussians mapped(DMatrixRMaj matrix, double[] origin) {
    DMatrixRMaj inverse = new DMatrixRMaj(origin.length, origin.length);
    CommonOps_DDRM.invert(matrix, inverse);
    DMatrixRMaj back = new DMatrixRMaj(origin.length, 1);
    CommonOps_DDRM.mult(-1, inverse, DMatrixRMaj.wrap(origin.length, 1, origin), back);
    return pulledBack(inverse, back.getData());
  }
}
