package io.github.sbi4j.flows.inference;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * q p / p~ for a mixture q, a Gaussian p and a Gaussian p~, all over the same D values.
 *
 * <p>Component k has the precision P<sub>0</sub> + L with L = P<sub>k</sub> - P~, what was learned
 * beyond the proposal. Noise can make L negative in a direction; then it is taken for zero there.
 */
final class MixtureQuotient {
  private final int d;
  private final Gaussians prior;
  private final Gaussians proposal;
  private int repaired;

  MixtureQuotient(Gaussians prior, Gaussians proposal) {
    this.d = prior.means()[0].length;
    this.prior = prior;
    this.proposal = proposal;
  }

  /** The number of components in which a direction was taken for not learned. */
  int repaired() {
    return repaired;
  }

  Gaussians of(Gaussians learned) {
    int components = learned.components();
    double[] logWeights = new double[components];
    double[][] means = new double[components][];
    double[][] precisions = new double[components][];
    double[] determinants = new double[components];
    DMatrixRMaj p0 = matrix(prior.precisions()[0]);
    DMatrixRMaj proposed = matrix(proposal.precisions()[0]);
    DMatrixRMaj m0 = column(prior.means()[0]);
    DMatrixRMaj eta0 = CommonOps_DDRM.mult(p0, m0, null);
    DMatrixRMaj mProposed = column(proposal.means()[0]);
    DMatrixRMaj etaProposed = CommonOps_DDRM.mult(proposed, mProposed, null);
    for (int k = 0; k < components; k++) {
      DMatrixRMaj pk = matrix(learned.precisions()[k]);
      DMatrixRMaj mk = column(learned.means()[k]);
      DMatrixRMaj etaK = CommonOps_DDRM.mult(pk, mk, null);
      DMatrixRMaj likelihood = CommonOps_DDRM.subtract(pk, proposed, null);
      DMatrixRMaj pull = CommonOps_DDRM.subtract(etaK, etaProposed, null);
      repair(likelihood, pull);
      DMatrixRMaj precision = CommonOps_DDRM.add(p0, likelihood, null);
      DMatrixRMaj eta = CommonOps_DDRM.add(eta0, pull, null);
      DMatrixRMaj mean = new DMatrixRMaj(d, 1);
      CommonOps_DDRM.solve(precision, eta, mean);
      precisions[k] = precision.getData();
      means[k] = mean.getData();
      determinants[k] = 0.5 * Math.log(CommonOps_DDRM.det(precision));
      logWeights[k] =
          learned.logWeights()[k]
              + learned.halfLogDeterminants()[k]
              + prior.halfLogDeterminants()[0]
              - proposal.halfLogDeterminants()[0]
              - determinants[k]
              + 0.5
                  * (CommonOps_DDRM.dot(mean, eta)
                      - CommonOps_DDRM.dot(mk, etaK)
                      - CommonOps_DDRM.dot(m0, eta0)
                      + CommonOps_DDRM.dot(mProposed, etaProposed));
    }
    return new Gaussians(normalised(logWeights), means, precisions, determinants);
  }

  /** Takes negative directions out of what was learned, and the pull along them. */
  private void repair(DMatrixRMaj likelihood, DMatrixRMaj pull) {
    EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(d, true, true);
    if (!eigen.decompose(likelihood.copy())) {
      throw new IllegalStateException(
          "what was learned beyond the proposal has no eigenvalues, so the posterior is not known; use"
              + " the correction Atomic");
    }
    boolean changed = false;
    for (int i = 0; i < d; i++) {
      double value = eigen.getEigenvalue(i).getReal();
      if (value < 0) {
        DMatrixRMaj direction = eigen.getEigenVector(i);
        CommonOps_DDRM.multAddTransB(-value, direction, direction, likelihood);
        double along = CommonOps_DDRM.dot(direction, pull);
        CommonOps_DDRM.addEquals(pull, -along, direction);
        changed = true;
      }
    }
    repaired += changed ? 1 : 0;
  }

  private static double[] normalised(double[] logs) {
    double max = Double.NEGATIVE_INFINITY;
    for (double log : logs) {
      max = Math.max(max, log);
    }
    double sum = 0;
    for (double log : logs) {
      sum += Math.exp(log - max);
    }
    double[] result = new double[logs.length];
    for (int k = 0; k < logs.length; k++) {
      result[k] = logs[k] - max - Math.log(sum);
    }
    return result;
  }

  private DMatrixRMaj matrix(double[] values) {
    return DMatrixRMaj.wrap(d, d, values.clone());
  }

  private DMatrixRMaj column(double[] values) {
    return DMatrixRMaj.wrap(d, 1, values.clone());
  }
}
