package io.github.sbi4j.analysis.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.flows.Device;
import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.Weights;
import java.util.List;
import org.junit.jupiter.api.Test;

class MlpNetworkTest {
  /** Two inputs, two hidden units: weights row after row, then biases; then the output's. */
  private static final float[] WEIGHTS = {1, -2, 0.5f, 3, 0.25f, -1, 2, -0.5f, 0.125f};

  private static final float[] INPUTS = {1, 0.5f, -2, 1, 3, 1};

  private final MlpNetwork network =
      new MlpNetwork(new int[] {2, 2}, false, RandomStreams.of(3, 0));
  private final Weights weights = Device.cpu().engine().weights(network.layout(), WEIGHTS);

  @Test
  void computesLogitsLossAndPenaltyByHand() {
    try (Operations ops = weights.evaluate()) {
      var inputs = ops.constant(INPUTS, 3, 2);
      // Hidden units: (1 - 1 + .25, .5 + 1.5 - 1), (-2 - 2 + .25, -1 + 3 - 1), (3 - 2 + .25, ...).
      double[] logits = {
        2 * 0.25 - 0.5 * 1 + 0.125, -0.5 * 1 + 0.125, 2 * 1.25 - 0.5 * 3.5 + 0.125
      };
      float[] found = ops.values(network.logits(ops, inputs));
      float[] losses =
          ops.values(network.loss(ops, inputs, ops.constant(new float[] {1, 0, 1}, 3, 1)));
      for (int i = 0; i < 3; i++) {
        assertThat((double) found[i]).isCloseTo(logits[i], within(1e-6));
        double sign = i == 1 ? 1 : -1;
        assertThat((double) losses[i])
            .isCloseTo(Math.log1p(Math.exp(sign * logits[i])), within(1e-6));
      }
      double squares = 1 + 4 + 0.25 + 9 + 4 + 0.25;
      assertThat((double) ops.values(network.halfSquaredWeights(ops))[0])
          .isCloseTo(squares / 2, within(1e-5));
    }
  }

  @Test
  void startsUniformWithinTheBoundOfItsLayer() {
    MlpNetwork wide = new MlpNetwork(new int[] {20, 200, 200}, false, RandomStreams.of(4, 0));
    float[] values = wide.layout().initialValues();
    for (var parameter : wide.layout().parameters()) {
      int inputs = List.of(20, 200, 200).get(parameter.name().charAt(0) - '0');
      int outputs = parameter.name().startsWith("2") ? 1 : 200;
      double bound = Math.sqrt(6.0 / (inputs + outputs));
      double largest = 0;
      for (int i = 0; i < parameter.size(); i++) {
        largest = Math.max(largest, Math.abs(values[parameter.offset() + i]));
      }
      assertThat(largest).isLessThanOrEqualTo(bound);
      if (parameter.size() >= 200) {
        // The largest of n uniform numbers is below .95 of the bound with probability .95^n.
        assertThat(largest).isGreaterThan(0.95 * bound);
      }
    }
  }
}
