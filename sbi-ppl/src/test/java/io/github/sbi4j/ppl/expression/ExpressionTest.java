package io.github.sbi4j.ppl.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ExpressionTest {
  /** Functions of a vector of three numbers between 0 and 1, and their value at (0.2, 0.5, 0.7). */
  private static final Map<String, Function<Expression, Expression>> FUNCTIONS =
      new LinkedHashMap<>();

  static {
    FUNCTIONS.put("exp", Expression::exp);
    FUNCTIONS.put("expm1", Expression::expm1);
    FUNCTIONS.put("log", Expression::log);
    FUNCTIONS.put("log1p", Expression::log1p);
    FUNCTIONS.put("log1m", Expression::log1m);
    FUNCTIONS.put("log1mExp", x -> x.unaryMinus().log1mExp());
    FUNCTIONS.put("sqrt", Expression::sqrt);
    FUNCTIONS.put("square", Expression::square);
    FUNCTIONS.put("abs", x -> x.minus(0.4).abs());
    FUNCTIONS.put("sin", Expression::sin);
    FUNCTIONS.put("cos", Expression::cos);
    FUNCTIONS.put("tanh", Expression::tanh);
    FUNCTIONS.put("atan", Expression::atan);
    FUNCTIONS.put("sigmoid", Expression::sigmoid);
    FUNCTIONS.put("logSigmoid", Expression::logSigmoid);
    FUNCTIONS.put("log of sigmoid", x -> x.sigmoid().log());
    FUNCTIONS.put("log1m of sigmoid", x -> x.sigmoid().log1m());
    FUNCTIONS.put("log of exp", x -> x.exp().log());
    FUNCTIONS.put("logGamma", Expression::logGamma);
    FUNCTIONS.put("logNormalCdf", x -> x.minus(0.4).times(40).logNormalCdf());
    FUNCTIONS.put("unaryMinus", Expression::unaryMinus);
    FUNCTIONS.put("numbers", x -> x.plus(3).times(2).minus(1).div(4));
    FUNCTIONS.put("number first", x -> Expression.of(1).minus(x).plus(Expression.of(2).div(x)));
    FUNCTIONS.put("pow of numbers", x -> x.pow(2).plus(x.pow(-1.5)).plus(x.pow(1)));
    FUNCTIONS.put("plus", x -> x.plus(x.get(1)));
    FUNCTIONS.put("minus", x -> x.get(1).minus(x));
    FUNCTIONS.put("times", x -> x.times(x));
    FUNCTIONS.put("div", x -> x.div(x.square().plus(1)));
    FUNCTIONS.put("pow", x -> x.pow(x.plus(1)));
    FUNCTIONS.put("max", x -> x.max(x.get(1)).max(0.6));
    FUNCTIONS.put("min", x -> x.min(x.get(1).times(0.9)).min(0.4));
    FUNCTIONS.put("where", x -> Expression.where(x.minus(0.4), x.square(), x.exp()));
    FUNCTIONS.put("sum", Expression::sum);
    FUNCTIONS.put("mean", Expression::mean);
    FUNCTIONS.put("get", x -> x.get(new int[] {2, 0, 2, 1, 2}).square());
    FUNCTIONS.put("function of a repeated value", x -> x.get(new int[] {2, 0, 2, 1}).exp().log1p());
    FUNCTIONS.put("scalar and repeated value", x -> x.get(new int[] {2, 0, 2, 1}).div(x.get(1)));
    FUNCTIONS.put("slice", x -> x.slice(1, 3).log());
    FUNCTIONS.put("stack", x -> Expression.stack(x, x.exp(), 2).square());
    FUNCTIONS.put("sumLast", x -> Expression.stack(x, x.exp()).sumLast().square());
    FUNCTIONS.put("column", x -> Expression.stack(x, x.exp(), x.log()).column(1).square());
    FUNCTIONS.put("columns", x -> Expression.stack(x, x.exp(), x.log()).columns(1, 3).square());
    FUNCTIONS.put("logSumExp", x -> Expression.stack(x, x.exp()).logSumExp());
    FUNCTIONS.put("logSoftmax", x -> Expression.stack(x, x.exp()).logSoftmax().square());
    FUNCTIONS.put("dot", x -> x.dot(x.exp()));
    FUNCTIONS.put("matrix times vector", x -> outer(x).matmul(x.square()).square());
    FUNCTIONS.put("matrix times matrix", x -> outer(x).matmul(outer(x.exp())).square());
    FUNCTIONS.put("transpose", x -> outer(x).transpose().matmul(x));
    FUNCTIONS.put("cholesky", x -> outer(x).plus(identity()).cholesky().square());
    FUNCTIONS.put("reshape", x -> x.reshape(Shape.of(3, 1)).square());
    FUNCTIONS.put(
        "total", x -> Expression.total(List.of(x.square(), x.get(0).exp(), Expression.of(3))));
  }

  private static Expression outer(Expression x) {
    return Expression.stack(x, x.square(), x.exp());
  }

  private static Expression identity() {
    return Expression.matrix(new double[][] {{4, 0, 0}, {1, 5, 0}, {2, 1, 9}});
  }

  @TestFactory
  Stream<DynamicTest> gradientsMatchDifferences() {
    return FUNCTIONS.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () -> {
                      Expression x = Expression.variable(Shape.of(3));
                      Expression y = entry.getValue().apply(x);
                      // Different weights, so that no two elements can be confused.
                      double[] weights = new double[y.shape().size()];
                      for (int i = 0; i < weights.length; i++) {
                        weights[i] = 1 + 0.3 * i;
                      }
                      Expression output = y.times(Expression.constant(y.shape(), weights)).sum();
                      Gradients.assertMatchDifferences(
                          entry.getKey(), List.of(x), output, 0.2, 0.5, 0.7);
                    }));
  }

  @TestFactory
  Stream<DynamicTest> constantsAreComputedAtOnceAndAlike() {
    return FUNCTIONS.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () -> {
                      double[] point = {0.2, 0.5, 0.7};
                      Expression x = Expression.variable(Shape.of(3));
                      Expression y = entry.getValue().apply(x).sum();
                      Expression known = entry.getValue().apply(Expression.vector(point)).sum();
                      assertThat(known.isConstant()).isTrue();
                      assertThat(known.doubleValue())
                          .isCloseTo(Gradients.value(List.of(x), y, point), within(1e-12));
                    }));
  }

  @Test
  void valuesAreThoseOfMath() {
    Expression x = Expression.of(0.3);
    assertThat(x.exp().doubleValue()).isEqualTo(Math.exp(0.3));
    assertThat(x.sigmoid().doubleValue()).isCloseTo(1 / (1 + Math.exp(-0.3)), within(1e-15));
    assertThat(x.logGamma().doubleValue()).isCloseTo(1.0957979948180756, within(1e-13));
    assertThat(x.logNormalCdf().exp().doubleValue()).isCloseTo(0.6179114221889526, within(1e-13));
    assertThat(Expression.of(-20).logNormalCdf().doubleValue())
        .isCloseTo(-203.917155, within(1e-5));
    assertThat(x.unaryMinus().log1mExp().doubleValue())
        .isCloseTo(Math.log(1 - Math.exp(-0.3)), within(1e-14));
    Expression product =
        Expression.matrix(new double[][] {{1, 2}, {3, 4}}).matmul(Expression.vector(5, 6));
    assertThat(product.values()).containsExactly(17, 39);
    assertThat(Expression.matrix(new double[][] {{4, 9}, {2, 10}}).cholesky().values())
        .containsExactly(2, 0, 1, 3);
    assertThat(Expression.matrix(new double[][] {{1, 2, 3}, {4, 5, 6}}).transpose().values())
        .containsExactly(1, 4, 2, 5, 3, 6);
  }

  @Test
  void groupValuesMeetObservationsByName() {
    Shape groups = Shape.of(List.of(new Axis("group", 2)));
    Shape both = groups.append(Shape.of(List.of(new Axis("member", 2))));
    Expression group = Expression.constant(groups, 10, 20);
    Expression member = Expression.constant(both, 1, 2, 3, 4);
    assertThat(group.plus(member).values()).containsExactly(11, 12, 23, 24);
    assertThat(member.plus(group).shape()).isEqualTo(both);
    Expression unnamed = Expression.vector(10, 20);
    assertThat(member.plus(unnamed).values()).containsExactly(11, 22, 13, 24);
    assertThat(Expression.vector(1, 2).plus(group).shape()).isEqualTo(groups);
  }

  @Test
  void aGroupMeetsAnAxisBeforeAnEventOfTheSameSize() {
    Shape groups = Shape.of(List.of(new Axis("group", 2)));
    Expression group = Expression.constant(groups, 10, 20);
    Expression events = Expression.constant(groups.append(Shape.of(2)), 1, 2, 3, 4);
    assertThat(events.plus(group).values()).containsExactly(11, 12, 23, 24);
  }

  @Test
  void longChainsNeedNoStack() {
    Expression x = Expression.variable(Shape.SCALAR);
    Expression y = x;
    for (int i = 0; i < 20_000; i++) {
      y = y.times(0.999).sin();
    }
    Expression output = y;
    assertThat(Gradients.value(List.of(x), output, 1)).isBetween(0.0, 0.1);
  }

  @Test
  void elementwiseFunctionsSeeAllChainsInOneCall() {
    int[] calls = new int[1];
    Expression x = Expression.variable(Shape.of(2));
    Expression y =
        Expression.elementwise(
            (rows, in, values, derivatives) -> {
              calls[0]++;
              for (int i = 0; i < rows; i++) {
                values[i] = in[0][i] * in[0][i] * in[1][i];
              }
              assertThat(derivatives[1]).as("the second is constant").isEmpty();
              for (int i = 0; i < derivatives[0].length && i < rows; i++) {
                derivatives[0][i] = 2 * in[0][i] * in[1][i];
              }
            },
            x,
            5);
    Evaluation evaluation = new Evaluation(Program.of(List.of(x), List.of(y.sum())), 2);
    evaluation.setInputs(2, new double[] {1, 2, 3, 4});
    assertThat(evaluation.forward(0, true)).containsExactly(25, 125);
    double[] gradients = new double[4];
    evaluation.backward(0, gradients);
    assertThat(gradients).containsExactly(10, 20, 30, 40);
    assertThat(calls[0]).isEqualTo(1);
  }

  @Test
  void refusesToGiveTheNumberOfALatentValue() {
    Expression x = Expression.variable(Shape.of(3));
    assertThatThrownBy(() -> x.sum().doubleValue())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("depends on a latent value")
        .hasMessageContaining("Expression.where");
    assertThatThrownBy(() -> Expression.vector(1, 2).doubleValue())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the shape is [2], expected one number");
  }

  @Test
  void refusesShapesThatDoNotMeet() {
    Expression three = Expression.variable(Shape.of(3));
    Shape groups = Shape.of(List.of(new Axis("group", 5)));
    Shape members = Shape.of(List.of(new Axis("member", 5)));
    assertThatThrownBy(() -> three.plus(Expression.vector(1, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("plus: the shapes [3] and [2] do not meet; index it by group");
    assertThatThrownBy(() -> Expression.variable(groups).times(Expression.variable(members)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("times: the shapes [group=5] and [member=5] do not meet");
    assertThatThrownBy(() -> three.to(Shape.SCALAR))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("shape [3] does not fit into []");
  }

  @Test
  void refusesIndicesOutOfRange() {
    Expression x = Expression.variable(Shape.of(List.of(new Axis("group", 5))));
    assertThatThrownBy(() -> x.get(new int[] {0, 5}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("index 5 at position 1 is out of range for [group=5], expected 0 to 4");
    assertThatThrownBy(() -> x.sum().get(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("get of a value of shape [], expected at least 1 axes");
    assertThatThrownBy(() -> x.slice(2, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the slice from 2 to 2 is empty, expected from < to");
    assertThatThrownBy(() -> Expression.stack(x, x).column(2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("columns 2 to 3 of [group=5, 2], expected 0 <= from < to <= 2");
  }

  @Test
  void refusesOtherMisfits() {
    Expression square = Expression.variable(Shape.of(2, 3));
    assertThatThrownBy(square::cholesky)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cholesky of a matrix [2, 3], expected a square");
    assertThatThrownBy(() -> square.matmul(Expression.vector(1, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("matmul: a matrix [2, 3] times [2], expected [3] or [3, M]");
    assertThatThrownBy(() -> square.reshape(Shape.of(5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("shape [2, 3] does not have the size of [5], 5");
    assertThatThrownBy(() -> square.gather(new int[2], Shape.of(3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2 indices for the shape [3], expected 3");
    assertThatThrownBy(() -> Expression.constant(Shape.of(3), 1, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2 numbers for the shape [3], expected 3");
    assertThatThrownBy(() -> Expression.matrix(new double[][] {{1, 2}, {3}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a row has 1 numbers, expected 2 as in row 0");
    assertThatThrownBy(() -> Shape.of(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the size of an axis is 0, expected >= 1");
    assertThatThrownBy(() -> Program.of(List.of(), List.of(square.sum())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a value of shape [2, 3] belongs to another model");
  }
}
