package io.github.sbi4j.ppl.learned;

import io.github.sbi4j.ppl.expression.Expression;
import io.github.sbi4j.ppl.expression.Repetition;
import io.github.sbi4j.ppl.expression.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What learned likelihoods and ratios share: observations, and parameters of their groups. */
final class Learned {
  private Learned() {}

  /** The shape of an observation of L values. */
  static Shape event(int values) {
    return values == 1 ? Shape.SCALAR : Shape.of(values);
  }

  /** Parameters as expressions, as many as there are names. */
  static List<Expression> parameters(String trained, List<String> names, Number... parameters) {
    if (parameters.length != names.size()) {
      throw new IllegalArgumentException(
          parameters.length
              + " parameters given, but the "
              + trained
              + " has "
              + names.size()
              + ": "
              + names);
    }
    return Arrays.stream(parameters).map(Expression::of).toList();
  }

  /** Observations, with parameters that belong to each. */
  record Observed(Shape shape, double[][] values, List<Expression> parameters) {
    /** The observations of a value with L numbers each. */
    static Observed of(Expression value, int length, List<Expression> parameters) {
      if (!value.isConstant()) {
        throw new UnsupportedOperationException(ObservedOnly.REMEDY);
      }
      Shape shape = value.shape().outer(event(length).rank());
      for (Expression parameter : parameters) {
        Shape before = shape;
        shape =
            before
                .meet(parameter.shape())
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "observations of shape "
                                + before
                                + " do not meet a parameter of shape "
                                + parameter.shape()));
      }
      double[] all = value.to(shape.append(event(length))).values();
      double[][] rows = new double[shape.size()][];
      Arrays.setAll(rows, m -> Arrays.copyOfRange(all, m * length, (m + 1) * length));
      List<Expression> fitted = new ArrayList<>();
      for (Expression parameter : parameters) {
        fitted.add(parameter.to(shape));
      }
      return new Observed(shape, rows, fitted);
    }

    /** Which observations have the same parameters. */
    Repetition groups() {
      return Repetition.of(parameters);
    }

    /** The parameters of one observation of each group. */
    Expression[] of(Repetition groups) {
      Shape each = Shape.of(groups.representatives().length);
      return parameters.stream()
          .map(parameter -> parameter.gather(groups.representatives(), each))
          .toArray(Expression[]::new);
    }
  }
}
