package io.github.sbi4j.flows.variational;

import io.github.sbi4j.flows.tensor.AdamSettings;
import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.Optimizer;
import io.github.sbi4j.flows.tensor.Tensor;
import java.util.random.RandomGenerator;

/**
 * Fits a flow by Adam. Draws are the flow's own inversion of noise, recorded so that their
 * derivatives with respect to the weights are known.
 */
final class FlowFitter implements Fitter {
  private static final double LARGEST_NORM = 5;

  private final WhitenedTarget target;
  private final Flow flow;
  private final VariationalObjective objective;
  private final int draws;
  private final double learningRate;
  private final Optimizer optimizer;

  FlowFitter(
      WhitenedTarget target,
      Flow flow,
      VariationalObjective objective,
      int draws,
      double learningRate) {
    this.target = target;
    this.flow = flow;
    this.objective = objective;
    this.draws = draws;
    this.learningRate = learningRate;
    this.optimizer = flow.weights().adam(AdamSettings.DEFAULTS);
  }

  @Override
  public double[] step(double rate, RandomGenerator random) {
    double[] logWeights = objective.throughDraws() ? throughDraws(random) : byScores(random);
    optimizer.step(rate * learningRate, LARGEST_NORM);
    return logWeights;
  }

  private double[] throughDraws(RandomGenerator random) {
    try (Operations ops = flow.weights().record()) {
      Tensor drawn = flow.sample(ops, draws, random);
      double[][] points = Flow.rows(ops.values(drawn), drawn.columns());
      double[][] slopes = new double[draws][];
      double[][] ownSlopes = new double[draws][];
      double[] logWeights = target.logProbGradient(points, slopes);
      subtract(logWeights, flow.logProbGradient(points, ownSlopes));
      double[] coefficients = objective.coefficients(logWeights);
      double[][] pull = new double[draws][drawn.columns()];
      for (int i = 0; i < draws; i++) {
        for (int d = 0; coefficients[i] != 0 && d < pull[i].length; d++) {
          pull[i][d] = coefficients[i] * (ownSlopes[i][d] - slopes[i][d]);
        }
      }
      Tensor descent = ops.constant(Flow.flat(pull), draws, drawn.columns());
      ops.backward(ops.multiply(drawn, descent));
      return logWeights;
    }
  }

  private double[] byScores(RandomGenerator random) {
    double[][] points = flow.sample(draws, random);
    double[] logWeights = target.logProb(points);
    subtract(logWeights, flow.logProb(points));
    double[] coefficients = objective.coefficients(logWeights);
    float[] descent = new float[draws];
    for (int i = 0; i < draws; i++) {
      descent[i] = (float) -coefficients[i];
    }
    try (Operations ops = flow.weights().record()) {
      Tensor logs = flow.logProb(ops, ops.constant(Flow.flat(points), draws, points[0].length));
      ops.backward(ops.multiply(logs, ops.constant(descent, draws, 1)));
    }
    return logWeights;
  }

  private static void subtract(double[] logs, double[] own) {
    for (int i = 0; i < logs.length; i++) {
      double weight = logs[i] - own[i];
      logs[i] = Double.isFinite(weight) ? weight : Double.NEGATIVE_INFINITY;
    }
  }
}
