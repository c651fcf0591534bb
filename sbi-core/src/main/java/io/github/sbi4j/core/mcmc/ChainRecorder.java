package io.github.sbi4j.core.mcmc;

import java.util.Arrays;
import java.util.List;

/** Collects the draws of one chain and what is known of its steps. */
final class ChainRecorder {
  private final int dimension;
  private final double[] positions;
  private final double[] logDensities;
  private final double[] acceptances;
  private final double[] energies;
  private final int[] treeDepths;
  private final int[] evaluations;
  private final boolean[] divergent;
  private int count;
  private int saturated;
  private long warmUpEvaluations;
  private long invalid;
  private double stepSize = Double.NaN;
  // Of the steps since the last draw:
  private boolean anyDivergent;
  private int evaluationSum;

  ChainRecorder(int dimension, int draws) {
    this.dimension = dimension;
    this.positions = new double[draws * dimension];
    this.logDensities = new double[draws];
    this.acceptances = new double[draws];
    this.energies = new double[draws];
    this.treeDepths = new int[draws];
    this.evaluations = new int[draws];
    this.divergent = new boolean[draws];
  }

  void countInvalid() {
    invalid++;
  }

  void warmUp(Step step) {
    warmUpEvaluations += step.evaluations();
  }

  /** Takes note of a step after the warm-up, be it kept or thinned out. */
  void observe(Step step) {
    anyDivergent |= step.divergent();
    evaluationSum += step.evaluations();
  }

  void draw(Step step) {
    System.arraycopy(step.state().position, 0, positions, count * dimension, dimension);
    logDensities[count] = step.state().logDensity;
    acceptances[count] = step.acceptance();
    energies[count] = step.energy();
    treeDepths[count] = step.treeDepth();
    divergent[count] = anyDivergent;
    evaluations[count] = evaluationSum;
    stepSize = step.stepSize();
    saturated += step.saturated() ? 1 : 0;
    anyDivergent = false;
    evaluationSum = 0;
    count++;
  }

  boolean isFull() {
    return count == logDensities.length;
  }

  Chain toChain(List<String> names) {
    return new Chain(
        names,
        Arrays.copyOf(positions, count * dimension),
        Arrays.copyOf(logDensities, count),
        new Chain.Statistics(
            Arrays.copyOf(acceptances, count),
            Arrays.copyOf(energies, count),
            Arrays.copyOf(treeDepths, count),
            Arrays.copyOf(evaluations, count),
            Arrays.copyOf(divergent, count),
            saturated,
            stepSize,
            warmUpEvaluations,
            invalid));
  }
}
