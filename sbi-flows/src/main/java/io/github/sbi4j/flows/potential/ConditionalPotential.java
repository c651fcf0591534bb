package io.github.sbi4j.flows.potential;

import io.github.sbi4j.core.distribution.Distribution;
import java.util.Map;

/**
 * A potential of some parameters while others are fixed: log p(free, fixed | x), up to a constant.
 *
 * <p>{@link #prior} is p(free | fixed) for priors of this library and products of them. For one's
 * own, whose values may depend on each other, it is a distribution to propose from, with the same
 * support; the density is that of the prior itself in either case.
 */
public final class ConditionalPotential implements Potential {
  private final Potential joint;
  private final FixedParameters fixed;

  ConditionalPotential(Potential joint, FixedParameters fixed) {
    this.joint = joint;
    this.fixed = fixed;
  }

  /**
   * The potential of the parameters that are not fixed.
   *
   * @param joint the potential of all D parameters
   * @param fixed values of parameters by name
   * @return the potential of the others, in their order
   * @throws IllegalArgumentException if a name is unknown, a value lies outside the prior's
   *     support, or no parameter is fixed or none stays free
   */
  public static ConditionalPotential of(Potential joint, Map<String, Double> fixed) {
    return new ConditionalPotential(joint, FixedParameters.of(joint.prior(), fixed));
  }

  @Override
  public Distribution prior() {
    return fixed.prior();
  }

  @Override
  public void logProb(double[][] points, double[] values) {
    joint.logProb(fixed.complete(points), values);
  }

  @Override
  public void logProbGradient(double[][] points, double[][] gradients, double[] values) {
    double[][] ofAll = new double[points.length][joint.dimension()];
    joint.logProbGradient(fixed.complete(points), ofAll, values);
    for (int i = 0; i < points.length; i++) {
      fixed.selectFree(ofAll[i], gradients[i]);
    }
  }
}
