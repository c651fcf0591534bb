package io.github.sbi4j.core.mcmc;

/**
 * One transition of one chain under way, stopped at a point at which it wants the target evaluated.
 *
 * <p>A driver of many chains gathers the wanted points of all of them, evaluates them in one call
 * and lets each transition go on: {@code writePoint}, evaluate, {@code advance}, until {@code
 * advance} says that it is done. Of one transition's points every one depends on the values before
 * it, so there is one at a time. For one thread.
 */
public interface Transition {
  /**
   * Writes the point that is to be evaluated next.
   *
   * @param positions receives D numbers
   * @param offset where they begin
   */
  void writePoint(double[] positions, int offset);

  /**
   * Goes on with the values at that point.
   *
   * @param logDensity the log density, finite or -Infinity
   * @param gradients holds the D derivatives; not read by kernels without gradients
   * @param offset where they begin
   * @return true if another point is wanted, false if the transition is done
   */
  boolean advance(double logDensity, double[] gradients, int offset);

  /**
   * The result.
   *
   * @return the new state and how it came about
   * @throws IllegalStateException if the transition is not done
   */
  Step step();
}
