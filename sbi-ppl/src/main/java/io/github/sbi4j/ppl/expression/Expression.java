package io.github.sbi4j.ppl.expression;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A scalar, vector or matrix whose numbers are computed later, once for each chain, with gradients.
 *
 * <p>It is a {@link Number}, so that whatever takes a number or an expression has one parameter,
 * and {@code mu.plus(1)} is as good as {@code mu.plus(sigma)}. Operands of different shapes meet as
 * {@link Shape} says. Names of operators are those that Kotlin knows, where {@code mu + tau * z}
 * and {@code lambda[location]} can be written. Immutable.
 *
 * <p>A model runs once, to write its expressions down. So there is no number to branch on: {@link
 * #doubleValue()} of what depends on a latent value is refused; {@link #where} chooses between two
 * values instead.
 */
public final class Expression extends Number {
  private static final Expression[] NO_OPERANDS = {};

  private final transient Shape shape;
  private final transient @Nullable Operation operation;
  private final transient Expression[] operands;
  private final double @Nullable [] constant;

  private Expression(
      Shape shape,
      @Nullable Operation operation,
      Expression[] operands,
      double @Nullable [] constant) {
    this.shape = shape;
    this.operation = operation;
    this.operands = operands;
    this.constant = constant;
  }

  /**
   * A number or expression as expression.
   *
   * @param number a number, or an expression, which is given back
   * @return the expression
   */
  public static Expression of(Number number) {
    return number instanceof Expression expression
        ? expression
        : constant(Shape.SCALAR, number.doubleValue());
  }

  /**
   * Known numbers.
   *
   * @param shape their shape
   * @param values as many numbers as the shape has elements, copied
   * @return the constant
   * @throws IllegalArgumentException if there are more or fewer numbers
   */
  public static Expression constant(Shape shape, double... values) {
    if (values.length != shape.size()) {
      throw new IllegalArgumentException(
          values.length + " numbers for the shape " + shape + ", expected " + shape.size());
    }
    return new Expression(shape, null, NO_OPERANDS, values.clone());
  }

  /**
   * A known vector; in a plate, {@code data} of the context gives it the name of its axis.
   *
   * @param values its numbers, copied
   * @return the constant
   */
  public static Expression vector(double... values) {
    return constant(Shape.of(values.length), values);
  }

  /**
   * A known matrix.
   *
   * @param rows its rows of equal length, copied
   * @return the constant
   * @throws IllegalArgumentException if rows differ in length
   */
  public static Expression matrix(double[][] rows) {
    for (double[] row : rows) {
      if (row.length != rows[0].length) {
        throw new IllegalArgumentException(
            "a row has " + row.length + " numbers, expected " + rows[0].length + " as in row 0");
      }
    }
    return constant(
        Shape.of(rows.length, rows[0].length),
        Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray());
  }

  /**
   * What is not known until a {@link Program} is evaluated that has it as an input.
   *
   * @param shape its shape
   * @return a new variable
   */
  public static Expression variable(Shape shape) {
    return new Expression(shape, null, NO_OPERANDS, null);
  }

  /**
   * Expressions side by side, along a new last axis.
   *
   * @param elements at least one number or expression, which meet in one shape
   * @return with K scalars a vector of K elements, with K vectors of N elements an N x K matrix
   * @throws IllegalArgumentException if the shapes do not meet
   */
  public static Expression stack(Number... elements) {
    Expression[] met = meet("stack", expressions(elements));
    Shape each = met[0].shape;
    return make(new Stack(each.size(), met.length), each.append(Shape.of(met.length)), met);
  }

  /**
   * The sum of all elements of several expressions.
   *
   * @param terms the expressions, of any shapes
   * @return a scalar
   */
  public static Expression total(List<Expression> terms) {
    Expression[] operands = terms.toArray(NO_OPERANDS);
    return make(
        new Total(Arrays.stream(operands).mapToInt(term -> term.shape.size()).toArray()),
        Shape.SCALAR,
        operands);
  }

  /**
   * A function of the elements of several expressions.
   *
   * @param function the function, with its derivatives
   * @param arguments K numbers or expressions, which meet in one shape
   * @return its values, in that shape
   * @throws IllegalArgumentException if the shapes do not meet
   */
  public static Expression elementwise(ElementwiseFunction function, Number... arguments) {
    Expression[] met = meet("a function", expressions(arguments));
    return make(new Elementwise(met[0].shape.size(), function), met[0].shape, met);
  }

  /**
   * A function of the last axes of several expressions; the axes before them meet.
   *
   * @param function the function, with its derivatives
   * @param value the shape of one result
   * @param ranks for each argument how many of its last axes one call takes
   * @param arguments the arguments
   * @return the results, in the shape in which the outer axes meet, followed by {@code value}
   * @throws IllegalArgumentException if the outer axes do not meet
   */
  public static Expression blockwise(
      BlockFunction function, Shape value, int[] ranks, Expression... arguments) {
    Shape outer = Shape.SCALAR;
    for (int k = 0; k < arguments.length; k++) {
      outer = met("a function", outer, arguments[k].shape.outer(ranks[k]));
    }
    Expression[] operands = new Expression[arguments.length];
    int[] sizes = new int[arguments.length];
    boolean[] shared = new boolean[arguments.length];
    for (int k = 0; k < arguments.length; k++) {
      Shape inner = arguments[k].shape.inner(ranks[k]);
      sizes[k] = inner.size();
      shared[k] = arguments[k].shape.size() == inner.size();
      operands[k] = shared[k] ? arguments[k] : arguments[k].to(outer.append(inner));
    }
    return make(
        new Blockwise(function, outer.size(), sizes, shared, value.size()),
        outer.append(value),
        operands);
  }

  /**
   * Chooses element by element.
   *
   * @param condition what decides
   * @param positive the value where the condition is above zero
   * @param other the value elsewhere
   * @return the chosen values
   * @throws IllegalArgumentException if the shapes do not meet
   */
  public static Expression where(Number condition, Number positive, Number other) {
    return elementwise(
        (rows, in, values, derivatives) -> {
          for (int i = 0; i < rows; i++) {
            values[i] = in[0][i] > 0 ? in[1][i] : in[2][i];
          }
          for (int k = 1; k < 3; k++) {
            double[] derivative = derivatives[k];
            for (int i = 0; i < derivative.length && i < rows; i++) {
              derivative[i] = in[0][i] > 0 == (k == 1) ? 1 : 0;
            }
          }
          Arrays.fill(derivatives[0], 0);
        },
        condition,
        positive,
        other);
  }

  /** {@return the shape} */
  public Shape shape() {
    return shape;
  }

  /** {@return whether the numbers are known} */
  public boolean isConstant() {
    return constant != null;
  }

  /**
   * The numbers of a constant.
   *
   * @return all elements, the last axis running fastest
   * @throws IllegalStateException if the numbers depend on a latent value
   */
  public double[] values() {
    if (constant == null) {
      throw new IllegalStateException(
          "a value of shape "
              + shape
              + " depends on a latent value, which has no number while the model is written down;"
              + " choose with Expression.where(condition, a, b), or use max, min or factor");
    }
    return constant.clone();
  }

  /**
   * {@return the number of a constant scalar}
   *
   * @throws IllegalStateException if the number depends on a latent value, or there are several
   */
  @Override
  public double doubleValue() {
    double[] values = values();
    if (values.length != 1) {
      throw new IllegalStateException("the shape is " + shape + ", expected one number");
    }
    return values[0];
  }

  @Override
  public int intValue() {
    return (int) doubleValue();
  }

  @Override
  public long longValue() {
    return (long) doubleValue();
  }

  @Override
  public float floatValue() {
    return (float) doubleValue();
  }

  /**
   * The sum.
   *
   * @param other a number or expression
   * @return this + other
   */
  public Expression plus(Number other) {
    return arithmetic(Binary.Kind.PLUS, other);
  }

  /**
   * The difference.
   *
   * @param other a number or expression
   * @return this - other
   */
  public Expression minus(Number other) {
    return arithmetic(Binary.Kind.MINUS, other);
  }

  /**
   * The product, element by element.
   *
   * @param other a number or expression
   * @return this x other
   */
  public Expression times(Number other) {
    return arithmetic(Binary.Kind.TIMES, other);
  }

  /**
   * The quotient, element by element.
   *
   * @param other a number or expression
   * @return this / other
   */
  public Expression div(Number other) {
    return arithmetic(Binary.Kind.DIVIDE, other);
  }

  /**
   * The power, element by element.
   *
   * @param exponent a number or expression
   * @return this to the power of the exponent
   */
  public Expression pow(Number exponent) {
    return arithmetic(Binary.Kind.POWER, exponent);
  }

  /**
   * The greater of two, element by element.
   *
   * @param other a number or expression
   * @return the greater
   */
  public Expression max(Number other) {
    return arithmetic(Binary.Kind.MAX, other);
  }

  /**
   * The lesser of two, element by element.
   *
   * @param other a number or expression
   * @return the lesser
   */
  public Expression min(Number other) {
    return arithmetic(Binary.Kind.MIN, other);
  }

  /** {@return the negative} */
  public Expression unaryMinus() {
    return affine(-1, 0);
  }

  /** {@return the exponential} */
  public Expression exp() {
    return apply(UnaryFunctions.EXP);
  }

  /** {@return exp(x) - 1, precise near zero} */
  public Expression expm1() {
    return apply(UnaryFunctions.EXPM1);
  }

  /** {@return the natural logarithm} */
  public Expression log() {
    return apply(UnaryFunctions.LOG);
  }

  /** {@return log(1 + x), precise near zero} */
  public Expression log1p() {
    return apply(UnaryFunctions.LOG1P);
  }

  /** {@return log(1 - x), precise near zero and for sigmoids} */
  public Expression log1m() {
    return operation instanceof Unary unary && unary.function() == UnaryFunctions.SIGMOID
        ? operands[0].unaryMinus().logSigmoid()
        : unaryMinus().log1p();
  }

  /** {@return log(1 - exp(x)) of negative numbers} */
  public Expression log1mExp() {
    return apply(UnaryFunctions.LOG1M_EXP);
  }

  /** {@return the square root} */
  public Expression sqrt() {
    return apply(UnaryFunctions.SQRT);
  }

  /** {@return the square} */
  public Expression square() {
    return times(this);
  }

  /** {@return the absolute value} */
  public Expression abs() {
    return apply(UnaryFunctions.ABS);
  }

  /** {@return the sine} */
  public Expression sin() {
    return apply(UnaryFunctions.SIN);
  }

  /** {@return the cosine} */
  public Expression cos() {
    return apply(UnaryFunctions.COS);
  }

  /** {@return the hyperbolic tangent} */
  public Expression tanh() {
    return apply(UnaryFunctions.TANH);
  }

  /** {@return the arc tangent} */
  public Expression atan() {
    return apply(UnaryFunctions.ATAN);
  }

  /** {@return 1 / (1 + exp(-x))} */
  public Expression sigmoid() {
    return apply(UnaryFunctions.SIGMOID);
  }

  /** {@return log(1 / (1 + exp(-x)))} */
  public Expression logSigmoid() {
    return apply(UnaryFunctions.LOG_SIGMOID);
  }

  /** {@return the log of the absolute value of the gamma function, of positive numbers} */
  public Expression logGamma() {
    return apply(UnaryFunctions.LOG_GAMMA);
  }

  /** {@return the log of the probability that a standard normal variable is below x} */
  public Expression logNormalCdf() {
    return apply(UnaryFunctions.LOG_NORMAL_CDF);
  }

  /** {@return the sum of all elements, a scalar} */
  public Expression sum() {
    return shape.rank() == 0 ? this : make(new Sum(1, shape.size()), Shape.SCALAR, this);
  }

  /** {@return the mean of all elements, a scalar} */
  public Expression mean() {
    return sum().div(shape.size());
  }

  /**
   * Sums over the last axis.
   *
   * @return the sums, with one axis less
   * @throws IllegalArgumentException if this is a scalar
   */
  public Expression sumLast() {
    Shape sums = requireRank("sumLast", 1).shape.outer(1);
    return make(new Sum(sums.size(), shape.size() / sums.size()), sums, this);
  }

  /**
   * log sum exp over the last axis.
   *
   * @return the logarithms, with one axis less
   * @throws IllegalArgumentException if this is a scalar
   */
  public Expression logSumExp() {
    requireRank("logSumExp", 1);
    return blockwise(new LogSumExp(), Shape.SCALAR, new int[] {1}, this);
  }

  /**
   * The logarithms of probabilities proportional to exp(x) along the last axis.
   *
   * @return x - log sum exp(x)
   * @throws IllegalArgumentException if this is a scalar
   */
  public Expression logSoftmax() {
    Shape all = requireRank("logSoftmax", 1).shape;
    int length = all.inner(1).size();
    int[] index = IntStream.range(0, all.size()).map(i -> i / length).toArray();
    return minus(logSumExp().gather(index, all));
  }

  /**
   * The scalar product of two vectors.
   *
   * @param other a vector of the same length
   * @return a scalar
   * @throws IllegalArgumentException if the lengths differ
   */
  public Expression dot(Expression other) {
    return times(other).sum();
  }

  /**
   * The product of a matrix and a vector or matrix, over the last axes.
   *
   * @param other a vector of K numbers or a K x M matrix
   * @return for this R x K matrix a vector of R or an R x M matrix
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public Expression matmul(Expression other) {
    return MatrixProduct.of(this, other);
  }

  /**
   * The Cholesky factor of a symmetric positive definite matrix, over the last two axes.
   *
   * @return the lower triangle L with L L<sup>T</sup> = this; NaN where there is none
   * @throws IllegalArgumentException if this is not a square matrix
   */
  public Expression cholesky() {
    return Cholesky.of(this);
  }

  /**
   * Turns a matrix, over the last two axes.
   *
   * @return the transposed matrix
   * @throws IllegalArgumentException if this is not a matrix
   */
  public Expression transpose() {
    Shape matrix = requireRank("transpose", 2).shape.inner(2);
    int rows = matrix.axes().get(0).size();
    int columns = matrix.axes().get(1).size();
    int[] index =
        IntStream.range(0, shape.size())
            .map(
                i -> {
                  int within = i % (rows * columns);
                  return i - within + within % rows * columns + within / rows;
                })
            .toArray();
    Shape turned = Shape.of(List.of(matrix.axes().get(1), matrix.axes().get(0)));
    return gather(index, shape.outer(2).append(turned));
  }

  /**
   * One element of a vector, or row of a matrix: the index is that of the first axis.
   *
   * @param index from 0
   * @return the element, with one axis less
   * @throws IllegalArgumentException if there is no such element
   */
  public Expression get(int index) {
    Expression row = get(new int[] {index});
    return row.relabelled(shape.inner(shape.rank() - 1));
  }

  /**
   * The elements of a vector, or rows of a matrix, for each of several indices: the value of the
   * group of each observation.
   *
   * @param indices which of the first axis, from 0, N of them; copied
   * @return N elements or rows, along an axis without a name
   * @throws IllegalArgumentException if an index is out of range or this is a scalar
   */
  public Expression get(int[] indices) {
    Axis axis = requireRank("get", 1).shape.axes().get(0);
    Shape row = shape.inner(shape.rank() - 1);
    int[] index = new int[indices.length * row.size()];
    for (int i = 0; i < indices.length; i++) {
      if (indices[i] < 0 || indices[i] >= axis.size()) {
        throw new IllegalArgumentException(
            "index "
                + indices[i]
                + " at position "
                + i
                + " is out of range for ["
                + axis
                + "], expected 0 to "
                + (axis.size() - 1));
      }
      for (int j = 0; j < row.size(); j++) {
        index[i * row.size() + j] = indices[i] * row.size() + j;
      }
    }
    return gather(index, Shape.of(indices.length).append(row));
  }

  /**
   * Elements of a vector, or rows of a matrix, next to each other.
   *
   * @param from the first
   * @param to the one after the last
   * @return elements {@code from} to {@code to - 1}
   * @throws IllegalArgumentException if they are not all there, or there are none
   */
  public Expression slice(int from, int to) {
    if (to <= from) {
      throw new IllegalArgumentException(
          "the slice from " + from + " to " + to + " is empty, expected from < to");
    }
    return get(IntStream.range(from, to).toArray());
  }

  /**
   * One column of a matrix: the index is that of the last axis.
   *
   * @param index from 0
   * @return the column, with one axis less
   * @throws IllegalArgumentException if there is no such column
   */
  public Expression column(int index) {
    return columns(index, index + 1).relabelled(shape.outer(1));
  }

  /**
   * Columns of a matrix next to each other.
   *
   * @param from the first
   * @param to the one after the last
   * @return columns {@code from} to {@code to - 1}, along an axis without a name
   * @throws IllegalArgumentException if they are not all there, or there are none
   */
  public Expression columns(int from, int to) {
    Shape rows = requireRank("columns", 1).shape.outer(1);
    int length = shape.size() / rows.size();
    if (from < 0 || to > length || from >= to) {
      throw new IllegalArgumentException(
          "columns "
              + from
              + " to "
              + to
              + " of "
              + shape
              + ", expected 0 <= from < to <= "
              + length);
    }
    int width = to - from;
    int[] index =
        IntStream.range(0, rows.size() * width)
            .map(i -> i / width * length + from + i % width)
            .toArray();
    return gather(index, rows.append(Shape.of(width)));
  }

  /**
   * Elements by their place in the order of all, the last axis running fastest.
   *
   * @param index for each element of the result an element of this
   * @param result the shape of the result
   * @return the picked elements
   * @throws IllegalArgumentException if the number of indices is not the size of the result
   */
  public Expression gather(int[] index, Shape result) {
    if (index.length != result.size()) {
      throw new IllegalArgumentException(
          index.length + " indices for the shape " + result + ", expected " + result.size());
    }
    if (operation instanceof Gather inner) {
      // One step for two.
      int[] composed = Arrays.stream(index).map(i -> inner.index()[i]).toArray();
      return make(new Gather(inner.sourceSize(), composed), result, operands);
    }
    return make(new Gather(shape.size(), index.clone()), result, this);
  }

  /**
   * The same elements, repeated where a larger shape needs it.
   *
   * @param target the larger shape
   * @return elements in that shape
   * @throws IllegalArgumentException if this shape's axes are not all found in it
   */
  public Expression to(Shape target) {
    if (shape.equals(target)) {
      return this;
    }
    int[] index =
        target
            .elementsOf(shape)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "a value of shape " + shape + " does not fit into " + target + REMEDY));
    return shape.size() == target.size() && isIdentity(index)
        ? relabelled(target)
        : gather(index, target);
  }

  /**
   * The same elements in another shape of the same size.
   *
   * @param target the other shape
   * @return elements in that shape, in their order
   * @throws IllegalArgumentException if the sizes differ
   */
  public Expression reshape(Shape target) {
    if (target.size() != shape.size()) {
      throw new IllegalArgumentException(
          "shape " + shape + " does not have the size of " + target + ", " + target.size());
    }
    return relabelled(target);
  }

  @Override
  public String toString() {
    return constant != null && constant.length == 1
        ? Double.toString(constant[0])
        : (constant != null ? "constant " : "value ") + shape;
  }

  boolean isVariable() {
    return constant == null && operation == null;
  }

  @Nullable Operation operation() {
    return operation;
  }

  Expression[] operands() {
    return operands;
  }

  double @Nullable [] constant() {
    return constant;
  }

  Expression requireRank(String method, int rank) {
    if (shape.rank() < rank) {
      throw new IllegalArgumentException(
          method + " of a value of shape " + shape + ", expected at least " + rank + " axes");
    }
    return this;
  }

  private static final String REMEDY =
      "; index it by group with get(int[]), or give data of a plate by the plate's data(...)";

  private Expression relabelled(Shape other) {
    if (shape.equals(other)) {
      return this;
    }
    return isVariable()
        ? make(new Affine(shape.size(), 1, 0), other, this)
        : new Expression(other, operation, operands, constant);
  }

  private Expression apply(UnaryFunction function) {
    if (operation instanceof Unary inner && function == UnaryFunctions.LOG) {
      if (inner.function() == UnaryFunctions.EXP) {
        return operands[0].relabelled(shape);
      }
      if (inner.function() == UnaryFunctions.SIGMOID) {
        return operands[0].relabelled(shape).logSigmoid();
      }
    }
    if (repeats()) {
      // A function of what is repeated is computed before it is repeated.
      return operands[0].apply(function).gathered(this);
    }
    return make(new Unary(shape.size(), function), shape, this);
  }

  private Expression affine(double factor, double term) {
    if (factor == 1 && term == 0) {
      return this;
    }
    if (operation instanceof Affine inner) {
      // One step for two.
      return operands[0]
          .relabelled(shape)
          .affine(factor * inner.factor(), factor * inner.term() + term);
    }
    return repeats()
        ? operands[0].affine(factor, term).gathered(this)
        : make(new Affine(shape.size(), factor, term), shape, this);
  }

  private Expression arithmetic(Binary.Kind kind, Number number) {
    Expression other = of(number);
    if (other.isScalarConstant() && constant == null) {
      return withNumber(kind, other);
    }
    if (isScalarConstant() && other.constant == null) {
      double left = doubleValue();
      switch (kind) {
        case PLUS, TIMES -> {
          return other.withNumber(kind, this);
        }
        case MINUS -> {
          return other.affine(-1, left);
        }
        case DIVIDE -> {
          return other.apply(UnaryFunctions.RECIPROCAL).affine(left, 0);
        }
        default -> {
          // As any two operands.
        }
      }
    }
    Shape met = met(kind.name().toLowerCase(java.util.Locale.ROOT), shape, other.shape);
    if (repeats() && other.shape.size() == 1 && met.equals(shape)) {
      return operands[0].arithmetic(kind, other).gathered(this);
    }
    if (other.repeats() && shape.size() == 1 && met.equals(other.shape)) {
      return arithmetic(kind, other.operands[0]).gathered(other);
    }
    return make(new Binary(met.size(), kind), met, to(met), other.to(met));
  }

  private Expression withNumber(Binary.Kind kind, Expression scalar) {
    double number = scalar.doubleValue();
    return switch (kind) {
      case PLUS -> affine(1, number);
      case MINUS -> affine(1, -number);
      case TIMES -> affine(number, 0);
      case DIVIDE -> affine(1 / number, 0);
      case POWER ->
          number == 2 ? square() : number == 1 ? this : apply(UnaryFunctions.power(number));
      default -> make(new Binary(shape.size(), kind), shape, this, scalar.to(shape));
    };
  }

  private boolean isScalarConstant() {
    return constant != null && constant.length == 1 && shape.rank() == 0;
  }

  /** Whether elements of a smaller value are repeated here. */
  private boolean repeats() {
    return operation instanceof Gather && operands[0].shape.size() < shape.size();
  }

  /** This value picked as another one is from a value of this size. */
  private Expression gathered(Expression like) {
    return gather(((Gather) like.operation).index(), like.shape);
  }

  private static boolean isIdentity(int[] index) {
    return IntStream.range(0, index.length).allMatch(i -> index[i] == i);
  }

  private static Expression[] expressions(Number... numbers) {
    return Arrays.stream(numbers).map(Expression::of).toArray(Expression[]::new);
  }

  private static Expression[] meet(String what, Expression... operands) {
    Shape met = Shape.SCALAR;
    for (Expression operand : operands) {
      met = met(what, met, operand.shape);
    }
    Shape shape = met;
    return Arrays.stream(operands).map(each -> each.to(shape)).toArray(Expression[]::new);
  }

  private static Shape met(String what, Shape a, Shape b) {
    return a.meet(b)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    what + ": the shapes " + a + " and " + b + " do not meet" + REMEDY));
  }

  /** What depends on constants alone is computed at once. */
  private static Expression make(Operation operation, Shape shape, Expression... operands) {
    double[][] in = new double[operands.length][];
    for (int k = 0; k < in.length; k++) {
      double[] known = operands[k].constant;
      if (known == null) {
        return new Expression(shape, operation, operands, null);
      }
      in[k] = known;
    }
    double[] out = new double[shape.size()];
    operation.forward(1, in, out, operation.memory(1, new boolean[in.length]), false);
    return new Expression(shape, null, NO_OPERANDS, out);
  }
}
