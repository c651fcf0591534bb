package io.github.sbi4j.core.mcmc;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Slice sampling along a - b for points a and b of a fixed pool, with jumps from x to x + a - b.
 *
 * <p>A pair is drawn whatever the state, and a - b is as likely as b - a, so each update leaves the
 * target as it is, for every pool; one of draws from the target makes updates follow its
 * correlations, and jumps lead from one of its modes to another. One step has an update along a
 * coordinate and one along a difference for each five of the D coordinates, and 4 D jumps, at least
 * 10 and at most 40 of them; a jump takes one evaluation. Updates along coordinates reach where the
 * differences do not.
 *
 * <p>After ter Braak 2006 (jumps of differential evolution, Statistics and Computing 16) and
 * Karamanis and Beutler 2020 (slices along differences, arXiv:2002.06212).
 */
public final class DifferentialSliceKernel implements Kernel<LogDensity> {
  private static final int MAX_DOUBLINGS = 10;
  private static final double WIDTH = 2;
  private static final int COORDINATES_PER_SLICE = 5;
  private static final int JUMPS_PER_COORDINATE = 4;
  private static final int MIN_JUMPS = 10;
  private static final int MAX_JUMPS = 40;

  private final double[][] pool;
  private final double[] scales;
  private final int slices;
  private final int jumps;

  private DifferentialSliceKernel(double[][] pool, double[] scales) {
    this.pool = pool;
    this.scales = scales;
    this.slices = (scales.length + COORDINATES_PER_SLICE - 1) / COORDINATES_PER_SLICE;
    this.jumps =
        (int) Math.max(MIN_JUMPS, Math.min(MAX_JUMPS, (long) JUMPS_PER_COORDINATE * scales.length));
  }

  /**
   * The kernel for the given pool.
   *
   * @param pool M x D points
   * @return the kernel
   * @throws IllegalArgumentException if there are fewer than two points, they have different
   *     lengths, a number is not finite, or a coordinate is the same in all points
   */
  public static DifferentialSliceKernel of(double[]... pool) {
    Require.atLeast("the number of points of the pool", pool.length, 2);
    int dimension = Require.atLeast("the length of pool[0]", pool[0].length, 1);
    double[][] points = new double[pool.length][];
    for (int i = 0; i < pool.length; i++) {
      points[i] = Require.length("pool[" + i + "]", pool[i], dimension).clone();
    }
    double[] scales = new double[dimension];
    for (int d = 0; d < dimension; d++) {
      scales[d] = scale(points, d);
    }
    return new DifferentialSliceKernel(points, scales);
  }

  /** The standard deviation of a coordinate. */
  private static double scale(double[][] points, int d) {
    double[] values = new double[points.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = points[i][d];
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException(
            "pool[" + i + "][" + d + "] is " + values[i] + ", expected a finite number");
      }
    }
    double scale = Math.sqrt(SplitChains.variance(values));
    if (!(scale > 0 && scale < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "coordinate "
              + d
              + " has the standard deviation "
              + scale
              + " over the points of the pool, expected a positive finite one; give approximate"
              + " draws from the target");
    }
    return scale;
  }

  int dimension() {
    return scales.length;
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

  /** Updates along coordinates, then along differences, then jumps. */
  private final class Sweep implements Transition {
    private final RandomGenerator random;
    private final double[] direction;
    private double[] position;
    private double[] proposed;
    private double logDensity;
    private double level;
    private int done;
    private int accepted;
    private int proposals;
    private int evaluations;
    private SliceUpdate update;

    Sweep(ChainState state, RandomGenerator random) {
      this.random = random;
      this.position = state.position.clone();
      this.proposed = position.clone();
      this.direction = new double[position.length];
      this.logDensity = state.logDensity;
      this.update = beginSlice();
    }

    private boolean jumping() {
      return done >= 2 * slices;
    }

    private SliceUpdate beginSlice() {
      if (done < slices) {
        Arrays.fill(direction, 0);
        int d = random.nextInt(direction.length);
        direction[d] = scales[d];
      } else {
        drawDifference();
      }
      SliceUpdate result = new SliceUpdate(0, logDensity, WIDTH, MAX_DOUBLINGS, random);
      propose(result.point());
      return result;
    }

    private void beginJump() {
      drawDifference();
      level = logDensity - random.nextExponential();
      propose(1);
    }

    private void drawDifference() {
      int first = random.nextInt(pool.length);
      int other = random.nextInt(pool.length - 1);
      double[] a = pool[first];
      double[] b = pool[other < first ? other : other + 1];
      for (int d = 0; d < direction.length; d++) {
        direction[d] = a[d] - b[d];
      }
    }

    private void propose(double along) {
      for (int d = 0; d < direction.length; d++) {
        proposed[d] = position[d] + along * direction[d];
      }
    }

    @Override
    public void writePoint(double[] positions, int offset) {
      System.arraycopy(proposed, 0, positions, offset, proposed.length);
    }

    @Override
    public boolean advance(double value, double[] gradients, int offset) {
      evaluations++;
      if (jumping()) {
        proposals++;
        if (value > level) {
          accept(value);
        }
      } else {
        boolean more = update.advance(value);
        propose(update.point());
        if (more) {
          return true;
        }
        proposals += update.proposals();
        accept(update.logDensity());
      }
      done++;
      if (done == 2 * slices + jumps) {
        return false;
      }
      if (jumping()) {
        beginJump();
      } else {
        update = beginSlice();
      }
      return true;
    }

    private void accept(double value) {
      accepted++;
      logDensity = value;
      double[] old = position;
      position = proposed;
      proposed = old;
    }

    @Override
    public Step step() {
      if (done < 2 * slices + jumps) {
        throw new IllegalStateException("the transition is not done; advance it until it is");
      }
      return new Step(
          new ChainState(position, logDensity),
          (double) accepted / proposals,
          false,
          0,
          false,
          evaluations,
          Double.NaN,
          Double.NaN);
    }
  }
}
