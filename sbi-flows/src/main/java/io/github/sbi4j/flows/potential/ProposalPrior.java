package io.github.sbi4j.flows.potential;

import io.github.sbi4j.core.distribution.Bijection;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.StudentT;
import io.github.sbi4j.core.distribution.Support;
import io.github.sbi4j.core.sample.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What to propose some parameters from whose conditional prior nobody knows how to draw: in
 * unconstrained space independent Student-t values around the median of the prior's draws, wider
 * than those. It has the prior's support and a density of its own, so samplers that divide by it
 * are exact.
 */
final class ProposalPrior implements Distribution {
  private static final int DRAWS = 2_000;
  private static final double WIDENING = 1.5;

  private final Support support;
  private final Bijection bijection;
  private final List<StudentT> unconstrained;

  private ProposalPrior(Support support, List<StudentT> unconstrained) {
    this.support = support;
    this.bijection = support.bijection();
    this.unconstrained = unconstrained;
  }

  static ProposalPrior of(Distribution joint, int[] free) {
    double[] lower = joint.support().lower();
    double[] upper = joint.support().upper();
    Support support =
        Support.box(
            Arrays.stream(free).mapToDouble(d -> lower[d]).toArray(),
            Arrays.stream(free).mapToDouble(d -> upper[d]).toArray());
    Samples draws = joint.sample(DRAWS, 1);
    double[][] z = new double[free.length][DRAWS];
    double[] value = new double[free.length];
    double[] point = new double[free.length];
    for (int i = 0; i < DRAWS; i++) {
      for (int f = 0; f < free.length; f++) {
        value[f] = draws.get(i, free[f]);
      }
      support.bijection().forward(value, point);
      for (int f = 0; f < free.length; f++) {
        z[f][i] = point[f];
      }
    }
    List<StudentT> unconstrained = new ArrayList<>();
    for (double[] column : z) {
      Arrays.sort(column);
      double deviation = (column[DRAWS * 84 / 100] - column[DRAWS * 16 / 100]) / 2;
      double scale = Math.max(WIDENING * deviation, 1e-9);
      unconstrained.add(StudentT.of(3, column[DRAWS / 2], scale));
    }
    return new ProposalPrior(support, unconstrained);
  }

  @Override
  public int dimension() {
    return support.dimension();
  }

  @Override
  public Support support() {
    return support;
  }

  @Override
  public double[] sample(RandomGenerator random) {
    double[] z = new double[dimension()];
    Arrays.setAll(z, d -> unconstrained.get(d).sample(random)[0]);
    double[] value = new double[z.length];
    bijection.inverse(z, value);
    return value;
  }

  @Override
  public double logProb(double[] value) {
    if (!support.contains(value)) {
      return Double.NEGATIVE_INFINITY;
    }
    double[] z = new double[value.length];
    double log = bijection.forward(value, z);
    for (int d = 0; d < z.length; d++) {
      log += unconstrained.get(d).logProb(new double[] {z[d]});
    }
    return log;
  }

  @Override
  public String toString() {
    return "proposals " + unconstrained + " of unconstrained values";
  }
}
