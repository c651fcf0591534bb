package io.github.sbi4j.analysis.classifier;

import java.util.random.RandomGenerator;

/** A feed-forward network with ReLU units and one logit, trained on the logistic loss. */
final class MlpNetwork {
  private final DenseLayer[] layers;

  /**
   * A network with random weights.
   *
   * @param sizes the number of inputs, then the units of each hidden layer
   * @param random draws the weights
   */
  MlpNetwork(int[] sizes, RandomGenerator random) {
    layers = new DenseLayer[sizes.length];
    for (int l = 0; l < sizes.length; l++) {
      layers[l] = new DenseLayer(sizes[l], l + 1 < sizes.length ? sizes[l + 1] : 1, random);
    }
  }

  /** The layers from the inputs on. */
  DenseLayer[] layers() {
    return layers;
  }

  /** What a batch of up to {@code capacity} rows needs in buffers; one per thread. */
  final class Batch {
    /** The inputs of each layer as units x batch, and the logits last. */
    private final float[][][] values = new float[layers.length + 1][][];

    private final float[][][] gradients = new float[layers.length + 1][][];
    private final float[][][] gradientsByRow = new float[layers.length + 1][][];

    Batch(int capacity) {
      for (int l = 0; l <= layers.length; l++) {
        int units = l < layers.length ? layers[l].inputs : 1;
        values[l] = new float[units][capacity];
        gradients[l] = new float[units][capacity];
        gradientsByRow[l] = new float[capacity][units];
      }
    }

    /** The inputs to fill, inputs x batch. */
    float[][] inputs() {
      return values[0];
    }

    /** Computes the logits of the first n rows. */
    float[] forward(int n) {
      for (int l = 0; l < layers.length; l++) {
        layers[l].forward(n, values[l], values[l + 1]);
        if (l + 1 < layers.length) {
          for (float[] unit : values[l + 1]) {
            rectify(n, unit);
          }
        }
      }
      return values[layers.length][0];
    }

    /**
     * Computes the mean loss over the first n rows and its gradient in all layers.
     *
     * @param n the size of the batch
     * @param targets the n classes, 0 or 1
     * @param alpha the weight of the L2 penalty
     * @return the loss with its penalty, {@code alpha |W|^2 / (2 n)}
     */
    double backward(int n, float[] targets, float alpha) {
      float[] logits = forward(n);
      float[] difference = gradients[layers.length][0];
      double loss = 0;
      for (int b = 0; b < n; b++) {
        double p = 1 / (1 + Math.exp(-logits[b]));
        difference[b] = (float) (p - targets[b]);
        double z = targets[b] > 0.5 ? logits[b] : -logits[b];
        loss += Math.log1p(Math.exp(-Math.abs(z))) - Math.min(z, 0);
      }
      double penalty = 0;
      for (int l = layers.length - 1; l >= 0; l--) {
        DenseLayer layer = layers[l];
        penalty += 0.5 * alpha * layer.squaredWeights();
        FloatProducts.transpose(layer.outputs, n, gradients[l + 1], gradientsByRow[l + 1]);
        layer.backwardWeights(n, values[l], gradients[l + 1], gradientsByRow[l + 1], alpha);
        if (l > 0) {
          layer.backwardInputs(n, gradients[l + 1], gradients[l]);
          for (int i = 0; i < layer.inputs; i++) {
            mask(n, gradients[l][i], values[l][i]);
          }
        }
      }
      return (loss + penalty) / n;
    }
  }

  /** Makes one step of Adam in all layers; {@code step} counts from one. */
  void update(float learningRate, long step) {
    for (DenseLayer layer : layers) {
      layer.update(learningRate, step);
    }
  }

  private static void rectify(int n, float[] x) {
    for (int j = 0; j < n; j++) {
      x[j] = Math.max(x[j], 0f);
    }
  }

  private static void mask(int n, float[] gradient, float[] activation) {
    for (int j = 0; j < n; j++) {
      gradient[j] *= Math.min(activation[j] * Float.MAX_VALUE, 1f);
    }
  }
}
