package io.github.sbi4j.ppl.ode;

import io.github.sbi4j.ppl.expression.Expression;

/** The right-hand side of a differential equation. */
@FunctionalInterface
public interface OdeFunction {
  /**
   * Writes down the derivative of the state by time. Like the code of a model it runs once, so it
   * does not branch on numbers; its own derivatives follow from what it wrote.
   *
   * @param time the time, a scalar
   * @param state the state, a vector of S elements
   * @param parameters the parameters, a vector of K elements
   * @return the derivatives, a vector of S elements
   */
  Expression derivative(Expression time, Expression state, Expression parameters);
}
