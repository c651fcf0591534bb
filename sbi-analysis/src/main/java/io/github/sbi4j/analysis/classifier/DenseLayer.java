package io.github.sbi4j.analysis.classifier;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * A fully connected layer {@code z = W x + b} with its gradient and its state of Adam.
 *
 * <p>Values of a batch lie as units x batch, so that the inner loops run along the batch. The
 * weight of input i in output o is at {@code i * outputs + o}; the biases follow all weights.
 */
final class DenseLayer {
  private static final float DECAY1 = 0.9f;
  private static final float DECAY2 = 0.999f;
  private static final float EPSILON = 1e-8f;

  final int inputs;
  final int outputs;
  private final float[] weights;
  private final float[] gradient;
  private final float[] mean;
  private final float[] square;
  private final float[] gradientRow;

  /**
   * A layer with weights and biases uniform within {@code sqrt(6 / (inputs + outputs))} of zero.
   */
  DenseLayer(int inputs, int outputs, RandomGenerator random) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.weights = new float[(inputs + 1) * outputs];
    this.gradient = new float[weights.length];
    this.mean = new float[weights.length];
    this.square = new float[weights.length];
    this.gradientRow = new float[outputs];
    double bound = Math.sqrt(6.0 / (inputs + outputs));
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (bound * (2 * random.nextDouble() - 1));
    }
  }

  /** Writes the outputs of a batch of n, {@code z = W x + b}. */
  void forward(int n, float[][] x, float[][] z) {
    for (int o = 0; o < outputs; o++) {
      Arrays.fill(z[o], 0, n, weights[inputs * outputs + o]);
      FloatProducts.addRows(inputs, n, weights, o, outputs, x, z[o]);
    }
  }

  /** Writes the gradient with respect to the inputs, {@code dx = W' dz}. */
  void backwardInputs(int n, float[][] dz, float[][] dx) {
    for (int i = 0; i < inputs; i++) {
      Arrays.fill(dx[i], 0, n, 0f);
      FloatProducts.addRows(outputs, n, weights, i * outputs, 1, dz, dx[i]);
    }
  }

  /**
   * Computes the gradient of the mean loss with the L2 penalty {@code alpha |W|^2 / (2 n)}.
   *
   * @param n the size of the batch
   * @param x the inputs, inputs x batch
   * @param dz the gradient of the summed loss with respect to the outputs, outputs x batch
   * @param dzByRow the same as batch x outputs
   * @param alpha the weight of the penalty; the biases go free
   */
  void backwardWeights(int n, float[][] x, float[][] dz, float[][] dzByRow, float alpha) {
    float scale = 1f / n;
    for (int i = 0; i < inputs; i++) {
      Arrays.fill(gradientRow, 0f);
      FloatProducts.addRows(n, outputs, x[i], 0, 1, dzByRow, gradientRow);
      for (int o = 0; o < outputs; o++) {
        int at = i * outputs + o;
        gradient[at] = scale * (gradientRow[o] + alpha * weights[at]);
      }
    }
    for (int o = 0; o < outputs; o++) {
      gradient[inputs * outputs + o] = scale * FloatProducts.sum(n, dz[o]);
    }
  }

  /** Makes one step of Adam with the gradient computed last; {@code step} counts from one. */
  void update(float learningRate, long step) {
    double correction = Math.sqrt(1 - Math.pow(DECAY2, step)) / (1 - Math.pow(DECAY1, step));
    moments(gradient, mean, square);
    step(weights, mean, square, (float) (learningRate * correction));
  }

  private static void moments(float[] gradient, float[] mean, float[] square) {
    for (int i = 0; i < gradient.length; i++) {
      mean[i] = DECAY1 * mean[i] + (1 - DECAY1) * gradient[i];
    }
    for (int i = 0; i < gradient.length; i++) {
      square[i] = DECAY2 * square[i] + (1 - DECAY2) * gradient[i] * gradient[i];
    }
  }

  private static void step(float[] weights, float[] mean, float[] square, float rate) {
    for (int i = 0; i < weights.length; i++) {
      weights[i] -= rate * mean[i] / ((float) Math.sqrt(square[i]) + EPSILON);
    }
  }

  /** The weights themselves, biases last. */
  float[] weights() {
    return weights;
  }

  /** The gradient computed last, in the order of the weights. */
  float[] gradient() {
    return gradient;
  }

  /** The sum of the squared weights without the biases. */
  double squaredWeights() {
    return FloatProducts.sumOfSquares(inputs * outputs, weights);
  }
}
