package io.github.sbi4j.ppl.ode;

import io.github.sbi4j.ppl.expression.Evaluation;
import io.github.sbi4j.ppl.expression.Expression;
import io.github.sbi4j.ppl.expression.Program;
import io.github.sbi4j.ppl.expression.Shape;
import java.util.List;

/**
 * The program that computes f(t, y, p), and w<sup>T</sup> f(t, y, p) for products with its Jacobian
 * matrices. Its inputs are t, y, p and w, in this order.
 *
 * @param program the program
 * @param states the number of elements of y, S
 * @param parameters the number of elements of p, K
 */
record RightHandSide(Program program, int states, int parameters) {
  static RightHandSide of(OdeFunction function, int states, int parameters) {
    Expression t = Expression.variable(Shape.SCALAR);
    Expression y = Expression.variable(Shape.of(states));
    Expression p = Expression.variable(Shape.of(parameters));
    Expression w = Expression.variable(Shape.of(states));
    Expression f = function.derivative(t, y, p);
    if (f.shape().rank() != 1 || f.shape().size() != states) {
      throw new IllegalArgumentException(
          "the right-hand side has the shape "
              + f.shape()
              + ", expected a vector of "
              + states
              + " derivatives, one for each element of the initial state; make one of scalars with"
              + " Expression.stack(...)");
    }
    List<Expression> inputs = List.of(t, y, p, w);
    Expression derivatives = f.reshape(Shape.of(states));
    try {
      Program program = Program.of(inputs, List.of(derivatives, derivatives.dot(w)));
      return new RightHandSide(program, states, parameters);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the right-hand side uses a latent value of the model around it; hand it over in the"
              + " parameters of solve(...), and take it from the parameters given to the"
              + " right-hand side",
          e);
    }
  }

  /** Memory in which the program is computed for one trajectory at a time. */
  Calculator calculator() {
    return new Calculator(this);
  }

  /** Computes f and products with its Jacobian matrices; for one thread. */
  static final class Calculator {
    private final Evaluation evaluation;
    private final int states;
    private final int parameters;
    private final double[] row;
    private final double[] gradient;

    private Calculator(RightHandSide right) {
      evaluation = new Evaluation(right.program, 1);
      states = right.states;
      parameters = right.parameters;
      row = new double[right.program.inputSize()];
      gradient = new double[row.length];
    }

    void setParameters(double[] p) {
      System.arraycopy(p, 0, row, 1 + states, parameters);
    }

    /** Writes f(t, y, p) to a place of an array. */
    void derivative(double t, double[] y, double[] into, int offset) {
      row[0] = t;
      System.arraycopy(y, 0, row, 1, states);
      evaluation.setInputs(1, row);
      System.arraycopy(evaluation.forward(0, false), 0, into, offset, states);
    }

    /** Writes w df/dy, and adds w df/dp. */
    void adjoint(double t, double[] y, double[] w, int offset, double[] byState, double[] byP) {
      row[0] = t;
      System.arraycopy(y, 0, row, 1, states);
      System.arraycopy(w, offset, row, 1 + states + parameters, states);
      evaluation.setInputs(1, row);
      evaluation.forward(1, true);
      evaluation.backward(1, gradient);
      System.arraycopy(gradient, 1, byState, 0, states);
      for (int k = 0; k < parameters; k++) {
        byP[k] += gradient[1 + states + k];
      }
    }
  }
}
