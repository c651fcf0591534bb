package io.github.sbi4j.ppl.ode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.mcmc.DifferentiableLogDensity;
import io.github.sbi4j.ppl.distribution.Normal;
import io.github.sbi4j.ppl.expression.Evaluation;
import io.github.sbi4j.ppl.expression.Expression;
import io.github.sbi4j.ppl.expression.Gradients;
import io.github.sbi4j.ppl.expression.Program;
import io.github.sbi4j.ppl.expression.Shape;
import io.github.sbi4j.ppl.model.Model;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OdeTest {
  private static final DormandPrince PRECISE =
      DormandPrince.defaults().withTolerances(1e-11, 1e-11);

  /** y' = r y (1 - y / K). */
  private static final Ode LOGISTIC =
      Ode.of((t, y, p) -> y.times(p.get(0)).times(Expression.of(1).minus(y.div(p.get(1)))));

  /** Prey and predators, where prey grows by the season. */
  private static final Ode PREDATION =
      Ode.of(
          (t, y, p) -> {
            Expression prey = y.get(0);
            Expression predators = y.get(1);
            Expression growth = p.get(0).times(t.sin().times(0.3).plus(1));
            return Expression.stack(
                prey.times(growth.minus(p.get(1).times(predators))),
                predators.times(p.get(3).times(prey).minus(p.get(2))));
          });

  private static Stream<OdeMethod> methods() {
    return Stream.of(RungeKutta.withStep(0.3), PRECISE, DormandPrince.defaults());
  }

  private static double[] solution(
      Ode ode, double[] initial, double[] parameters, double... times) {
    return ode.solve(Expression.vector(initial), Expression.vector(parameters), 0, times).values();
  }

  private static double logistic(double y, double r, double capacity, double t) {
    return capacity / (1 + (capacity / y - 1) * Math.exp(-r * t));
  }

  @Test
  void closedFormOfTheLogisticEquation() {
    double[] times = {0, 0.5, 3, 3.01, 8};
    double[] values =
        solution(LOGISTIC.with(PRECISE), new double[] {0.2}, new double[] {1.3, 2}, times);
    for (int i = 0; i < times.length; i++) {
      assertThat(values[i]).isCloseTo(logistic(0.2, 1.3, 2, times[i]), within(1e-10));
    }
  }

  @Test
  void gradientsOfTheLogisticEquation() {
    Expression y = Expression.variable(Shape.of(1));
    Expression p = Expression.variable(Shape.of(2));
    Expression end = LOGISTIC.with(PRECISE).solve(y, p, 1, 4).sum();
    Evaluation evaluation = new Evaluation(Program.of(List.of(y, p), List.of(end)), 1);
    evaluation.setInputs(1, new double[] {0.2, 1.3, 2});
    double value = evaluation.forward(0, true)[0];
    double[] gradient = new double[3];
    evaluation.backward(0, gradient);
    // Of K / (1 + (K / y - 1) e) with e = exp(-3 r).
    double e = Math.exp(-3 * 1.3);
    double q = 1 + (2 / 0.2 - 1) * e;
    assertThat(value).isCloseTo(2 / q, within(1e-10));
    assertThat(gradient[0]).isCloseTo(4 * e / (0.04 * q * q), within(1e-9));
    assertThat(gradient[1]).isCloseTo(3 * 2 * 9 * e / (q * q), within(1e-9));
    assertThat(gradient[2]).isCloseTo(1 / q - 2 * e / (0.2 * q * q), within(1e-9));
  }

  @Test
  void orderFourOfRungeKutta() {
    double[] errors = new double[3];
    for (int k = 0; k < 3; k++) {
      Ode ode = LOGISTIC.with(RungeKutta.withStep(0.2 / (1 << k)));
      double value = solution(ode, new double[] {0.2}, new double[] {1.3, 2}, 2)[0];
      errors[k] = Math.abs(value - logistic(0.2, 1.3, 2, 2));
    }
    assertThat(errors[0] / errors[1]).isBetween(14.0, 18.0);
    assertThat(errors[1] / errors[2]).isBetween(14.0, 18.0);
  }

  @Test
  void tolerancesAreKept() {
    double[] p = {0.55, 0.028, 0.84, 0.026};
    double[] initial = {33, 6};
    double[] exact =
        solution(
            PREDATION.with(DormandPrince.defaults().withTolerances(1e-13, 1e-13)),
            initial,
            p,
            5,
            10,
            20);
    double before = Double.POSITIVE_INFINITY;
    for (double tolerance : new double[] {1e-4, 1e-6, 1e-8, 1e-10}) {
      Ode ode = PREDATION.with(DormandPrince.defaults().withTolerances(tolerance, tolerance));
      double[] values = solution(ode, initial, p, 5, 10, 20);
      double error = 0;
      for (int i = 0; i < values.length; i++) {
        error = Math.max(error, Math.abs(values[i] / exact[i] - 1));
      }
      // Errors of single steps add up, over 20 years to some hundred times the tolerance.
      assertThat(error).isLessThan(500 * tolerance).isLessThan(before / 10);
      before = error;
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void gradientsMatchDifferences(OdeMethod method) {
    Expression y = Expression.variable(Shape.of(2));
    Expression p = Expression.variable(Shape.of(4));
    Expression z = PREDATION.with(method).solve(y, p, 0.5, 0.5, 1, 2.2, 4);
    assertThat(z.shape()).isEqualTo(Shape.of(4, 2));
    double[] weights = {0.3, -0.2, 0.5, 1, -0.7, 0.4, 1.1, 0.6};
    Expression output = z.log().times(Expression.constant(z.shape(), weights)).sum();
    if (method instanceof DormandPrince && method != PRECISE) {
      // Steps change with parameters, which is of the order of the tolerance.
      assertThat(gradient(List.of(y, p), output, 3, 2, 0.6, 0.3, 0.8, 0.2))
          .usingComparatorWithPrecision(1e-4)
          .containsExactly(preciseGradient(weights));
    } else {
      Gradients.assertMatchDifferences(
          method.toString(), List.of(y, p), output, 3, 2, 0.6, 0.3, 0.8, 0.2);
    }
  }

  private static double[] preciseGradient(double[] weights) {
    Expression y = Expression.variable(Shape.of(2));
    Expression p = Expression.variable(Shape.of(4));
    Expression z = PREDATION.with(PRECISE).solve(y, p, 0.5, 0.5, 1, 2.2, 4);
    Expression output = z.log().times(Expression.constant(z.shape(), weights)).sum();
    return gradient(List.of(y, p), output, 3, 2, 0.6, 0.3, 0.8, 0.2);
  }

  private static double[] gradient(List<Expression> inputs, Expression output, double... point) {
    Evaluation evaluation = new Evaluation(Program.of(inputs, List.of(output)), 1);
    evaluation.setInputs(1, point);
    evaluation.forward(0, true);
    double[] gradient = new double[point.length];
    evaluation.backward(0, gradient);
    return gradient;
  }

  @Test
  void oneTrajectoryForEachMemberOfAPlate() {
    Expression capacity = Expression.variable(Shape.of(3));
    Expression parameters = Expression.stack(Expression.of(1.3), capacity);
    Expression z = LOGISTIC.solve(Expression.vector(0.2), parameters, 0, 1, 2);
    assertThat(z.shape()).isEqualTo(Shape.of(3, 2, 1));
    Gradients.assertMatchDifferences(
        "plates",
        List.of(capacity),
        LOGISTIC.with(PRECISE).solve(Expression.vector(0.2), parameters, 0, 1, 2).square().sum(),
        1,
        2,
        4);
    Expression second = z.get(1).sum();
    double[] alone = solution(LOGISTIC, new double[] {0.2}, new double[] {1.3, 2}, 1, 2);
    assertThat(Gradients.value(List.of(capacity), second, 1, 2, 4)).isEqualTo(alone[0] + alone[1]);
  }

  /** y' = p y^2 has no solution from 1 / (p y(0)) on. */
  @ParameterizedTest
  @MethodSource("methods")
  void noSolutionIsNoDensity(OdeMethod method) {
    Ode explosion = Ode.of((t, y, p) -> y.square().times(p)).with(method);
    Model model =
        Model.of(
            m -> {
              Expression p = m.sample("p", Normal.of(0, 1));
              Expression z = explosion.solve(Expression.vector(1), Expression.stack(p), 0, 1, 60);
              m.observe("y", Normal.of(z.get(1).get(0), 1), 0.4);
            });
    DifferentiableLogDensity target = model.target();
    double[] values = new double[3];
    double[] gradients = new double[3];
    target.logDensitiesAndGradients(3, new double[] {-1, 9, -0.5}, values, gradients);
    assertThat(values[1]).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(gradients[1]).isZero();
    double[] alone = new double[1];
    double[] slope = new double[1];
    for (int c = 0; c < 3; c += 2) {
      target.logDensitiesAndGradients(1, new double[] {c == 0 ? -1 : -0.5}, alone, slope);
      assertThat(values[c]).isFinite().isEqualTo(alone[0]);
      assertThat(gradients[c]).isFinite().isEqualTo(slope[0]);
    }
    target.logDensities(1, new double[] {9}, alone);
    assertThat(alone[0]).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void rightHandSideWithoutValueIsNoSolution() {
    Ode root = Ode.of((t, y, p) -> y.sqrt().minus(p));
    assertThat(solution(root, new double[] {-1}, new double[] {1}, 1, 2)).containsOnly(Double.NaN);
    assertThat(solution(root, new double[] {1}, new double[] {0}, 2)[0]).isCloseTo(4, within(1e-5));
  }

  @Test
  void tooManyStepsAreNoSolution() {
    OdeMethod few = DormandPrince.defaults().withMaxSteps(5);
    double[] initial = {33, 6};
    double[] p = {0.55, 0.028, 0.84, 0.026};
    assertThat(solution(PREDATION.with(few), initial, p, 1, 20)).containsOnly(Double.NaN);
    assertThat(solution(PREDATION, initial, p, 1, 20)).doesNotContain(Double.NaN);
  }

  @Test
  void badEquationsAreRefused() {
    Expression y = Expression.vector(1, 2);
    Expression p = Expression.vector(1);
    Ode decay = Ode.of((t, state, rate) -> state.times(rate.get(0)));
    assertRefused(() -> decay.solve(y, p, 0), "no times, expected at least one");
    assertRefused(() -> decay.solve(y, p, 0, 1, 1), "[1.0, 1.0]", "increase; number 1 does not");
    assertRefused(() -> decay.solve(y, p, 2, 1), "after the start 2.0", "number 0 does not");
    assertRefused(() -> decay.solve(y, p, 0, Double.NaN), "expected finite numbers");
    assertRefused(
        () -> decay.solve(Expression.of(1), p, 0, 1),
        "the initial state is a scalar, expected a vector",
        "Expression.stack");
    assertRefused(() -> decay.solve(y, Expression.of(1), 0, 1), "vector of parameters is a scalar");
    assertRefused(
        () -> Ode.of((t, state, rate) -> state.get(0)).solve(y, p, 0, 1),
        "the right-hand side has the shape []",
        "a vector of 2 derivatives");
    Expression latent = Expression.variable(Shape.SCALAR);
    assertRefused(
        () -> Ode.of((t, state, rate) -> state.times(latent)).solve(y, p, 0, 1),
        "uses a latent value of the model around it",
        "hand it over in the parameters");
    assertRefused(
        () -> decay.with(RungeKutta.withStep(1e-9)).solve(y, p, 0, 1),
        "expected at most 1000000; take longer ones, or DormandPrince");
  }

  @Test
  void badMethodsAreRefused() {
    assertRefused(() -> RungeKutta.withStep(0), "the step is 0.0, expected a positive");
    assertRefused(
        () -> DormandPrince.defaults().withTolerances(1e-6, 0),
        "1.0E-6 relative and 0.0 absolute, expected positive");
    assertRefused(() -> DormandPrince.defaults().withMaxSteps(0), "maxSteps is 0");
    assertThat(LOGISTIC.with(RungeKutta.withStep(0.5))).hasToString("Ode[RungeKutta[step=0.5]]");
    assertThat(LOGISTIC)
        .hasToString("Ode[DormandPrince[relative=1.0E-6, absolute=1.0E-6, maxSteps=10000]]");
  }

  private static void assertRefused(Runnable call, String... parts) {
    assertThatThrownBy(call::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(parts);
  }
}
