package io.github.sbi4j.core.mcmc;

import java.util.random.RandomGenerator;

/**
 * The slice update of one coordinate, one evaluation at a time: find an interval, propose a point
 * of it, check it, and shrink the interval where it is refused.
 */
final class SliceUpdate {
  private static final int MAX_PROPOSALS = 1000;

  /** What is known of an end of an interval. */
  private enum End {
    UNKNOWN,
    INSIDE,
    OUTSIDE
  }

  /** What the point that is being evaluated is for. */
  private enum Phase {
    LOWER,
    UPPER,
    PROPOSAL,
    CHECK_LOWER,
    CHECK_UPPER
  }

  private final RandomGenerator random;
  private final double start;
  private final double startLogDensity;
  private final double level;
  private final double width;
  private double lower;
  private double upper;
  private End lowerEnd = End.UNKNOWN;
  private End upperEnd = End.UNKNOWN;
  private int doublingsLeft;
  private double shrunkLower;
  private double shrunkUpper;
  private int proposals;
  private double proposal;
  private double proposalLogDensity;
  // The check halves the interval again, from the doubled one to the part around the proposal.
  private double checkLower;
  private double checkUpper;
  private End checkLowerEnd = End.UNKNOWN;
  private End checkUpperEnd = End.UNKNOWN;
  private boolean separated;
  private Phase phase = Phase.LOWER;
  private double point;
  private double logDensity;
  private boolean done;

  SliceUpdate(
      double start, double logDensity, double width, int maxDoublings, RandomGenerator random) {
    this.random = random;
    this.start = start;
    this.startLogDensity = logDensity;
    this.level = logDensity - random.nextExponential();
    this.width = width;
    this.doublingsLeft = maxDoublings;
    this.lower = start - width * random.nextDouble();
    this.upper = lower + width;
    expand();
  }

  /** The coordinate to be evaluated next, or the new one when done. */
  double point() {
    return point;
  }

  /** The log density at the new coordinate. */
  double logDensity() {
    return logDensity;
  }

  int proposals() {
    return proposals;
  }

  /** Goes on with the log density at the point; false when done. */
  boolean advance(double value) {
    End end = value > level ? End.INSIDE : End.OUTSIDE;
    switch (phase) {
      case LOWER -> {
        lowerEnd = end;
        expand();
      }
      case UPPER -> {
        upperEnd = end;
        expand();
      }
      case PROPOSAL -> {
        if (end == End.INSIDE) {
          proposalLogDensity = value;
          beginCheck();
        } else {
          shrink();
        }
      }
      case CHECK_LOWER -> {
        checkLowerEnd = end;
        check();
      }
      case CHECK_UPPER -> {
        checkUpperEnd = end;
        check();
      }
    }
    return !done;
  }

  private void ask(Phase what, double coordinate) {
    phase = what;
    point = coordinate;
  }

  /** Doubles the interval to a random side as long as an end is known to lie in the slice. */
  private void expand() {
    while (anyEndInside() && doublingsLeft > 0) {
      doublingsLeft--;
      if (random.nextBoolean()) {
        lower -= upper - lower;
        lowerEnd = End.UNKNOWN;
      } else {
        upper += upper - lower;
        upperEnd = End.UNKNOWN;
      }
    }
    // Without doublings left an end decides nothing here; the check asks for it if it must.
    if (doublingsLeft > 0 && lowerEnd == End.UNKNOWN) {
      ask(Phase.LOWER, lower);
    } else if (doublingsLeft > 0 && upperEnd == End.UNKNOWN) {
      ask(Phase.UPPER, upper);
    } else {
      shrunkLower = lower;
      shrunkUpper = upper;
      propose();
    }
  }

  private boolean anyEndInside() {
    return lowerEnd == End.INSIDE || upperEnd == End.INSIDE;
  }

  private void propose() {
    // The interval always holds the start, so it ends there; the bound is for a target that gives
    // another value at the same point.
    if (proposals == MAX_PROPOSALS || !(shrunkLower < shrunkUpper)) {
      finish(start, startLogDensity);
      return;
    }
    proposals++;
    proposal = shrunkLower + random.nextDouble() * (shrunkUpper - shrunkLower);
    ask(Phase.PROPOSAL, proposal);
  }

  private void shrink() {
    if (proposal < start) {
      shrunkLower = proposal;
    } else {
      shrunkUpper = proposal;
    }
    propose();
  }

  private void beginCheck() {
    checkLower = lower;
    checkUpper = upper;
    checkLowerEnd = lowerEnd;
    checkUpperEnd = upperEnd;
    separated = false;
    check();
  }

  /** Whether doubling from the proposal could have given the same interval. */
  private void check() {
    while (true) {
      if (separated && checkLowerEnd != End.INSIDE && checkUpperEnd != End.INSIDE) {
        if (checkLowerEnd == End.UNKNOWN) {
          ask(Phase.CHECK_LOWER, checkLower);
        } else if (checkUpperEnd == End.UNKNOWN) {
          ask(Phase.CHECK_UPPER, checkUpper);
        } else {
          shrink();
        }
        return;
      }
      if (!(checkUpper - checkLower > 1.1 * width)) {
        finish(proposal, proposalLogDensity);
        return;
      }
      double middle = checkLower + 0.5 * (checkUpper - checkLower);
      separated |= (start < middle) != (proposal < middle);
      if (proposal < middle) {
        checkUpper = middle;
        checkUpperEnd = End.UNKNOWN;
      } else {
        checkLower = middle;
        checkLowerEnd = End.UNKNOWN;
      }
    }
  }

  private void finish(double coordinate, double value) {
    point = coordinate;
    logDensity = value;
    done = true;
  }
}
