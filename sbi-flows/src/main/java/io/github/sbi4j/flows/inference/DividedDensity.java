package io.github.sbi4j.flows.inference;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Proposal;
import io.github.sbi4j.flows.Device;
import io.github.sbi4j.flows.embedding.Embedding;
import io.github.sbi4j.flows.estimator.ConditionalDensity;
import io.github.sbi4j.flows.estimator.Coordinates;
import io.github.sbi4j.flows.estimator.DensityModel;
import io.github.sbi4j.flows.estimator.Mdn;
import io.github.sbi4j.flows.tensor.Engine;
import io.github.sbi4j.flows.tensor.Parameter;
import io.github.sbi4j.flows.tensor.ParameterLayout;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;

/** A learned mixture at one observation, divided by the proposal; a density like any other. */
final class DividedDensity {
  private DividedDensity() {}

  /** What was made, and in how many components a direction was taken for not learned. */
  record Result(ConditionalDensity density, int repaired) {}

  /**
   * Divides.
   *
   * @param learned a mixture density network fitted to simulations of the proposal
   * @param prior the prior, Gaussian in unconstrained space
   * @param proposal the proposal, a single Gaussian given its observation
   * @param round its number, for messages
   * @param device where the result is evaluated
   * @return the posterior's density, for the proposal's observation only
   */
  static Result of(
      ConditionalDensity learned, Distribution prior, Proposal proposal, int round, Device device) {
    Gaussians proposed = ClosedForms.proposal(proposal, prior, round);
    if (proposed.components() > 1) {
      throw new IllegalStateException(
          "PostHoc divides by a single Gaussian, but the proposal of round "
              + round
              + " has "
              + proposed.components()
              + " components; train all rounds but the last with Mdn.defaults().withComponents(1) and"
              + " without an ensemble, or use the correction NonAtomic or Atomic");
    }
    Coordinates coordinates = learned.coordinates();
    ClosedForms.requireAffine(coordinates, prior);
    double[] x = proposal.observation().orElseThrow();
    Coordinates.Context context = coordinates.context(x);
    DMatrixRMaj matrix = ClosedForms.matrix(coordinates, context);
    double[] origin = ClosedForms.origin(coordinates, context);
    MixtureQuotient quotient =
        new MixtureQuotient(
            ClosedForms.prior(prior).mapped(matrix, origin), proposed.mapped(matrix, origin));
    Gaussians divided = quotient.of(ClosedForms.seen(learned, context));
    return new Result(constant(divided, coordinates, device), quotient.repaired());
  }

  /** A mixture density network that gives the same mixture for every context. */
  private static ConditionalDensity constant(
      Gaussians mixture, Coordinates coordinates, Device device) {
    int d = coordinates.dimension();
    int contexts = coordinates.contexts().columns();
    Mdn settings =
        Mdn.defaults()
            .withComponents(mixture.components())
            .withHiddenFeatures(1)
            .withHiddenLayers(1);
    DensityModel model = DensityModel.build(settings, Embedding.identity(), d, contexts, 1);
    ParameterLayout layout = model.layout();
    List<Parameter> parameters = layout.parameters();
    Parameter biases = parameters.get(parameters.size() - 1);
    float[] outputs = outputs(mixture, d);
    if (biases.size() != outputs.length) {
      throw new IllegalStateException("the last weights of a mixture network are not its biases");
    }
    float[] values = new float[layout.size()];
    System.arraycopy(outputs, 0, values, biases.offset(), outputs.length);
    Engine engine = device.engine();
    return new ConditionalDensity(model, List.of(engine.weights(layout, values)), coordinates);
  }

  /** What a network would give for the mixture. */
  private static float[] outputs(Gaussians mixture, int d) {
    int k = mixture.components();
    float[] outputs = new float[k * (1 + 2 * d + d * (d - 1) / 2)];
    int upper = k * (1 + 2 * d);
    for (int c = 0; c < k; c++) {
      outputs[c] = (float) mixture.logWeights()[c];
      DMatrixRMaj factor = factor(mixture.precisions()[c], d);
      for (int i = 0; i < d; i++) {
        outputs[k + c * d + i] = (float) mixture.means()[c][i];
        outputs[k * (1 + d) + c * d + i] = (float) Math.log(factor.get(i, i));
        for (int j = i + 1; j < d; j++) {
          outputs[upper++] = (float) factor.get(i, j);
        }
      }
    }
    return outputs;
  }

  /** The upper triangular U with U' U = precision. */
  private static DMatrixRMaj factor(double[] precision, int d) {
    CholeskyDecomposition_F64<DMatrixRMaj> cholesky = DecompositionFactory_DDRM.chol(d, false);
    DMatrixRMaj symmetric = DMatrixRMaj.wrap(d, d, precision.clone());
    if (cholesky.decompose(symmetric)) {
      return cholesky.getT(null);
    }
    throw new IllegalStateException(
        "the posterior's precision is not positive definite after division by the proposal; use the"
            + " correction Atomic, or more simulations in the last round");
  }
}
