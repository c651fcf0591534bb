package io.github.sbi4j.ppl.model;

import io.github.sbi4j.core.mcmc.DifferentiableLogDensity;
import io.github.sbi4j.ppl.expression.Evaluation;
import io.github.sbi4j.ppl.expression.Expression;
import io.github.sbi4j.ppl.expression.Program;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** A scalar expression of D unbounded numbers as the target of a sampler, for any threads. */
final class TracedDensity implements DifferentiableLogDensity {
  private final Program program;
  private final ConcurrentLinkedQueue<Evaluation> idle = new ConcurrentLinkedQueue<>();

  TracedDensity(List<Expression> inputs, Expression logDensity) {
    this.program = Program.of(inputs, List.of(logDensity));
  }

  @Override
  public int dimension() {
    return program.inputSize();
  }

  @Override
  public void logDensities(int count, double[] positions, double[] values) {
    evaluate(
        count,
        evaluation -> {
          evaluation.setInputs(count, positions);
          System.arraycopy(evaluation.forward(0, false), 0, values, 0, count);
          excludeUndefined(count, evaluation, values, new double[0]);
        });
  }

  @Override
  public void logDensitiesAndGradients(
      int count, double[] positions, double[] values, double[] gradients) {
    evaluate(
        count,
        evaluation -> {
          evaluation.setInputs(count, positions);
          System.arraycopy(evaluation.forward(0, true), 0, values, 0, count);
          evaluation.backward(0, gradients);
          excludeUndefined(count, evaluation, values, gradients);
        });
  }

  /** There is no density where an equation of the model has no solution. */
  private void excludeUndefined(
      int count, Evaluation evaluation, double[] values, double[] gradients) {
    for (int c = 0; c < count; c++) {
      if (Double.isNaN(values[c]) && !evaluation.isDefined(c)) {
        values[c] = Double.NEGATIVE_INFINITY;
        if (gradients.length > 0) {
          Arrays.fill(gradients, c * dimension(), (c + 1) * dimension(), 0);
        }
      }
    }
  }

  /** Uses memory that no other thread uses. */
  private void evaluate(int count, Consumer<Evaluation> use) {
    Evaluation evaluation = idle.poll();
    if (evaluation == null || evaluation.capacity() < count) {
      evaluation = new Evaluation(program, count);
    }
    use.accept(evaluation);
    idle.add(evaluation);
  }
}
