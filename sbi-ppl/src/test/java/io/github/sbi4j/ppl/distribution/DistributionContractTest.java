package io.github.sbi4j.ppl.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.ppl.expression.Evaluation;
import io.github.sbi4j.ppl.expression.Expression;
import io.github.sbi4j.ppl.expression.Gradients;
import io.github.sbi4j.ppl.expression.Program;
import io.github.sbi4j.ppl.expression.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds for every distribution. Draws are compared with densities by Kolmogorov's statistic at
 * a level of 1e-4 each, some 60 of them: with right draws one seed of 150 would fail.
 */
class DistributionContractTest {
  private static final int DRAWS = 20_000;
  private static final double KOLMOGOROV = Math.sqrt(-0.5 * Math.log(1e-4 / 2));

  @ParameterizedTest
  @MethodSource("io.github.sbi4j.ppl.distribution.DistributionCase#continuous")
  void gradientsByParametersAndUnboundedNumbersMatchDifferences(DistributionCase each) {
    Expression[] parameters = each.variables();
    Distribution distribution = each.make().apply(parameters);
    Shape free = distribution.support().free(distribution.event());
    Expression z = Expression.variable(free);
    Support.Constrained constrained = distribution.support().constrain(z);
    Expression output =
        distribution.logProb(constrained.value()).plus(constrained.logDeterminant().sum());
    List<Expression> inputs = new ArrayList<>(List.of(z));
    inputs.addAll(List.of(parameters));
    RandomGenerator random = RandomStreams.of(3, 0);
    for (int i = 0; i < 3; i++) {
      double[] point = new double[free.size() + each.numbers().length];
      Arrays.setAll(point, k -> random.nextGaussian());
      System.arraycopy(each.numbers(), 0, point, free.size(), each.numbers().length);
      Gradients.assertMatchDifferences(each.name(), inputs, output, point);
    }
  }

  @ParameterizedTest
  @MethodSource("io.github.sbi4j.ppl.distribution.DistributionCase#discrete")
  void gradientsOfProbabilitiesMatchDifferences(DistributionCase each) {
    Expression[] parameters = each.variables();
    Distribution distribution = each.make().apply(parameters);
    for (int k = 0; k < 2; k++) {
      Expression output = distribution.logProb(Expression.of(k));
      Gradients.assertMatchDifferences(each.name(), List.of(parameters), output, each.numbers());
    }
  }

  @ParameterizedTest
  @MethodSource("io.github.sbi4j.ppl.distribution.DistributionCase#discrete")
  void probabilitiesSumToOneAndDrawsFollowThem(DistributionCase each) {
    Distribution distribution = each.known();
    int size = (int) Math.min(((Integers) distribution.support()).greatest(), 400);
    double[] cdf = new double[size + 1];
    double sum = 0;
    for (int k = 0; k <= size; k++) {
      sum += Math.exp(distribution.logProb(Expression.of(k)).doubleValue());
      cdf[k] = sum;
    }
    assertThat(sum).isCloseTo(1, within(1e-9));
    double[] counts = new double[size + 1];
    for (double[] draw : draws(distribution)) {
      assertThat(distribution.support().contains(draw)).isTrue();
      counts[(int) draw[0]]++;
    }
    double below = 0;
    for (int k = 0; k <= size; k++) {
      below += counts[k] / DRAWS;
      assertThat(Math.abs(below - cdf[k]) * Math.sqrt(DRAWS)).isLessThan(KOLMOGOROV);
    }
  }

  /**
   * The density of unbounded numbers on a grid: it sums to one, and the distribution of each
   * coordinate and of the log-density itself is that of the draws.
   */
  @ParameterizedTest
  @MethodSource("io.github.sbi4j.ppl.distribution.DistributionCase#continuous")
  void densitiesIntegrateToOneAndDrawsFollowThem(DistributionCase each) {
    Distribution distribution = each.known();
    Support support = distribution.support();
    Expression z = Expression.variable(support.free(distribution.event()));
    Support.Constrained constrained = support.constrain(z);
    Expression logDensity =
        distribution.logProb(constrained.value()).plus(constrained.logDeterminant().sum());
    Grid grid = Grid.of(z.shape().size());
    double[] logs = evaluate(z, logDensity, grid.points());
    double[] masses = grid.masses(logs);
    assertThat(Arrays.stream(masses).sum()).isCloseTo(1, within(2e-5));

    double[] bounds = support.bounds().stream().mapToDouble(Expression::doubleValue).toArray();
    double[][] free =
        Arrays.stream(draws(distribution))
            .peek(draw -> assertThat(support.contains(draw)).isTrue())
            .map(draw -> support.unconstrain(draw, bounds))
            .toArray(double[][]::new);
    for (int d = 0; d < z.shape().size(); d++) {
      int coordinate = d;
      double[] marginal = Arrays.stream(free).mapToDouble(row -> row[coordinate]).toArray();
      assertThat(Grid.distance(grid.coordinate(d), masses, marginal) * Math.sqrt(DRAWS))
          .as("coordinate %d", d)
          .isLessThan(KOLMOGOROV + grid.coarseness() * Math.sqrt(DRAWS));
    }
    if (z.shape().size() > 1) {
      double[] heights =
          evaluate(z, logDensity, Arrays.stream(free).flatMapToDouble(Arrays::stream).toArray());
      assertThat(Grid.distance(logs, masses, heights) * Math.sqrt(DRAWS))
          .as("log-density")
          .isLessThan(KOLMOGOROV + grid.coarseness() * Math.sqrt(DRAWS));
    }
  }

