package io.github.sbi4j.ppl.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;

/** Gradients of scalar expressions against central differences. */
public final class Gradients {
  private static final double STEP = 1e-5;

  private Gradients() {}

  /** The value at a point of all inputs. */
  public static double value(List<Expression> inputs, Expression output, double... point) {
    Evaluation evaluation = new Evaluation(Program.of(inputs, List.of(output)), 1);
    evaluation.setInputs(1, point);
    return evaluation.forward(0, false)[0];
  }

  /** Fails where a derivative differs by more than 1e-6, relative to its size or one. */
  public static void assertMatchDifferences(
      String name, List<Expression> inputs, Expression output, double... point) {
    Program program = Program.of(inputs, List.of(output));
    Evaluation evaluation = new Evaluation(program, 3);
    int dimension = point.length;
    // Three chains, of which the middle one counts: the others would show if chains mixed.
    double[] rows = new double[3 * dimension];
    for (int c = 0; c < 3; c++) {
      for (int i = 0; i < dimension; i++) {
        rows[c * dimension + i] = point[i] * (1 + 0.01 * (c - 1));
      }
    }
    double[] gradients = new double[3 * dimension];
    evaluation.setInputs(3, rows);
    double[] values = Arrays.copyOf(evaluation.forward(0, true), 3);
    evaluation.backward(0, gradients);
    assertThat(values[1])
        .as("%s, one chain of three", name)
        .isEqualTo(value(inputs, output, point));
    for (int i = 0; i < dimension; i++) {
      double step = STEP * Math.max(1, Math.abs(point[i]));
      double[] up = point.clone();
      double[] down = point.clone();
      up[i] += step;
      down[i] -= step;
      double difference = (value(inputs, output, up) - value(inputs, output, down)) / (2 * step);
      assertThat(gradients[dimension + i])
          .as("%s by input %d at %s", name, i, Arrays.toString(point))
          .isCloseTo(difference, within(1e-6 * Math.max(1, Math.abs(difference))));
    }
  }
}
