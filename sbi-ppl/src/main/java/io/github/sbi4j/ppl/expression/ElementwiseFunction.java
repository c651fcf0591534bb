package io.github.sbi4j.ppl.expression;

/**
 * A function of K numbers with a gradient of its own, for many rows at a time: a density in one
 * piece, or a learned likelihood that its engine evaluates for all observations of all chains in
 * one call. It may be called from several threads at a time.
 */
@FunctionalInterface
public interface ElementwiseFunction {
  /**
   * Computes values and derivatives.
   *
   * <p>Rows are the elements of chain 0, then those of chain 1, ...; the element is the row modulo
   * the number of elements.
   *
   * @param rows the number of rows, R
   * @param arguments K arrays with R numbers each in the beginning; not to be changed or kept
   * @param values receives R numbers
   * @param derivatives K arrays that receive the derivative of each row's value by its k-th
   *     argument; an array is empty where no derivative is wanted
   */
  void evaluate(int rows, double[][] arguments, double[] values, double[][] derivatives);
}
