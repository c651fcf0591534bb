package io.github.sbi4j.flows.tensor.cpu.kernel;

/**
 * Where the runs of a batch's splines lie: the shares of their bins, and what is known of the bin
 * of each point.
 *
 * @param n the length of a run
 * @param bins the number of bins, K
 * @param smallest the least size of a bin
 * @param span what the shares divide beyond it
 * @param shares the softmax of the raw widths, then of the raw heights: 2 K runs
 * @param sharesAt where they begin
 * @param points eight runs: the point's place in the interval, the index of its bin, the bin's left
 *     edge, width, bottom, height, and the raw derivatives at its left and right end
 * @param pointsAt where they begin
 */
public record SplineRuns(
    int n,
    int bins,
    float smallest,
    float span,
    float[] shares,
    int sharesAt,
    float[] points,
    int pointsAt) {
  /** The number of runs of points. */
  public static final int RUNS = 8;

  /** The raw derivative at the ends of the interval, that of a slope of one. */
  public static final float UNIT_DERIVATIVE = (float) Math.log(Math.expm1(1 - 1e-3));

  /** {@return where the places begin} */
  public int place() {
    return pointsAt;
  }

  /** {@return where the indices of the bins begin} */
  public int bin() {
    return pointsAt + n;
  }

  /** {@return where the left edges begin} */
  public int left() {
    return pointsAt + 2 * n;
  }

  /** {@return where the widths begin} */
  public int width() {
    return pointsAt + 3 * n;
  }

  /** {@return where the lower edges begin} */
  public int bottom() {
    return pointsAt + 4 * n;
  }

  /** {@return where the heights begin} */
  public int height() {
    return pointsAt + 5 * n;
  }

  /** {@return where the raw derivatives at the left end begin, those at the right end following} */
  public int rawLeft() {
    return pointsAt + 6 * n;
  }

  /** {@return where the raw derivatives at the right end begin} */
  public int rawRight() {
    return pointsAt + 7 * n;
  }
}
