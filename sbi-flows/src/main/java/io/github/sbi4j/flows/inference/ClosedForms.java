package io.github.sbi4j.flows.inference;

import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Independent;
import io.github.sbi4j.core.distribution.MultivariateNormal;
import io.github.sbi4j.core.distribution.Normal;
import io.github.sbi4j.core.distribution.Proposal;
import io.github.sbi4j.core.distribution.Uniform;
import io.github.sbi4j.flows.estimator.ConditionalDensity;
import io.github.sbi4j.flows.estimator.Coordinates;
import io.github.sbi4j.flows.estimator.Mdn;
import io.github.sbi4j.flows.posterior.DirectPosterior;
import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.Tensor;
import io.github.sbi4j.flows.tensor.Weights;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * Priors and proposals as Gaussians in unconstrained space, and that space as networks see it.
 *
 * <p>A uniform distribution is a standard normal one in unconstrained space, because intervals go
 * there by the normal quantile.
 */
final class ClosedForms {
  private static final String REMEDY =
      "; use the correction Atomic, which takes any estimator, prior and proposal";

  private ClosedForms() {}

  /** The prior in unconstrained space. */
  static Gaussians prior(Distribution prior) {
    int d = prior.dimension();
    double[] mean = new double[d];
    double[][] covariance = new double[d][d];
    fill(prior, 0, mean, covariance);
    return Gaussians.of(mean, covariance);
  }

  private static void fill(Distribution part, int at, double[] mean, double[][] covariance) {
    Distribution plain = part.unwrapped();
    if (plain instanceof Independent independent) {
      int next = at;
      for (Distribution inner : independent.parts()) {
        fill(inner, next, mean, covariance);
        next += inner.dimension();
      }
    } else if (plain instanceof BoxUniform || plain instanceof Uniform) {
      for (int i = 0; i < plain.dimension(); i++) {
        covariance[at + i][at + i] = 1;
      }
    } else if (plain instanceof MultivariateNormal normal) {
      double[][] own = normal.covariance();
      for (int i = 0; i < own.length; i++) {
        mean[at + i] = normal.mean()[i];
        System.arraycopy(own[i], 0, covariance[at + i], at, own.length);
      }
    } else if (plain instanceof Normal normal) {
      mean[at] = normal.mean()[0];
      covariance[at][at] = normal.variance()[0];
    } else {
      throw new IllegalStateException(
          "a correction in closed form needs a prior of uniform and normal parts, but a part is "
              + plain
              + REMEDY);
    }
  }

  /** A proposal in unconstrained space: the mixture of a posterior given its observation. */
  static Gaussians proposal(Proposal proposal, Distribution prior, int round) {
    if (!(proposal instanceof DirectPosterior posterior)
        || !(posterior.density().model().estimator() instanceof Mdn)
        || posterior.observation().isEmpty()) {
      throw new IllegalStateException(
          "a correction in closed form needs proposals that SNPE learned with Mdn, but that of round "
              + round
              + " is a "
              + proposal.getClass().getSimpleName()
              + (proposal instanceof DirectPosterior p
                  ? " with " + p.density().model().estimator()
                  : "")
              + REMEDY);
    }
    ConditionalDensity density = posterior.density();
    requireAffine(density.coordinates(), prior);
    double[] x = posterior.observation().orElseThrow();
    Coordinates.Context context = density.coordinates().context(x);
    double[] origin = origin(density.coordinates(), context);
    return seen(density, context).pulledBack(matrix(density.coordinates(), context), origin);
  }

  /** The mixture that networks give for a context, in what they see of targets. */
  static Gaussians seen(ConditionalDensity density, Coordinates.Context context) {
    float[] scaled = new float[context.scaled().length];
    for (int j = 0; j < scaled.length; j++) {
      scaled[j] = (float) context.scaled()[j];
    }
    List<Gaussians> members = new ArrayList<>();
    for (Weights weights : density.members()) {
      try (Operations ops = weights.evaluate()) {
        Tensor one = ops.constant(scaled, 1, scaled.length);
        float[] out = ops.values(density.model().mixtures(ops, one));
        members.add(Gaussians.ofOutputs(out, density.targets()));
      }
    }
    return Gaussians.mixture(members);
  }

  /** Refuses coordinates in which a Gaussian of unconstrained space would not be one. */
  static void requireAffine(Coordinates coordinates, Distribution prior) {
    if (!coordinates.support().equals(prior.support())) {
      throw new IllegalStateException(
          "a correction in closed form needs unconstrained(true) for a bounded prior, for which it is Gaussian"
              + REMEDY);
    }
    if (!coordinates.isShifted()) {
      throw new IllegalStateException(
          "a correction in closed form needs proposals that were learned with the same correction,"
              + " NonAtomic or PostHoc; with others bounds are not mapped away"
              + REMEDY);
    }
    if (!coordinates.targets().compressedColumns().isEmpty()) {
      throw new IllegalStateException(
          "parameters "
              + coordinates.targets().compressedColumns()
              + " have so heavy tails that they are drawn in, and a Gaussian does not stay one"
              + REMEDY);
    }
  }

  /** What networks see of the unconstrained origin, D values. */
  static double[] origin(Coordinates coordinates, Coordinates.Context context) {
    double[] origin = new double[coordinates.dimension()];
    coordinates.forwardUnconstrained(origin, context, origin);
    return origin;
  }

  /** The slope of what networks see, D x D; the same for all contexts. */
  static DMatrixRMaj matrix(Coordinates coordinates, Coordinates.Context context) {
    int d = coordinates.dimension();
    double[] origin = origin(coordinates, context);
    DMatrixRMaj matrix = new DMatrixRMaj(d, d);
    for (int j = 0; j < d; j++) {
      double[] unit = new double[d];
      unit[j] = 1;
      coordinates.forwardUnconstrained(unit, context, unit);
      for (int i = 0; i < d; i++) {
        matrix.set(i, j, unit[i] - origin[i]);
      }
    }
    return matrix;
  }
}
