package io.github.sbi4j.flows.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.flows.Device;
import io.github.sbi4j.flows.tensor.AdamSettings;
import io.github.sbi4j.flows.tensor.Engine;
import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.Parameter;
import io.github.sbi4j.flows.tensor.ParameterLayout;
import io.github.sbi4j.flows.tensor.Tensor;
import io.github.sbi4j.flows.tensor.Weights;
import java.util.Random;

/** A built embedding with its weights, and what must hold for any. */
public final class EmbeddingChecks {
  private static final double STEP = 5e-3;

  private final ParameterLayout layout = new ParameterLayout();
  private final int inputs;
  private final EmbeddingNetwork network;
  private final Engine engine = Device.torch().engine();
  private final Weights weights;

  public EmbeddingChecks(Embedding embedding, int inputs) {
    this.inputs = inputs;
    this.network = embedding.build(inputs, layout, RandomStreams.of(7, 0));
    this.weights = engine.weights(layout, layout.initialValues());
  }

  public Weights weights() {
    return weights;
  }

  public ParameterLayout layout() {
    return layout;
  }

  public EmbeddingNetwork network() {
    return network;
  }

  /** The features of observations, row after row, as in evaluation. */
  public float[] features(double[]... rows) {
    try (Operations ops = weights.evaluate()) {
      Tensor out = network.apply(ops, ops.constant(flat(rows), rows.length, inputs));
      assertThat(out.rows()).isEqualTo(rows.length);
      assertThat(out.columns()).isEqualTo(network.outputs());
      return ops.values(out);
    }
  }

  /** One pass in training mode; the loss is a weighted sum of the features. */
  public float[] train(double[]... rows) {
    try (Operations ops = weights.record()) {
      Tensor out = network.apply(ops, ops.constant(flat(rows), rows.length, inputs));
      ops.backward(ops.mean(ops.multiply(out, coefficients(ops, rows.length))));
      return ops.values(out);
    }
  }

  private Tensor coefficients(Operations ops, int rows) {
    float[] values = new float[rows * network.outputs()];
    Random random = new Random(3);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian() * network.outputs();
    }
    return ops.constant(values, rows, network.outputs());
  }

  /**
   * Compares the slope along a random direction of each trainable matrix with central differences.
   * In float32 a difference over 2 steps of 0.005 carries a rounding error of about 1e-4 and a
   * truncation error of about 1e-5 on losses of size one.
   */
  public void gradientsAgree(double[]... rows) {
    float[] at = weights.toArray();
    train(rows);
    double learningRate = 1e6;
    // With no memory and a huge epsilon a step of Adam is minus the gradient.
    weights
        .adam(new AdamSettings(0, 0, learningRate, 0))
        .step(learningRate, Double.POSITIVE_INFINITY);
    float[] after = weights.toArray();
    Random random = new Random(5);
    for (Parameter p : layout.parameters()) {
      double slope = 0;
      double norm = 0;
      double[] direction = new double[at.length];
      for (int i = p.offset(); i < p.offset() + p.size(); i++) {
        double gradient = at[i] - after[i];
        norm += gradient * gradient;
        direction[i] = random.nextGaussian() / Math.sqrt(p.size());
        slope += gradient * direction[i];
      }
      if (!p.trainable()) {
        continue;
      }
      assertThat(Math.sqrt(norm)).as("gradient of %s", p.name()).isGreaterThan(1e-5);
      double difference =
          (lossAt(at, direction, STEP, rows) - lossAt(at, direction, -STEP, rows)) / (2 * STEP);
      assertThat(slope)
          .as("slope of %s", p.name())
          .isCloseTo(difference, within(3e-4 + 5e-3 * Math.abs(difference)));
    }
  }

  private double lossAt(float[] at, double[] direction, double step, double[]... rows) {
    float[] moved = at.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += (float) (step * direction[i]);
    }
    Weights there = engine.weights(layout, moved);
    try (Operations ops = there.record()) {
      Tensor out = network.apply(ops, ops.constant(flat(rows), rows.length, inputs));
      float[] values = ops.values(ops.multiply(out, coefficients(ops, rows.length)));
      double sum = 0;
      for (float v : values) {
        sum += v;
      }
      return sum / values.length;
    }
  }

  public static double[][] normal(int rows, int columns, long seed) {
    Random random = new Random(seed);
    double[][] result = new double[rows][columns];
    for (double[] row : result) {
      for (int j = 0; j < columns; j++) {
        row[j] = random.nextGaussian();
      }
    }
    return result;
  }

  private static float[] flat(double[]... rows) {
    float[] result = new float[rows.length * rows[0].length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) rows[i / rows[0].length][i % rows[0].length];
    }
    return result;
  }
}
