package io.github.sbi4j.ppl.expression;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How expressions are made of others: shapes meet, constants are computed at once, and functions of
 * what is repeated are computed before it is repeated.
 */
final class Algebra {
  static final String REMEDY =
      "; index it by group with get(int[]), or give data of a plate by the plate's data(...)";

  private static final Expression[] NONE = {};

  private Algebra() {}

  static Expression apply(Expression x, UnaryFunction function) {
    if (x.operation() instanceof Unary inner && function == UnaryFunctions.LOG) {
      Expression argument = x.operands()[0].relabelled(x.shape());
      if (inner.function() == UnaryFunctions.EXP) {
        return argument;
      }
      if (inner.function() == UnaryFunctions.SIGMOID) {
        return argument.logSigmoid();
      }
    }
    if (repeats(x)) {
      return gathered(apply(x.operands()[0], function), x);
    }
    return make(new Unary(x.shape().size(), function), x.shape(), x);
  }

  static Expression log1m(Expression x) {
    return x.operation() instanceof Unary unary && unary.function() == UnaryFunctions.SIGMOID
        ? x.operands()[0].relabelled(x.shape()).unaryMinus().logSigmoid()
        : x.unaryMinus().log1p();
  }

  static Expression affine(Expression x, double factor, double term) {
    if (factor == 1 && term == 0) {
      return x;
    }
    if (x.operation() instanceof Affine inner) {
      // One step for two.
      Expression argument = x.operands()[0].relabelled(x.shape());
      return affine(argument, factor * inner.factor(), factor * inner.term() + term);
    }
    return repeats(x)
        ? gathered(affine(x.operands()[0], factor, term), x)
        : make(new Affine(x.shape().size(), factor, term), x.shape(), x);
  }

  static Expression arithmetic(Binary.Kind kind, Expression a, Expression b) {
    if (isNumber(b) && !a.isConstant()) {
      return withNumber(kind, a, b.doubleValue());
    }
    if (isNumber(a) && !b.isConstant()) {
      double left = a.doubleValue();
      switch (kind) {
        case PLUS, TIMES -> {
          return withNumber(kind, b, left);
        }
        case MINUS -> {
          return affine(b, -1, left);
        }
        case DIVIDE -> {
          return affine(apply(b, UnaryFunctions.RECIPROCAL), left, 0);
        }
        default -> {
          // As any two operands.
        }
      }
    }
    Shape met = met(kind.name().toLowerCase(Locale.ROOT), a.shape(), b.shape());
    if (repeats(a) && b.shape().size() == 1 && met.equals(a.shape())) {
      return gathered(arithmetic(kind, a.operands()[0], b), a);
    }
    if (repeats(b) && a.shape().size() == 1 && met.equals(b.shape())) {
      return gathered(arithmetic(kind, a, b.operands()[0]), b);
    }
    return make(new Binary(met.size(), kind), met, a.to(met), b.to(met));
  }

  private static Expression withNumber(Binary.Kind kind, Expression x, double number) {
    return switch (kind) {
      case PLUS -> affine(x, 1, number);
      case MINUS -> affine(x, 1, -number);
      case TIMES -> affine(x, number, 0);
      case DIVIDE -> affine(x, 1 / number, 0);
      case POWER ->
          number == 2 ? x.square() : number == 1 ? x : apply(x, UnaryFunctions.power(number));
      default ->
          make(
              new Binary(x.shape().size(), kind),
              x.shape(),
              x,
              Expression.of(number).to(x.shape()));
    };
  }

  static Expression blockwise(
      BlockFunction function, Shape value, int[] ranks, Expression... arguments) {
    Shape outer = Shape.SCALAR;
    for (int k = 0; k < arguments.length; k++) {
      outer = met("a function", outer, arguments[k].shape().outer(ranks[k]));
    }
    Expression[] operands = new Expression[arguments.length];
    int[] sizes = new int[arguments.length];
    boolean[] shared = new boolean[arguments.length];
    for (int k = 0; k < arguments.length; k++) {
      Shape inner = arguments[k].shape().inner(ranks[k]);
      sizes[k] = inner.size();
      shared[k] = arguments[k].shape().size() == inner.size();
      operands[k] = shared[k] ? arguments[k] : arguments[k].to(outer.append(inner));
    }
    return make(
        new Blockwise(function, outer.size(), sizes, shared, value.size()),
        outer.append(value),
        operands);
  }

  static Expression gather(Expression x, int[] index, Shape result) {
    if (index.length != result.size()) {
      throw new IllegalArgumentException(
          index.length + " indices for the shape " + result + ", expected " + result.size());
    }
    if (x.operation() instanceof Gather inner) {
      // One step for two.
      int[] composed = Arrays.stream(index).map(i -> inner.index()[i]).toArray();
      return make(new Gather(inner.sourceSize(), composed), result, x.operands());
    }
    return make(new Gather(x.shape().size(), index.clone()), result, x);
  }

  static Expression to(Expression x, Shape target) {
    if (x.shape().equals(target)) {
      return x;
    }
    int[] index =
        target
            .elementsOf(x.shape())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "a value of shape " + x.shape() + " does not fit into " + target + REMEDY));
    boolean same = IntStream.range(0, index.length).allMatch(i -> index[i] == i);
    return same && x.shape().size() == target.size()
        ? x.relabelled(target)
        : gather(x, index, target);
  }

  /** All in the shape in which they meet. */
  static Expression[] meet(String what, Number... numbers) {
    Expression[] operands = Arrays.stream(numbers).map(Expression::of).toArray(Expression[]::new);
    Shape met = Shape.SCALAR;
    for (Expression operand : operands) {
      met = met(what, met, operand.shape());
    }
    Shape shape = met;
    return Arrays.stream(operands).map(each -> each.to(shape)).toArray(Expression[]::new);
  }

  /** What depends on constants alone is computed at once. */
  static Expression make(Operation operation, Shape shape, Expression... operands) {
    double[][] in = new double[operands.length][];
    for (int k = 0; k < in.length; k++) {
      double[] known = operands[k].constant();
      if (known == null) {
        return new Expression(shape, operation, operands, null);
      }
      in[k] = known;
    }
    double[] out = new double[shape.size()];
    operation.forward(1, in, out, operation.memory(1, new boolean[in.length]), false);
    return new Expression(shape, null, NONE, out);
  }

  private static Shape met(String what, Shape a, Shape b) {
    return a.meet(b)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    what + ": the shapes " + a + " and " + b + " do not meet" + REMEDY));
  }

  private static boolean isNumber(Expression x) {
    return x.isConstant() && x.shape().rank() == 0;
  }

  /** Whether elements of a smaller value are repeated here. */
  private static boolean repeats(Expression x) {
    return x.operation() instanceof Gather && x.operands()[0].shape().size() < x.shape().size();
  }

  /** A value picked as another one is from a value of its size. */
  private static Expression gathered(Expression x, Expression like) {
    return like.operation() instanceof Gather gather ? gather(x, gather.index(), like.shape()) : x;
  }
}
