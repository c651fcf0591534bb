package io.github.sbi4j.flows.potential;

import io.github.sbi4j.core.distribution.Distribution;
import java.util.Map;

/**
 * A source of potentials of some parameters while others are fixed; see {@link
 * ConditionalPotential}.
 */
public final class ConditionalSource implements PotentialSource {
  private final PotentialSource joint;
  private final FixedParameters fixed;

  private ConditionalSource(PotentialSource joint, FixedParameters fixed) {
    this.joint = joint;
    this.fixed = fixed;
  }

  /**
   * The source for the parameters that are not fixed.
   *
   * @param joint the source for all D parameters
   * @param fixed values of parameters by name
   * @return the source for the others, in their order
   * @throws IllegalArgumentException if a name is unknown, a value lies outside the prior's
   *     support, or no parameter is fixed or none stays free
   */
  public static ConditionalSource of(PotentialSource joint, Map<String, Double> fixed) {
    return new ConditionalSource(joint, FixedParameters.of(joint.prior(), fixed));
  }

  @Override
  public Distribution prior() {
    return fixed.prior();
  }

  @Override
  public int threads() {
    return joint.threads();
  }

  @Override
  public Potential potential(double[]... trials) {
    return new ConditionalPotential(joint.potential(trials), fixed);
  }

  @Override
  public Potential potential(double[][] trials, double[][] conditions) {
    return new ConditionalPotential(joint.potential(trials, conditions), fixed);
  }
}
