package io.github.sbi4j.ppl.model;

import io.github.sbi4j.flows.variational.VariationalFit;
import io.github.sbi4j.flows.variational.VariationalReport;
import io.github.sbi4j.ppl.draws.NamedDraws;
import java.util.Arrays;
import java.util.LinkedHashMap;

/**
 * An approximation fitted to a model's posterior, in the space of unbounded numbers. Immutable; its
 * {@link #report} says how good it is.
 */
public final class ModelApproximation {
  private final Trace trace;
  private final VariationalFit fit;

  ModelApproximation(Trace trace, VariationalFit fit) {
    this.trace = trace;
    this.fit = fit;
  }

  /** {@return how good the approximation is: Pareto k, bounds of the evidence, warnings} */
  public VariationalReport report() {
    return fit.report();
  }

  /**
   * Draws from the approximation.
   *
   * @param count the number of draws, N
   * @param seed decides the draws
   * @return one chain of N draws of latent and deterministic values
   */
  public NamedDraws sample(int count, long seed) {
    double[] free =
        Arrays.stream(fit.sample(count, seed)).flatMapToDouble(Arrays::stream).toArray();
    return Predictive.values(trace, new LinkedHashMap<>(trace.reported), 1, count, free);
  }

  /**
   * Unbounded numbers from which chains can start; see {@link ModelPosterior#nuts(double[][])}.
   *
   * @param chains the number of chains, C
   * @param seed decides the points
   * @return C points
   */
  public double[][] initialPoints(int chains, long seed) {
    return fit.sample(chains, seed);
  }
}
