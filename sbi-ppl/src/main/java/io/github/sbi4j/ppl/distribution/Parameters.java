package io.github.sbi4j.ppl.distribution;

import io.github.sbi4j.ppl.expression.Expression;
import java.util.function.DoublePredicate;

/** Checks of parameters, as far as their numbers are known. */
final class Parameters {
  private Parameters() {}

  static Expression positive(String name, Number parameter) {
    return check(name, parameter, "a positive number", x -> x > 0 && x < Double.POSITIVE_INFINITY);
  }

  static Expression finite(String name, Number parameter) {
    return check(name, parameter, "a finite number", Double::isFinite);
  }

  static Expression probability(String name, Number parameter) {
    return check(name, parameter, "a probability from 0 to 1", x -> x >= 0 && x <= 1);
  }

  private static Expression check(
      String name, Number parameter, String expected, DoublePredicate valid) {
    Expression expression = Expression.of(parameter);
    if (expression.isConstant()) {
      for (double value : expression.values()) {
        if (!valid.test(value)) {
          throw new IllegalArgumentException(name + " is " + value + ", expected " + expected);
        }
      }
    }
    return expression;
  }

  /** The axes that a vector or matrix parameter must have. */
  static Expression ofRank(String name, Expression parameter, int rank) {
    if (parameter.shape().rank() < rank) {
      throw new IllegalArgumentException(
          name
              + " has the shape "
              + parameter.shape()
              + ", expected a "
              + (rank == 1 ? "vector" : "matrix"));
    }
    return parameter;
  }
}
