package io.github.sbi4j.ppl.ode;

import io.github.sbi4j.ppl.expression.BlockFunction;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The states at given times as a function of the initial state and the parameters. */
final class Solution implements BlockFunction {
  private final RightHandSide right;
  private final OdeMethod method;
  private final double start;
  private final double[] times;
  private final ConcurrentLinkedQueue<Trajectory> idle = new ConcurrentLinkedQueue<>();

  Solution(RightHandSide right, OdeMethod method, double start, double[] times) {
    this.right = right;
    this.method = method;
    this.start = start;
    this.times = times;
  }

  @Override
  public boolean isPartial() {
    return true;
  }

  @Override
  public void forward(double[][] arguments, double[] value) {
    Trajectory trajectory = borrow();
    trajectory.begin(start, arguments[0], arguments[1]);
    for (int i = 0; i < times.length; i++) {
      if (!method.advance(trajectory, times[i]) || !trajectory.isFinite()) {
        Arrays.fill(value, Double.NaN);
        break;
      }
      System.arraycopy(trajectory.state(), 0, value, i * right.states(), right.states());
    }
    idle.add(trajectory);
  }

  /** Solves again: steps are not kept between both, since those of all chains would have to be. */
  @Override
  public void backward(
      double[][] arguments, double[] value, double[] adjoint, double[][] adjoints) {
    if (Double.isNaN(value[0])) {
      return;
    }
    Trajectory trajectory = borrow();
    trajectory.begin(start, arguments[0], arguments[1]);
    int[] steps = new int[times.length];
    for (int i = 0; i < times.length; i++) {
      method.advance(trajectory, times[i]);
      steps[i] = trajectory.steps();
    }
    double[] byState = adjoints[0];
    for (int i = times.length - 1; i >= 0; i--) {
      for (int s = 0; s < right.states(); s++) {
        byState[s] += adjoint[i * right.states() + s];
      }
      trajectory.backward(steps[i], i == 0 ? 0 : steps[i - 1], byState, adjoints[1]);
    }
    idle.add(trajectory);
  }

  private Trajectory borrow() {
    Trajectory trajectory = idle.poll();
    return trajectory == null ? new Trajectory(right, method.tableau()) : trajectory;
  }
}
