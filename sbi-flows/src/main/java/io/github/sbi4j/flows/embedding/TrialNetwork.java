package io.github.sbi4j.flows.embedding;

import io.github.sbi4j.flows.network.MultilayerPerceptron;
import io.github.sbi4j.flows.tensor.Activation;
import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.Tensor;
import java.util.Arrays;

/**
 * Runs all trials of a batch through one network at once, then puts those of each observation
 * together.
 */
final class TrialNetwork implements EmbeddingNetwork {
  private final PermutationInvariant settings;
  private final int trials;
  private final MultilayerPerceptron each;
  private final MultilayerPerceptron last;

  TrialNetwork(
      PermutationInvariant settings,
      int trials,
      MultilayerPerceptron each,
      MultilayerPerceptron last) {
    this.settings = settings;
    this.trials = trials;
    this.each = each;
    this.last = last;
  }

  @Override
  public int outputs() {
    return settings.network().outputs();
  }

  @Override
  public Tensor apply(Operations ops, Tensor observations) {
    boolean mean = settings.aggregation() == PermutationInvariant.Aggregation.MEAN;
    if (!settings.variableTrials()) {
      Tensor sum = ops.sumGroups(eachTrial(ops, observations), trials);
      return last.apply(ops, mean ? ops.scale(sum, 1.0 / trials) : sum);
    }
    Tensor count = ops.columns(observations, 0, 1);
    Tensor values = ops.columns(observations, 1, observations.columns());
    Tensor present = present(ops, count);
    Tensor mask = ops.reshape(present, observations.rows() * trials, 1);
    Tensor pooled = ops.sumGroups(ops.multiply(eachTrial(ops, values), mask), trials);
    if (mean) {
      pooled = ops.multiply(pooled, reciprocal(ops, count, present));
    }
    Tensor logCount = ops.shift(ops.log(ops.shift(count, 1)), -Math.log(1 + trials));
    return last.apply(ops, ops.concat(pooled, logCount));
  }

  private Tensor eachTrial(Operations ops, Tensor values) {
    return each.apply(ops, ops.reshape(values, values.rows() * trials, settings.features()));
  }

  /**
   * 1 for the first n trials and 0 for the others, B x T: max(0, n - t) - max(0, n - t - 1) for
   * trial t.
   */
  private Tensor present(Operations ops, Tensor count) {
    float[] ones = new float[trials];
    Arrays.fill(ones, 1);
    float[] before = new float[trials];
    float[] upTo = new float[trials];
    for (int t = 0; t < trials; t++) {
      before[t] = -t;
      upTo[t] = -t - 1;
    }
    Tensor column = ops.constant(ones, trials, 1);
    Tensor first = ops.constant(before, 1, trials);
    Tensor second = ops.constant(upTo, 1, trials);
    return ops.subtract(
        ops.linear(count, column, first, Activation.RELU),
        ops.linear(count, column, second, Activation.RELU));
  }

  /** 1 / max(1, n), B x 1; there is a first trial unless n is 0. */
  private Tensor reciprocal(Operations ops, Tensor count, Tensor present) {
    Tensor atLeastOne = ops.shift(ops.subtract(count, ops.columns(present, 0, 1)), 1);
    return ops.exp(ops.scale(ops.log(atLeastOne), -1));
  }
}
