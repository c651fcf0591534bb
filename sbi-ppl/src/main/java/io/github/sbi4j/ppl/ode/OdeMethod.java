package io.github.sbi4j.ppl.ode;

/** How a differential equation is solved step by step. Immutable. */
public abstract sealed class OdeMethod permits DormandPrince, RungeKutta {
  OdeMethod() {}

  /** The coefficients of one step. */
  abstract Tableau tableau();

  /** Refuses what would take too many steps whatever the parameters. */
  void requireFeasible(double duration) {}

  /**
   * Takes steps from where a trajectory is to a later time.
   *
   * @return whether it came there
   */
  abstract boolean advance(Trajectory trajectory, double to);
}
