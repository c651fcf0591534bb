package io.github.sbi4j.core.mcmc;

import java.util.Arrays;
import java.util.List;

/** Collects the draws of one chain and what is known of its steps. */
final class ChainRecorder {
  private static final int FIRST_CAPACITY = 1024;

  private final int dimension;
  private final int draws;
  // These grow, because a run that a time budget ends may have been asked for any number of draws.
  private double[] positions;
  private double[] logDensities;
  private double[] acceptances;
  private double[] energies;
  private int[] treeDepths;
  private int[] evaluations;
  private boolean[] divergent;
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
    this.draws = draws;
    int capacity = Math.min(draws, FIRST_CAPACITY);
    this.positions = new double[capacity * dimension];
    this.logDensities = new double[capacity];
    this.acceptances = new double[capacity];
    this.energies = new double[capacity];
    this.treeDepths = new int[capacity];
    this.evaluations = new int[capacity];
    this.divergent = new boolean[capacity];
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
    if (count == logDensities.length) {
      resize((int) Math.min(draws, 2L * count));
    }
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
    return count == draws;
  }

  private void resize(int capacity) {
    positions = Arrays.copyOf(positions, capacity * dimension);
    logDensities = Arrays.copyOf(logDensities, capacity);
    acceptances = Arrays.copyOf(acceptances, capacity);
    energies = Arrays.copyOf(energies, capacity);
    treeDepths = Arrays.copyOf(treeDepths, capacity);
    evaluations = Arrays.copyOf(evaluations, capacity);
    divergent = Arrays.copyOf(divergent, capacity);
  }

  /** What was drawn; takes the arrays away, so it is the last call. */
  Chain toChain(List<String> names) {
    if (count < logDensities.length) {
      resize(count);
    }
    return new Chain(
        names,
        positions,
        logDensities,
        new Chain.Statistics(
            acceptances,
            energies,
            treeDepths,
            evaluations,
            divergent,
            saturated,
            stepSize,
            warmUpEvaluations,
            invalid));
  }
}
