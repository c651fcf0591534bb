package io.github.sbi4j.ppl.model;

import io.github.sbi4j.core.mcmc.DifferentiableLogDensity;
import io.github.sbi4j.ppl.expression.Evaluation;
import io.github.sbi4j.ppl.expression.Expression;
import io.github.sbi4j.ppl.expression.Program;
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
        });
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
