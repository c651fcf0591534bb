package io.github.sbi4j.flows.estimator;

import io.github.sbi4j.core.distribution.Support;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Lower bounds of target values that are values of the context: t<sub>j</sub> &gt; c<sub>k</sub>,
 * as a reaction time is longer than the delay that is a part of it.
 *
 * <p>What is modelled is the distance t<sub>j</sub> - c<sub>k</sub>, a shift that has no Jacobian,
 * and by its logarithm. Immutable.
 */
public final class LowerBounds {
  private static final int NONE = -1;

  private final int[] contexts;
  private final int[] bounded;

  private LowerBounds(int[] contexts) {
    this.contexts = contexts;
    this.bounded = IntStream.range(0, contexts.length).filter(j -> contexts[j] != NONE).toArray();
  }

  /**
   * {@return no bound}
   *
   * @param dimension the number of target values, D
   */
  public static LowerBounds none(int dimension) {
    int[] contexts = new int[dimension];
    Arrays.fill(contexts, NONE);
    return new LowerBounds(contexts);
  }

  /**
   * {@return bounds of the given values}
   *
   * @param contexts for each of D target values the index of the context value that bounds it, -1
   *     if none does
   */
  public static LowerBounds of(int... contexts) {
    return new LowerBounds(contexts.clone());
  }

  /**
   * {@return for each of D target values the index of the context value that bounds it, -1 if none
   * does}
   */
  public int[] contexts() {
    return contexts.clone();
  }

  /** {@return the indices of bounded target values} */
  public int[] targets() {
    return bounded.clone();
  }

  /** {@return whether no target value is bounded} */
  public boolean isEmpty() {
    return bounded.length == 0;
  }

  void requireFit(int targets, int values) {
    if (contexts.length != targets
        || !Arrays.stream(contexts).allMatch(k -> k >= NONE && k < values)) {
      throw new IllegalArgumentException(
          "lower bounds are "
              + Arrays.toString(contexts)
              + ", expected for each of "
              + targets
              + " values the index of one of "
              + values
              + " values of the context, or -1 for none");
    }
  }

  /**
   * {@return the support of targets from which their bounds are subtracted}
   *
   * @param support that of D target values, without upper bounds where there are lower ones
   * @throws IllegalArgumentException if there is an upper bound
   */
  Support ofDistances(Support support) {
    double[] lower = support.lower();
    double[] upper = support.upper();
    for (int j : bounded) {
      if (upper[j] < Double.POSITIVE_INFINITY) {
        throw new IllegalArgumentException(
            "value "
                + j
                + " has the upper bound "
                + upper[j]
                + ", but one whose lower bound is a parameter cannot have any; leave it at Infinity");
      }
      lower[j] = 0;
    }
    return Support.box(lower, upper);
  }

  /** Whether a target of D values lies above its bounds under a context of L values. */
  boolean allow(double[] target, double[] context) {
    for (int j : bounded) {
      if (!(target[j] > context[contexts[j]])) {
        return false;
      }
    }
    return true;
  }

  /** The bound of a target value under a context, 0 if it has none. */
  double bound(int target, double[] context) {
    return contexts[target] == NONE ? 0 : context[contexts[target]];
  }

  /** The target of a distance. */
  double[] target(double[] distance, double[] context) {
    double[] result = distance.clone();
    for (int j : bounded) {
      result[j] += context[contexts[j]];
    }
    return result;
  }

  /** Adds the derivative with respect to the bound of a target value to that of the context. */
  void addGradient(int target, double derivative, double[] ofContext) {
    if (contexts[target] != NONE) {
      ofContext[contexts[target]] += derivative;
    }
  }
}
