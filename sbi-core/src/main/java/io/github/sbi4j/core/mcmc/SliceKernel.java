package io.github.sbi4j.core.mcmc;

import java.util.random.RandomGenerator;

/**
 * Slice sampling of one coordinate after the other, in random order: an interval of a given width
 * is doubled until both ends lie outside the slice, then shrunk until a point inside is found.
 *
 * <p>A point is accepted only if doubling could have led to the same interval from there (Neal
 * 2003, "Slice sampling", Annals of Statistics 31, figures 4 to 6). One step is one sweep over all
 * coordinates.
 */
public final class SliceKernel implements Kernel<LogDensity> {
  private final double[] widths;
  private final int maxDoublings;

  private SliceKernel(double[] widths, int maxDoublings) {
    this.widths = widths;
    this.maxDoublings = maxDoublings;
  }

  /**
   * The kernel for the given widths.
   *
   * @param widths the initial width of the interval in each coordinate, D positive numbers
   * @param maxDoublings how often an interval may double, 0 to 50 times
   * @return the kernel
   * @throws IllegalArgumentException if a number is out of its range
   */
  public static SliceKernel of(double[] widths, int maxDoublings) {
    Require.atLeast("the number of widths", widths.length, 1);
    for (int d = 0; d < widths.length; d++) {
      Require.positive("widths[" + d + "]", widths[d]);
    }
    checkDoublings(maxDoublings);
    return new SliceKernel(widths.clone(), maxDoublings);
  }

  static int checkDoublings(int maxDoublings) {
    if (maxDoublings < 0 || maxDoublings > 50) {
      throw new IllegalArgumentException(
          "maximal number of doublings is " + maxDoublings + ", expected 0 to 50");
    }
    return maxDoublings;
  }

  @Override
  public Transition begin(ChainState state, RandomGenerator random) {
    return new Sweep(state, random);
  }

  @Override
  public void evaluate(
      LogDensity target, int count, double[] positions, double[] values, double[] gradients) {
    target.logDensities(count, positions, values);
  }

  @Override
  public boolean usesGradients() {
    return false;
  }

  private final class Sweep implements Transition {
    private final RandomGenerator random;
    private final double[] position;
    private final int[] order;
    private double logDensity;
    private int coordinateIndex;
    private int proposals;
    private int evaluations;
    private SliceUpdate update;

    Sweep(ChainState state, RandomGenerator random) {
      this.random = random;
      this.position = state.position.clone();
      this.logDensity = state.logDensity;
      this.order = shuffled(position.length);
      this.update = beginCoordinate();
    }

    private int[] shuffled(int count) {
      int[] result = new int[count];
      for (int d = 0; d < count; d++) {
        int other = random.nextInt(d + 1);
        result[d] = result[other];
        result[other] = d;
      }
      return result;
    }

    private SliceUpdate beginCoordinate() {
      int d = order[coordinateIndex];
      return new SliceUpdate(position[d], logDensity, widths[d], maxDoublings, random);
    }

    @Override
    public void writePoint(double[] positions, int offset) {
      System.arraycopy(position, 0, positions, offset, position.length);
      positions[offset + order[coordinateIndex]] = update.point();
    }

    @Override
    public boolean advance(double value, double[] gradients, int offset) {
      evaluations++;
      if (update.advance(value)) {
        return true;
      }
      position[order[coordinateIndex]] = update.point();
      logDensity = update.logDensity();
      proposals += update.proposals();
      coordinateIndex++;
      if (coordinateIndex == order.length) {
        return false;
      }
      update = beginCoordinate();
      return true;
    }

    @Override
    public Step step() {
      if (coordinateIndex < order.length) {
        throw new IllegalStateException("the transition is not done; advance it until it is");
      }
      return new Step(
          new ChainState(position, logDensity),
          (double) order.length / proposals,
          false,
          0,
          false,
          evaluations,
          Double.NaN,
          Double.NaN);
    }
  }
}
