package io.github.sbi4j.core.mcmc;

/**
 * Slice sampling along differences of the points of a fixed pool, mixed with jumps by whole
 * differences and with updates of coordinates: for correlated parameters and for modes that lie
 * apart. No gradients and nothing to tune. See {@link DifferentialSliceKernel}.
 *
 * <p>Best with a pool of some hundred approximate draws from the target; any other leaves the draws
 * right and makes them slower. {@link #sample} finds the pool by itself.
 */
public final class DifferentialSlice implements ChainSampler<LogDensity> {
  private final DifferentialSliceKernel kernel;

  private DifferentialSlice(DifferentialSliceKernel kernel) {
    this.kernel = kernel;
  }

  /**
   * Slice sampling along differences of the given points.
   *
   * @param pool M x D points, approximate draws from the target
   * @return the sampler
   * @throws IllegalArgumentException if there are fewer than two points, they have different
   *     lengths, a number is not finite, or a coordinate is the same in all points
   */
  public static DifferentialSlice of(double[]... pool) {
    return new DifferentialSlice(DifferentialSliceKernel.of(pool));
  }

  /**
   * Samples a target with pools that the chains find in their warm-up: the first third of the
   * warm-up are sweeps over the coordinates, the second has the positions of the first as its pool,
   * and the rest, as the draws, has those of the second.
   *
   * <p>As the pool comes from all chains, so do the draws of each: the same seed and the same
   * initial points give the same draws, for any number of threads.
   *
   * @param target the target over R<sup>D</sup>
   * @param settings for how long and from which seed; the time budget is that of the whole
   * @param initial C initial points of D numbers; see {@link InitialPoints}
   * @return C chains of N draws, whose counts of evaluations are without those that found the pool;
   *     fewer draws, or chains of different lengths, where {@link Chains#stopReason} says so
   * @throws IllegalArgumentException as {@link Mcmc#sample} does
   */
  public static Chains sample(LogDensity target, McmcSettings settings, double[]... initial) {
    return new DifferentialRun(target, settings).sample(initial);
  }

  @Override
  public Adaptation<LogDensity> adaptation(int dimension, int warmUp) {
    if (kernel.dimension() != dimension) {
      throw new IllegalArgumentException(
          "the points of the pool have "
              + kernel.dimension()
              + " numbers, expected "
              + dimension
              + " as the target has");
    }
    return new Fixed(kernel, warmUp);
  }

  /** Learns nothing: the pool says it all. */
  private static final class Fixed implements Adaptation<LogDensity> {
    private final DifferentialSliceKernel kernel;
    private final int warmUp;
    private int steps;

    Fixed(DifferentialSliceKernel kernel, int warmUp) {
      this.kernel = kernel;
      this.warmUp = warmUp;
    }

    @Override
    public Kernel<LogDensity> kernel() {
      return kernel;
    }

    @Override
    public void observe(Step step) {
      steps++;
    }

    @Override
    public int steps() {
      return steps;
    }

    @Override
    public boolean finished() {
      return steps >= warmUp;
    }
  }
}
