package io.github.sbi4j.flows.tensor.cpu.kernel;

/** The parts of a rational-quadratic spline that choose among bins. */
public interface SplineKernels {
  /**
   * Softmax over runs, stable because the largest is taken off.
   *
   * @param count the number of runs
   * @param n the length of a run, and from one to the next
   * @param x the values
   * @param xAt where they begin
   * @param y receives the softmax
   * @param yAt where it begins
   * @param top receives the largest of each, one run
   * @param topAt where it begins
   * @param sum receives the sum of e<sup>x - top</sup>, one run
   * @param sumAt where it begins
   */
  void softmax(
      int count,
      int n,
      float[] x,
      int xAt,
      float[] y,
      int yAt,
      float[] top,
      int topAt,
      float[] sum,
      int sumAt);

  /**
   * Finds the bin of each point and fills the runs from the second on.
   *
   * @param s the runs, of which the shares and the places are known
   * @param raw the raw inner derivatives, K - 1 runs
   * @param rawAt where they begin
   * @param heights true to look for the bin by its height
   */
  void find(SplineRuns s, float[] raw, int rawAt, boolean heights);

  /**
   * Adds the gradient of the raw sizes of one side.
   *
   * @param s the runs
   * @param first 0 for widths, K for heights
   * @param g the gradient
   * @param before where that of the sizes of all bins before the point's begins
   * @param own where that of its own bin's size begins
   * @param to receives the gradient of K runs
   * @param at where they begin
   */
  void sizesBack(SplineRuns s, int first, float[] g, int before, int own, float[] to, int at);

  /**
   * Adds the gradient of the raw inner derivatives.
   *
   * @param s the runs
   * @param g the gradients of the raw derivatives at the left and right end, two runs
   * @param gAt where they begin
   * @param to receives the gradient of K - 1 runs
   * @param at where they begin
   */
  void derivativesBack(SplineRuns s, float[] g, int gAt, float[] to, int at);
}
