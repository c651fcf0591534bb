package io.github.sbi4j.core.mcmc;

/**
 * A stretch of a NUTS trajectory with 2<sup>depth</sup> points, reduced to what decides about it:
 * its ends in the order of time, the sum of its momenta, the sum of its weights, and one point
 * drawn from it.
 */
final class Subtree {
  final int depth;
  final PhasePoint first;
  final PhasePoint last;
  final PhasePoint drawn;

  /** The log of the sum of exp(-energy error) over the points. */
  final double logWeight;

  /** Whether the ends move towards each other, so that going on would lead back. */
  final boolean turning;

  private final double[] momentumSum;

  /** A single point. */
  Subtree(PhasePoint point, double logWeight) {
    this.depth = 0;
    this.first = point;
    this.last = point;
    this.drawn = point;
    this.logWeight = logWeight;
    this.turning = false;
    this.momentumSum = point.momentum;
  }

  private Subtree(Subtree earlier, Subtree later, PhasePoint drawn, double logWeight) {
    this.depth = earlier.depth + 1;
    this.first = earlier.first;
    this.last = later.last;
    this.drawn = drawn;
    this.logWeight = logWeight;
    this.momentumSum = sum(earlier.momentumSum, later.momentumSum);
    // The second and third condition see a turn that happens across the seam alone (Stan 2.21).
    this.turning =
        turns(first, last, momentumSum)
            || turns(first, later.first, sum(earlier.momentumSum, later.first.momentum))
            || turns(earlier.last, last, sum(later.momentumSum, earlier.last.momentum));
  }

  /** Two stretches next to each other as one, given which of their drawn points it keeps. */
  static Subtree join(Subtree earlier, Subtree later, PhasePoint drawn) {
    return new Subtree(earlier, later, drawn, logSum(earlier.logWeight, later.logWeight));
  }

  static double logSum(double a, double b) {
    double max = Math.max(a, b);
    return max == Double.NEGATIVE_INFINITY ? max : max + Math.log1p(Math.exp(Math.min(a, b) - max));
  }

  /** The generalised U-turn criterion of Betancourt (2013, arXiv:1304.1920). */
  private static boolean turns(PhasePoint first, PhasePoint last, double[] momentumSum) {
    double atFirst = 0;
    double atLast = 0;
    for (int d = 0; d < momentumSum.length; d++) {
      atFirst += first.velocity[d] * momentumSum[d];
      atLast += last.velocity[d] * momentumSum[d];
    }
    return !(atFirst > 0 && atLast > 0);
  }

  private static double[] sum(double[] a, double[] b) {
    double[] result = new double[a.length];
    for (int d = 0; d < result.length; d++) {
      result[d] = a[d] + b[d];
    }
    return result;
  }
}
