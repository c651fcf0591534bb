package io.github.sbi4j.ppl.expression;

/**
 * A function of all numbers of several expressions with a gradient of its own, for all chains at a
 * time: a learned likelihood that its engine evaluates for all observations of all chains in one
 * call. It may be called from several threads at a time.
 */
@FunctionalInterface
public interface BatchFunction {
  /**
   * Computes M values for each of C chains and the gradient of their weighted sum.
   *
   * @param chains the number of chains, C
   * @param arguments for each argument its numbers in the beginning, those of chain 0 first; not to
   *     be changed or kept
   * @param weights C M weights in the beginning; empty where no gradient is wanted
   * @param values receives C M values
   * @param gradients for each argument an array that receives the derivatives of the weighted sum
   *     of each chain by its numbers; empty where none are wanted
   */
  void evaluate(
      int chains, double[][] arguments, double[] weights, double[] values, double[][] gradients);

  /**
   * The function of some arguments as an expression.
   *
   * @param shape the shape of the M values
   * @param arguments the arguments
   * @return the values
   */
  default Expression of(Shape shape, Expression... arguments) {
    int[] sizes = new int[arguments.length];
    for (int k = 0; k < sizes.length; k++) {
      sizes[k] = arguments[k].shape().size();
    }
    return Algebra.make(new Batched(this, shape.size(), sizes), shape, arguments);
  }
}
