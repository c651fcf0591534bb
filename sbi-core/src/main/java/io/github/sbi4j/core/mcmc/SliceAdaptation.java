package io.github.sbi4j.core.mcmc;

import org.jspecify.annotations.Nullable;

/**
 * Fits the widths to the slices: the old and the new point of a step are uniform on one slice, so
 * their mean distance is a third of its length.
 *
 * <p>Widths are 5/3 of that length: shorter ones double more often, longer ones shrink more often,
 * and between 4/3 and 7/3 the number of evaluations hardly changes. Means are taken over windows
 * that double, so that the way in from a poor start is forgotten.
 */
final class SliceAdaptation implements Adaptation<LogDensity> {
  private static final double WIDTH_PER_DISTANCE = 5;

  private final double[] widths;
  private final int maxDoublings;
  private final int warmUp;
  private final double[] distances;
  private double @Nullable [] last;
  private SliceKernel kernel;
  private int steps;
  private int inWindow;
  private int windowSize = 1;

  SliceAdaptation(double[] widths, int maxDoublings, int warmUp) {
    this.widths = widths;
    this.maxDoublings = maxDoublings;
    this.warmUp = warmUp;
    this.distances = new double[widths.length];
    this.kernel = SliceKernel.of(widths, maxDoublings);
  }

  @Override
  public Kernel<LogDensity> kernel() {
    return kernel;
  }

  @Override
  public void observe(Step step) {
    double[] position = step.state().position;
    steps++;
    if (last != null) {
      for (int d = 0; d < position.length; d++) {
        distances[d] += Math.abs(position[d] - last[d]);
      }
      inWindow++;
    }
    last = position;
    if (inWindow == windowSize || finished()) {
      endWindow();
    }
  }

  private void endWindow() {
    // A short last window says less than the one before it.
    if (2 * inWindow >= windowSize) {
      for (int d = 0; d < widths.length; d++) {
        double width = WIDTH_PER_DISTANCE * distances[d] / inWindow;
        widths[d] = width > 0 && width < Double.POSITIVE_INFINITY ? width : widths[d];
        distances[d] = 0;
      }
      kernel = SliceKernel.of(widths, maxDoublings);
    }
    inWindow = 0;
    windowSize *= 2;
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
