package io.github.sbi4j.flows.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.random.RandomStreams;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Normalisers of products of mixtures against sums over a grid, gradients against differences. */
class MixtureProductTest {
  private static final int D = 2;
  private static final int K = 3;
  private static final int WIDTH = K * (1 + 2 * D + D * (D - 1) / 2);
  private static final double[] SHIFT = {0.3, -0.2};
  private static final Gaussians PRIOR =
      Gaussians.of(new double[] {0.5, -0.5}, new double[][] {{4, 1.5}, {1.5, 3}});

  private static float[] outputs(long seed, int components) {
    RandomGenerator random = RandomStreams.of(seed, 0);
    float[] outputs = new float[components * WIDTH / K];
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] = (float) (0.5 * random.nextGaussian());
    }
    for (int i = components * (1 + D); i < components * (1 + 2 * D); i++) {
      outputs[i] += 0.5f;
    }
    return outputs;
  }

  private static double density(Gaussians mixture, double[] x, double[] shift) {
    double sum = 0;
    for (int k = 0; k < mixture.components(); k++) {
      double quadratic = 0;
      for (int i = 0; i < D; i++) {
        for (int j = 0; j < D; j++) {
          quadratic +=
              (x[i] - mixture.means()[k][i] + shift[i])
                  * mixture.precisions()[k][i * D + j]
                  * (x[j] - mixture.means()[k][j] + shift[j]);
        }
      }
      sum +=
          Math.exp(
              mixture.logWeights()[k]
                  + mixture.halfLogDeterminants()[k]
                  - Math.log(2 * Math.PI)
                  - 0.5 * quadratic);
    }
    return sum;
  }

  private static double logNormalizer(float[] outputs, Gaussians proposal, float[] gradient) {
    return new MixtureProduct(D, K).logNormalizer(outputs, 0, proposal, PRIOR, SHIFT, gradient);
  }

  @Test
  void theNormaliserIsTheIntegral() {
    float[] outputs = outputs(1, K);
    Gaussians learned = Gaussians.ofOutputs(outputs, D);
    Gaussians proposal = Gaussians.ofOutputs(outputs(2, 2), D);
    double step = 0.02;
    double integral = 0;
    for (double a = -8; a < 8; a += step) {
      for (double b = -8; b < 8; b += step) {
        double[] x = {a, b};
        integral +=
            density(learned, x, new double[D])
                * density(proposal, x, SHIFT)
                / density(PRIOR, x, SHIFT)
                * step
                * step;
      }
    }
    assertThat(logNormalizer(outputs, proposal, new float[WIDTH]))
        .isCloseTo(Math.log(integral), within(1e-6));
  }

  @Test
  void theGradientIsThatOfDifferences() {
    float[] outputs = outputs(3, K);
    Gaussians proposal = Gaussians.ofOutputs(outputs(4, 2), D);
    float[] gradient = new float[WIDTH];
    logNormalizer(outputs, proposal, gradient);
    for (int i = 0; i < WIDTH; i++) {
      float[] above = outputs.clone();
      float[] below = outputs.clone();
      above[i] += 0.01f;
      below[i] -= 0.01f;
      double slope =
          (logNormalizer(above, proposal, new float[WIDTH])
                  - logNormalizer(below, proposal, new float[WIDTH]))
              / (above[i] - below[i]);
      assertThat((double) gradient[i]).as("output %d", i).isCloseTo(slope, within(2e-4));
    }
  }

  @Test
  void wideComponentsHaveNoNormaliser() {
    float[] outputs = outputs(5, K);
    for (int i = K * (1 + D); i < K * (1 + 2 * D); i++) {
      outputs[i] = -3;
    }
    Gaussians wide = Gaussians.ofOutputs(outputs, D);
    assertThat(logNormalizer(outputs, wide, new float[WIDTH])).isNaN();
  }

  @Test
  void mapsOfAMixtureGoBack() {
    Gaussians mixture = Gaussians.ofOutputs(outputs(6, 2), D);
    var matrix = new org.ejml.data.DMatrixRMaj(new double[][] {{2, 0.5}, {-1, 1.5}});
    double[] origin = {0.7, -0.4};
    Gaussians there = mixture.mapped(matrix, origin);
    double[] y = {0.3, 0.9};
    double[] x = {2 * y[0] + 0.5 * y[1] + origin[0], -y[0] + 1.5 * y[1] + origin[1]};
    assertThat(density(there, x, new double[D]))
        .isCloseTo(density(mixture, y, new double[D]) / 3.5, within(1e-10));
    assertThat(there.pulledBack(matrix, origin).means()[1])
        .containsExactly(mixture.means()[1], within(1e-12));
  }
}
