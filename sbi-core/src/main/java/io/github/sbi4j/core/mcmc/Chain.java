package io.github.sbi4j.core.mcmc;

import io.github.sbi4j.core.distribution.Bijection;
import io.github.sbi4j.core.sample.Samples;
import java.util.Arrays;
import java.util.List;

/** The N draws of one chain, in order, with what is known of each step. Immutable. */
public final class Chain {
  /** What does not depend on how the draws are expressed; arrays are owned by the chain. */
  record Statistics(
      double[] acceptances,
      double[] energies,
      int[] treeDepths,
      int[] evaluations,
      boolean[] divergent,
      int saturated,
      double stepSize,
      long warmUpEvaluations,
      long invalid) {
    Statistics cut(int draws) {
      return new Statistics(
          Arrays.copyOf(acceptances, draws),
          Arrays.copyOf(energies, draws),
          Arrays.copyOf(treeDepths, draws),
          Arrays.copyOf(evaluations, draws),
          Arrays.copyOf(divergent, draws),
          saturated,
          stepSize,
          warmUpEvaluations,
          invalid);
    }
  }

  private final List<String> names;
  private final double[] positions;
  private final double[] logDensities;
  private final Statistics statistics;

  /** Takes the arrays over. */
  Chain(List<String> names, double[] positions, double[] logDensities, Statistics statistics) {
    this.names = names;
    this.positions = positions;
    this.logDensities = logDensities;
    this.statistics = statistics;
  }

  /** {@return the number of draws, N} */
  public int size() {
    return logDensities.length;
  }

  /** {@return the draws, N rows of D values} */
  public Samples draws() {
    return Samples.ofRowMajor(names, positions);
  }

  /**
   * The draws of one coordinate.
   *
   * @param d the coordinate, from 0 to D - 1
   * @return N values
   */
  public double[] coordinate(int d) {
    double[] result = new double[size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = positions[i * names.size() + d];
    }
    return result;
  }

  /** {@return the log density of the target at each draw, N values} */
  public double[] logDensities() {
    return logDensities.clone();
  }

  /** {@return the acceptance of the step of each draw, N values; see {@link Step#acceptance}} */
  public double[] acceptances() {
    return statistics.acceptances.clone();
  }

  /** {@return the energy of each draw, N values; NaN for kernels without one} */
  public double[] energies() {
    return statistics.energies.clone();
  }

  /** {@return the depth of the tree of each draw, N values; 0 for kernels without trees} */
  public int[] treeDepths() {
    return statistics.treeDepths.clone();
  }

  /** {@return the evaluations of the target for each draw, thinned-out steps included, N values} */
  public int[] evaluations() {
    return statistics.evaluations.clone();
  }

  /** {@return whether a step towards each draw diverged, N values} */
  public boolean[] divergent() {
    return statistics.divergent.clone();
  }

  /** {@return how many draws come from a step that reached a bound of its kernel} */
  public int saturated() {
    return statistics.saturated;
  }

  /** {@return the adapted step size; NaN for kernels without one, or without draws} */
  public double stepSize() {
    return statistics.stepSize;
  }

  /** {@return the evaluations of the target during the warm-up} */
  public long warmUpEvaluations() {
    return statistics.warmUpEvaluations;
  }

  /** {@return how many evaluations, warm-up included, gave NaN or +Infinity} */
  public long invalidEvaluations() {
    return statistics.invalid;
  }

  /** Copies all values, row after row; gives the offset after the last. */
  int copyTo(double[] values, int offset) {
    System.arraycopy(positions, 0, values, offset, positions.length);
    return offset + positions.length;
  }

  Chain named(List<String> newNames) {
    return new Chain(newNames, positions, logDensities, statistics);
  }

  /** This chain, cut to the length of a table whose rows take the place of its draws. */
  Chain replaced(Samples rows) {
    return new Chain(
        rows.names(),
        rows.toRowMajorArray(),
        Arrays.copyOf(logDensities, rows.rows()),
        statistics.cut(rows.rows()));
  }

  Chain constrained(Bijection bijection) {
    int dimension = names.size();
    double[] values = new double[positions.length];
    double[] densities = logDensities.clone();
    double[] value = new double[dimension];
    for (int i = 0; i < size(); i++) {
      int from = i * dimension;
      double[] point = Arrays.copyOfRange(positions, from, from + dimension);
      densities[i] -= bijection.inverse(point, value);
      System.arraycopy(value, 0, values, from, dimension);
    }
    return new Chain(names, values, densities, statistics);
  }
}
