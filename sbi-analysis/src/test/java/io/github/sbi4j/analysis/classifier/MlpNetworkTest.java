package io.github.sbi4j.analysis.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.random.RandomStreams;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class MlpNetworkTest {
  private static final int ROWS = 13;
  private static final float PENALTY = 0.1f;

  @Test
  void gradientMatchesFiniteDifferences() {
    RandomGenerator random = RandomStreams.of(3, 0);
    MlpNetwork network = new MlpNetwork(new int[] {3, 7, 5}, random);
    MlpNetwork.Batch batch = network.new Batch(ROWS + 4);
    for (float[] input : batch.inputs()) {
      for (int b = 0; b < ROWS; b++) {
        input[b] = (float) random.nextGaussian();
      }
    }
    float[] targets = new float[ROWS];
    for (int b = 0; b < ROWS; b += 2) {
      targets[b] = 1;
    }
    batch.backward(ROWS, targets, PENALTY);
    for (DenseLayer layer : network.layers()) {
      float[] gradient = layer.gradient().clone();
      float[] weights = layer.weights();
      for (int i = 0; i < weights.length; i++) {
        float kept = weights[i];
        float step = 1e-2f;
        weights[i] = kept + step;
        double above = batch.backward(ROWS, targets, PENALTY);
        weights[i] = kept - step;
        double below = batch.backward(ROWS, targets, PENALTY);
        weights[i] = kept;
        // Single precision and kinks within the step leave about 1e-3.
        assertThat((double) gradient[i]).isCloseTo((above - below) / (2 * step), within(3e-3));
      }
    }
  }

  @Test
  void firstStepOfAdamHasTheLengthOfTheRate() {
    MlpNetwork network = new MlpNetwork(new int[] {2}, RandomStreams.of(3, 0));
    MlpNetwork.Batch batch = network.new Batch(1);
    batch.inputs()[0][0] = 1;
    batch.inputs()[1][0] = -1;
    float[] before = network.layers()[0].weights().clone();
    batch.backward(1, new float[] {1}, 0);
    network.update(0.01f, 1);
    float[] after = network.layers()[0].weights();
    double[] expected = {before[0] + 0.01, before[1] - 0.01, before[2] + 0.01};
    for (int i = 0; i < 3; i++) {
      assertThat((double) after[i]).isCloseTo(expected[i], within(1e-5));
    }
  }
}
