package io.github.sbi4j.ppl.ode;

/**
 * The method of Dormand and Prince (1980, J. Comput. Appl. Math. 6) of order 5, with steps that
 * adapt to a tolerance.
 *
 * <p>A step is accepted where the root mean square of error<sub>i</sub> / (absolute + relative
 * max(|y<sub>i</sub>|, |z<sub>i</sub>|)) is at most one, with y and z the states before and after
 * it; the next one is 0.9 times as long as the error, of order 5 in the step, allows, and between
 * 0.2 and 5 times as long as this one (Hairer, Norsett and Wanner 1993, Solving Ordinary
 * Differential Equations I, II.4). Each chain has steps of its own, so results do not depend on
 * what else is in a batch. Immutable.
 */
public final class DormandPrince extends OdeMethod {
  private static final DormandPrince DEFAULTS = new DormandPrince(1e-6, 1e-6, 10_000);
  private static final double SAFETY = 0.9;
  private static final double SHRINK = 0.2;
  private static final double GROW = 5;

  private final double relative;
  private final double absolute;
  private final int maxSteps;

  private DormandPrince(double relative, double absolute, int maxSteps) {
    this.relative = relative;
    this.absolute = absolute;
    this.maxSteps = maxSteps;
  }

  /** {@return the method with both tolerances 1e-6 and at most 10 000 steps} */
  public static DormandPrince defaults() {
    return DEFAULTS;
  }

  /**
   * Sets the tolerances.
   *
   * @param relative the tolerated error of a step, relative to the state
   * @param absolute the tolerated error of a step, in units of the state
   * @return the changed method
   * @throws IllegalArgumentException if one is not positive and finite
   */
  public DormandPrince withTolerances(double relative, double absolute) {
    if (!(relative > 0 && absolute > 0 && Double.isFinite(relative + absolute))) {
      throw new IllegalArgumentException(
          "the tolerances are "
              + relative
              + " relative and "
              + absolute
              + " absolute, expected positive, finite numbers such as 1e-6");
    }
    return new DormandPrince(relative, absolute, maxSteps);
  }

  /**
   * Sets after how many steps a trajectory is given up.
   *
   * @param maxSteps the greatest number of steps, rejected ones included, at least one
   * @return the changed method
   * @throws IllegalArgumentException if it is less than one
   */
  public DormandPrince withMaxSteps(int maxSteps) {
    if (maxSteps < 1) {
      throw new IllegalArgumentException("maxSteps is " + maxSteps + ", expected at least 1");
    }
    return new DormandPrince(relative, absolute, maxSteps);
  }

  @Override
  Tableau tableau() {
    return Tableau.DORMAND_PRINCE;
  }

  @Override
  boolean advance(Trajectory trajectory, double to) {
    while (trajectory.time() < to) {
      double rest = to - trajectory.time();
      double suggested = trajectory.suggested(relative, absolute);
      // Stretched by a hundredth rather than followed by a tiny one.
      boolean last = suggested > 0.99 * rest;
      double step = last ? rest : suggested;
      double end = last ? to : trajectory.time() + step;
      if (trajectory.attempts() >= maxSteps || !(end > trajectory.time())) {
        return false;
      }
      trajectory.attempt(step);
      double error = trajectory.error(relative, absolute);
      double ideal = error == 0 ? GROW : SAFETY * Math.pow(error, -0.2);
      double factor = ideal > SHRINK ? Math.min(ideal, GROW) : SHRINK;
      if (error <= 1) {
        trajectory.accept(end);
        // A step that was cut short at a time does not shorten those after it.
        trajectory.suggest(last ? Math.max(suggested, step * factor) : step * factor);
      } else {
        trajectory.suggest(step * factor);
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return "DormandPrince[relative="
        + relative
        + ", absolute="
        + absolute
        + ", maxSteps="
        + maxSteps
        + "]";
  }
}