  @ParameterizedTest
  @MethodSource("io.github.sbi4j.ppl.distribution.DistributionCase#continuous")
  void supportsMapThereAndBackWithTheRightDeterminant(DistributionCase each) {
    Distribution distribution = each.known();
    Support support = distribution.support();
    double[] bounds = support.bounds().stream().mapToDouble(Expression::doubleValue).toArray();
    Shape free = support.free(distribution.event());
    Expression z = Expression.variable(free);
    Support.Constrained constrained = support.constrain(z);
    int n = free.size();
    RandomGenerator random = RandomStreams.of(5, 0);
    for (int i = 0; i < 5; i++) {
      double[] point = new double[n];
      Arrays.setAll(point, k -> 1.5 * random.nextGaussian());
      double[] value = evaluate(z, constrained.value(), point);
      assertThat(support.contains(value)).isTrue();
      double[] back = support.unconstrain(value, bounds);
      double[][] jacobian = new double[n][];
      double step = 1e-5;
      for (int d = 0; d < n; d++) {
        assertThat(back[d]).isCloseTo(point[d], within(1e-8));
        double[] up = point.clone();
        double[] down = point.clone();
        up[d] += step;
        down[d] -= step;
        double[] high = determining(support, evaluate(z, constrained.value(), up));
        double[] low = determining(support, evaluate(z, constrained.value(), down));
        jacobian[d] = new double[n];
        for (int k = 0; k < n; k++) {
          jacobian[d][k] = (high[k] - low[k]) / (2 * step);
        }
      }
      assertThat(evaluate(z, constrained.logDeterminant().sum(), point)[0])
          .isCloseTo(Math.log(Math.abs(determinant(jacobian))), within(1e-6));
    }
  }

  /** The entries that the others follow from. */
  private static double[] determining(Support support, double[] value) {
    if (support instanceof CorrelationCholesky cholesky) {
      int size = cholesky.size();
      double[] result = new double[size * (size - 1) / 2];
      int at = 0;
      for (int i = 0; i < size; i++) {
        for (int j = 0; j < i; j++) {
          result[at++] = value[i * size + j];
        }
      }
      return result;
    }
    return value;
  }

  private static double determinant(double[][] matrix) {
    double result = 1;
    for (int i = 0; i < matrix.length; i++) {
      // Triangular up to rounding for all maps here, so no pivots are needed.
      for (int k = i + 1; k < matrix.length; k++) {
        double factor = matrix[k][i] / matrix[i][i];
        for (int j = i; j < matrix.length; j++) {
          matrix[k][j] -= factor * matrix[i][j];
        }
      }
      result *= matrix[i][i];
    }
    return result;
  }

  private static double[][] draws(Distribution distribution) {
    double[][] parameters =
        distribution.parameters().stream().map(Expression::values).toArray(double[][]::new);
    double[][] result = new double[DRAWS][];
    for (int i = 0; i < DRAWS; i++) {
      result[i] = new double[distribution.event().size()];
      distribution.sample(parameters, RandomStreams.of(7, i), result[i]);
    }
    return result;
  }

  private static double[] evaluate(Expression z, Expression output, double[] points) {
    int dimension = z.shape().size();
    int size = output.shape().size();
    int count = points.length / dimension;
    int chunk = Math.min(count, 5000);
    Evaluation evaluation = new Evaluation(Program.of(List.of(z), List.of(output)), chunk);
    double[] result = new double[count * size];
    for (int from = 0; from < count; from += chunk) {
      int rows = Math.min(chunk, count - from);
      evaluation.setInputs(
          rows, Arrays.copyOfRange(points, from * dimension, (from + rows) * dimension));
      System.arraycopy(evaluation.forward(0, false), 0, result, from * size, rows * size);
    }
    return result;
  }
}
