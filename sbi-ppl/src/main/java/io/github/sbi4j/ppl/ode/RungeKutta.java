package io.github.sbi4j.ppl.ode;

/**
 * The classic Runge-Kutta method of order 4 with steps of given length: between two times as many
 * equal steps as are needed for none to be longer. For equations whose time scale is known; the
 * error falls with the fourth power of the step, and nothing tells how large it is.
 */
public final class RungeKutta extends OdeMethod {
  private static final int MAX_STEPS = 1_000_000;

  private final double step;

  private RungeKutta(double step) {
    this.step = step;
  }

  /**
   * The method.
   *
   * @param step the greatest length of a step, in units of time
   * @return the method
   * @throws IllegalArgumentException if the step is not positive and finite
   */
  public static RungeKutta withStep(double step) {
    if (!(step > 0) || Double.isInfinite(step)) {
      throw new IllegalArgumentException(
          "the step is " + step + ", expected a positive, finite length of time");
    }
    return new RungeKutta(step);
  }

  @Override
  Tableau tableau() {
    return Tableau.CLASSIC;
  }

  @Override
  void requireFeasible(double duration) {
    if (duration / step > MAX_STEPS) {
      throw new IllegalArgumentException(
          "steps of "
              + step
              + " over a time of "
              + duration
              + " are "
              + duration / step
              + ", expected at most "
              + MAX_STEPS
              + "; take longer ones, or DormandPrince");
    }
  }

  @Override
  boolean advance(Trajectory trajectory, double to) {
    double from = trajectory.time();
    // A rest that only rounding left is no step.
    int steps = (int) Math.ceil((to - from) / step * (1 - 1e-12));
    for (int i = 1; i <= steps; i++) {
      trajectory.attempt((to - from) / steps);
      trajectory.accept(i == steps ? to : from + (to - from) * i / steps);
      if (!trajectory.isFinite()) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return "RungeKutta[step=" + step + "]";
  }
}
