package io.github.sbi4j.ppl.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.ppl.expression.Expression;
import io.github.sbi4j.ppl.expression.Gradients;
import io.github.sbi4j.ppl.expression.Shape;
import io.github.sbi4j.ppl.model.Model;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WienerFirstPassageTest {
  /** Short and long times, on either side of where the series changes. */
  @ParameterizedTest
  @CsvSource({
    "0.35, 0.7, 1.2, 0.5, 0.3, 1",
    "0.35, -1.5, 2.0, 0.3, 0.3, 0",
    "0.9, 1.5, 1.0, 0.6, 0.3, 0",
    "0.59, 0.3, 1.0, 0.6, 0.3, 1",
    "0.61, 0.3, 1.0, 0.6, 0.3, 1",
    "0.59, 0.3, 1.0, 0.03, 0.3, 0",
    "0.7, 0.3, 1.0, 0.97, 0.3, 1",
    "3.0, 0.0, 1.0, 0.2, 0.25, 1",
    "5.0, -0.8, 0.6, 0.7, 0.1, 1"
  })
  void gradientMatchesDifferences(
      double time, double drift, double separation, double start, double delay, double end) {
    List<Expression> inputs =
        IntStream.range(0, 4).mapToObj(k -> Expression.variable(Shape.SCALAR)).toList();
    Expression log =
        WienerFirstPassage.of(inputs.get(0), inputs.get(1), inputs.get(2), inputs.get(3))
            .logProb(Expression.vector(time, end));
    Gradients.assertMatchDifferences("log-density", inputs, log, drift, separation, start, delay);
  }

  @Test
  void densitiesAreThoseOfTheProcess() {
    var exact = io.github.sbi4j.core.distribution.WienerFirstPassage.of(1, 1.5, 0.4, 0.2);
    Expression logs =
        WienerFirstPassage.of(1, 1.5, 0.4, 0.2)
            .logProb(Expression.matrix(new double[][] {{0.7, 1}, {0.9, 0}, {0.1, 1}}));
    assertThat(logs.values())
        .containsExactly(
            exact.logDensity(0.7, true), exact.logDensity(0.9, false), Double.NEGATIVE_INFINITY);
  }

  @Test
  void drawsAreThoseOfTheProcess() {
    int trials = 4_000;
    Model model =
        Model.of(
            m -> {
              Expression delay = m.sample("delay", Uniform.of(0.2, 0.3));
              m.plate("trial", trials)
                  .observe("rt", WienerFirstPassage.of(1, 1.5, 0.4, delay), data(trials));
            });
    double[] drawn = model.priorPredictive(1, 1).get("rt")[0];
    double upper =
        IntStream.range(0, trials).mapToDouble(i -> drawn[2 * i + 1]).average().orElseThrow();
    double expected =
        io.github.sbi4j.core.distribution.WienerFirstPassage.of(1, 1.5, 0.4, 0.2)
            .upperProbability();
    // Four standard errors.
    assertThat(upper).isCloseTo(expected, within(4 * 0.5 / Math.sqrt(trials)));
  }

  private static double[] data(int trials) {
    double[] data = new double[2 * trials];
    Arrays.fill(data, 1);
    return data;
  }

  @Test
  void refusesOtherEndsAndToBeAPrior() {
    assertThatThrownBy(
            () -> Model.of(m -> m.observe("rt", WienerFirstPassage.of(0, 1, 0.5, 0.1), 0.5, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a positive time and an end, 0 or 1");
    assertThatThrownBy(() -> Model.of(m -> m.sample("x", WienerFirstPassage.of(0, 1, 0.5, 0.1))))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("give the distribution to observe");
  }
}
