package io.github.sbi4j.ppl.ode;

import io.github.sbi4j.ppl.expression.Expression;
import io.github.sbi4j.ppl.expression.Shape;
import java.util.Arrays;

/**
 * A system of ordinary differential equations, y' = f(t, y, p), to be solved inside a model.
 *
 * <pre>{@code
 * Ode predation =
 *     Ode.of(
 *         (t, y, p) -> {
 *           Expression prey = y.get(0);
 *           Expression predators = y.get(1);
 *           return Expression.stack(
 *               prey.times(p.get(0).minus(p.get(1).times(predators))),
 *               predators.times(p.get(3).times(prey).minus(p.get(2))));
 *         });
 * Expression populations = predation.solve(initial, rates, 0, years);
 * }</pre>
 *
 * <p>Gradients by initial state and parameters are those of the numerical solution with the steps
 * it took, in reverse: with adjoint w of a solution, each step y + h sum b<sub>i</sub>
 * k<sub>i</sub> is gone back through by products w<sup>T</sup> df/dy and w<sup>T</sup> df/dp (the
 * discrete adjoint; Hager 2000, Numer. Math. 87). So a Runge-Kutta solution has the exact gradient
 * of what it computes; that of an adaptive one differs by how step sizes depend on parameters,
 * which is of the order of the tolerance.
 *
 * <p>A trajectory without a solution (numbers that are not finite, more steps than allowed, steps
 * too small) is NaN at all times, without an exception, and makes the density of a model zero
 * there. Immutable.
 */
public final class Ode {
  private final OdeFunction function;
  private final OdeMethod method;

  private Ode(OdeFunction function, OdeMethod method) {
    this.function = function;
    this.method = method;
  }

  /**
   * The system with a right-hand side, solved by {@link DormandPrince#defaults()}.
   *
   * @param function the right-hand side
   * @return the system
   */
  public static Ode of(OdeFunction function) {
    return new Ode(function, DormandPrince.defaults());
  }

  /**
   * Sets how steps are taken.
   *
   * @param method {@link DormandPrince} or {@link RungeKutta}
   * @return the changed system
   */
  public Ode with(OdeMethod method) {
    return new Ode(function, method);
  }

  /**
   * Solves from an initial state. In plates there is one trajectory for each member.
   *
   * @param initial the initial state, S elements along the last axis; axes before it are plates
   * @param parameters the parameters, K elements along the last axis; axes before it are plates
   * @param start the time of the initial state
   * @param times the T times of the solution, increasing, from {@code start} on
   * @return the states, T x S after the axes of the plates
   * @throws IllegalArgumentException if times do not increase, the initial state or the parameters
   *     have no axis, or the right-hand side is no vector of S elements or uses other latent
   *     values, or steps of given length would be more than a million
   */
  public Expression solve(
      Expression initial, Expression parameters, double start, double... times) {
    requireTimes(start, times);
    method.requireFeasible(times[times.length - 1] - start);
    requireVector("initial state", initial);
    requireVector("vector of parameters", parameters);
    Shape state = initial.shape().inner(1);
    RightHandSide right =
        RightHandSide.of(function, state.size(), parameters.shape().inner(1).size());
    return Expression.blockwise(
        new Solution(right, method, start, times.clone()),
        Shape.of(times.length).append(state),
        new int[] {1, 1},
        initial,
        parameters);
  }

  private static void requireVector(String what, Expression value) {
    if (value.shape().rank() == 0) {
      throw new IllegalArgumentException(
          "the "
              + what
              + " is a scalar, expected a vector; make one of scalars with Expression.stack(...)");
    }
  }

  private static void requireTimes(double start, double[] times) {
    if (times.length == 0) {
      throw new IllegalArgumentException("there are no times, expected at least one to solve at");
    }
    double before = start;
    for (int i = 0; i < times.length; i++) {
      boolean increases = i == 0 ? times[0] >= start : times[i] > before;
      if (!increases || !Double.isFinite(start) || !Double.isFinite(times[i])) {
        throw new IllegalArgumentException(
            "the times are "
                + Arrays.toString(times)
                + " after the start "
                + start
                + ", expected finite numbers that increase; number "
                + i
                + " does not");
      }
      before = times[i];
    }
  }

  @Override
  public String toString() {
    return "Ode[" + method + "]";
  }
}
