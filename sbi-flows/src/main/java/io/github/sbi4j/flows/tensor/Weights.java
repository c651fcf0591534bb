package io.github.sbi4j.flows.tensor;

/**
 * The weights of one model in one flat array on a device, with the gradient that evaluations add
 * to.
 *
 * <p>Many threads may evaluate at once; changing the weights is for one thread while nobody
 * evaluates. The memory is freed when the object becomes unreachable.
 */
public interface Weights {
  /** {@return where each matrix lies} */
  ParameterLayout layout();

  /**
   * Opens an evaluation that records what is needed for the gradient of the weights; layers behave
   * as in training.
   *
   * @return the evaluation, to be closed
   */
  Operations record();

  /**
   * Opens an evaluation without a gradient of the weights; {@link Operations#variable variables}
   * have theirs.
   *
   * @return the evaluation, to be closed
   */
  Operations evaluate();

  /** {@return the number of rows that an evaluation of many should take at once} */
  int rowsAtOnce();

  /**
   * {@return true if an evaluation keeps to the thread that opened it, so that several at once are
   * faster; false if one takes all processors, or another device}
   */
  boolean staysInThread();

  /** {@return a copy of the flat array} */
  float[] toArray();

  /**
   * Moves these weights by a share of the way to others of the same layout: w += share (other - w);
   * a share of one copies.
   *
   * @param other weights of the same layout on the same engine
   * @param share from 0, which changes nothing, to 1, which copies
   */
  void blend(Weights other, double share);

  /**
   * Makes an optimiser with fresh state for these weights.
   *
   * @param settings the constants of Adam
   * @return the optimiser
   */
  Optimizer adam(AdamSettings settings);
}
