package io.github.sbi4j.core.mcmc;

import java.util.List;

/**
 * Drives the chains of one thread: gathers the point that each of them wants, evaluates the points
 * in one call, and lets each go on. A chain that ends a transition begins its next at once, and one
 * that has all its draws leaves the batch.
 */
final class ChainGroup<T extends LogDensity> implements Runnable {
  private final T target;
  private final Kernel<T> evaluator;
  private final List<ChainRun<T>> chains;
  private final McmcRun<T> run;

  /** The evaluator is any kernel of the chains' kind. */
  ChainGroup(T target, Kernel<T> evaluator, List<ChainRun<T>> chains, McmcRun<T> run) {
    this.target = target;
    this.evaluator = evaluator;
    this.chains = chains;
    this.run = run;
  }

  @Override
  public void run() {
    int dimension = target.dimension();
    int active = chains.size();
    int[] order = new int[active];
    for (int i = 0; i < active; i++) {
      order[i] = i;
    }
    double[] positions = new double[active * dimension];
    double[] values = new double[active];
    double[] gradients = new double[evaluator.usesGradients() ? active * dimension : 0];
    while (active > 0 && !run.shouldStop()) {
      for (int i = 0; i < active; i++) {
        chains.get(order[i]).writePoint(positions, i * dimension);
      }
      evaluator.evaluate(target, active, positions, values, gradients);
      int left = 0;
      for (int i = 0; i < active; i++) {
        if (chains.get(order[i]).advance(values[i], gradients, i * dimension)) {
          order[left++] = order[i];
        }
      }
      active = left;
    }
  }
}
