package io.github.sbi4j.core.mcmc;

import java.util.Arrays;

/**
 * Slice sampling, coordinate by coordinate, with widths that adapt during the warm-up: no gradients
 * and nothing to tune. See {@link SliceKernel}.
 *
 * <p>Strong correlations make it slow, and modes that no line along a coordinate joins keep chains
 * apart; {@link DifferentialSlice} or, with gradients and one mode, {@link Nuts} is then better.
 */
public final class Slice implements ChainSampler<LogDensity> {
  private static final Slice DEFAULTS = new Slice(1, 10);

  private final double width;
  private final int maxDoublings;

  private Slice(double width, int maxDoublings) {
    this.width = width;
    this.maxDoublings = maxDoublings;
  }

  /** {@return an initial width of 1 in every coordinate, at most 10 doublings} */
  public static Slice defaults() {
    return DEFAULTS;
  }

  /**
   * Sets the width of intervals before adaptation.
   *
   * @param width a positive number, best about the target's scale
   * @return the changed settings
   */
  public Slice withWidth(double width) {
    return new Slice(Require.positive("width", width), maxDoublings);
  }

  /**
   * Sets how often an interval may double; with k doublings of the width w, modes closer than about
   * 2<sup>k</sup> w are within reach of each other.
   *
   * @param maxDoublings 0 to 50
   * @return the changed settings
   */
  public Slice withMaxDoublings(int maxDoublings) {
    return new Slice(width, SliceKernel.checkDoublings(maxDoublings));
  }

  @Override
  public Adaptation<LogDensity> adaptation(int dimension, int warmUp) {
    double[] widths = new double[dimension];
    Arrays.fill(widths, width);
    return new SliceAdaptation(widths, maxDoublings, warmUp);
  }
}
