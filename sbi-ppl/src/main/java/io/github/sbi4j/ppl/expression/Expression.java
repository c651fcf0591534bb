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
public final class Expression extends Elementary {
  private static final Expression[] NO_OPERANDS = {};

  private final transient Shape shape;
  private final transient @Nullable Operation operation;
  private final transient Expression[] operands;
  private final double @Nullable [] constant;

  Expression(
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
    Expression[] met = Algebra.meet("stack", elements);
    Shape each = met[0].shape;
    return Algebra.make(new Stack(each.size(), met.length), each.append(Shape.of(met.length)), met);
  }

  /**
   * The sum of all elements of several expressions.
   *
   * @param terms the expressions, of any shapes
   * @return a scalar
   */
  public static Expression total(List<Expression> terms) {
    Expression[] operands = terms.toArray(NO_OPERANDS);
    return Algebra.make(
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
    Expression[] met = Algebra.meet("a function", arguments);
    return Algebra.make(new Elementwise(met[0].shape.size(), function), met[0].shape, met);
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
    return Algebra.blockwise(function, value, ranks, arguments);
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
    return elementwise(new Choice(), condition, positive, other);
  }

  @Override
  Expression self() {
    return this;
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

  /**
   * The sum.
   *
   * @param other a number or expression
   * @return this + other
   */
  public Expression plus(Number other) {
    return Algebra.arithmetic(Binary.Kind.PLUS, this, of(other));
  }

  /**
   * The difference.
   *
   * @param other a number or expression
   * @return this - other
   */
  public Expression minus(Number other) {
    return Algebra.arithmetic(Binary.Kind.MINUS, this, of(other));
  }

  /**
   * The product, element by element.
   *
   * @param other a number or expression
   * @return this x other
   */
  public Expression times(Number other) {
    return Algebra.arithmetic(Binary.Kind.TIMES, this, of(other));
  }

  /**
   * The quotient, element by element.
   *
   * @param other a number or expression
   * @return this / other
   */
  public Expression div(Number other) {
    return Algebra.arithmetic(Binary.Kind.DIVIDE, this, of(other));
  }

  /**
   * The power, element by element.
   *
   * @param exponent a number or expression
   * @return this to the power of the exponent
   */
  public Expression pow(Number exponent) {
    return Algebra.arithmetic(Binary.Kind.POWER, this, of(exponent));
  }

  /** {@return the sum of all elements, a scalar} */
  public Expression sum() {
    return shape.rank() == 0 ? this : Algebra.make(new Sum(1, shape.size()), Shape.SCALAR, this);
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
    return Algebra.make(new Sum(sums.size(), shape.size() / sums.size()), sums, this);
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
    requireRank("logSoftmax", 1);
    return minus(Indexing.alongLast(logSumExp(), shape));
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
    return Indexing.transposed(this);
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
    return Indexing.rows(this, indices);
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
    return Indexing.columns(this, from, to);
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
    return Algebra.gather(this, index, result);
  }

  /**
   * The same elements, repeated where a larger shape needs it.
   *
   * @param target the larger shape
   * @return elements in that shape
   * @throws IllegalArgumentException if this shape's axes are not all found in it
   */
  public Expression to(Shape target) {
    return Algebra.to(this, target);
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

  /** The same elements under other axes. */
  Expression relabelled(Shape other) {
    if (shape.equals(other)) {
      return this;
    }
    return isVariable()
        ? Algebra.make(new Affine(shape.size(), 1, 0), other, this)
        : new Expression(other, operation, operands, constant);
  }
}
