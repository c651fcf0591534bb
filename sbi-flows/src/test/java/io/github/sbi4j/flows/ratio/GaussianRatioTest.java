package io.github.sbi4j.flows.ratio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.flows.embedding.Embedding;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GaussianRatioTest {
  /** Parameters N(0, 1), x = (theta + e, 2 e'), e of variance 1/4: the ratio is known. */
  @Test
  void isTheRatioOfALinearGaussianModel() {
    SplittableRandom random = new SplittableRandom(5);
    int n = 20_000;
    double[][] theta = new double[n][1];
    double[][] x = new double[n][2];
    for (int i = 0; i < n; i++) {
      theta[i][0] = random.nextGaussian();
      x[i][0] = theta[i][0] + 0.5 * random.nextGaussian();
      x[i][1] = 2 * random.nextGaussian();
    }
    GaussianRatio ratio = GaussianRatio.fit(theta, x);
    for (double[] z : new double[][] {{0, 0, 0}, {1, 0.5, -1}, {-1, 0.5, 3}}) {
      double residual = z[1] - z[0];
      double expected = -2 * residual * residual + z[1] * z[1] / 2.5 - 0.5 * Math.log(0.25 / 1.25);
      // Four standard errors of the variances, sqrt(2 / n), times the largest term, 4.5.
      assertThat(ratio.value(new double[] {z[0]}, new double[] {z[1], z[2]}))
          .isCloseTo(expected, within(0.18));
    }
  }

  /** An observed value that says nothing more than another has no density of its own. */
  @Test
  void isFiniteForDependentValues() {
    SplittableRandom random = new SplittableRandom(6);
    double[][] theta = new double[100][1];
    double[][] x = new double[100][2];
    for (int i = 0; i < 100; i++) {
      theta[i][0] = random.nextGaussian();
      x[i][0] = theta[i][0];
      x[i][1] = theta[i][0];
    }
    double value = GaussianRatio.fit(theta, x).value(new double[] {1}, new double[] {1, 1});
    assertThat(value).isFinite();
  }

  /** As many values as an image has: a square matrix of them would not fit into an array. */
  @Test
  void wideObservationsHaveNoQuadraticTerms() {
    Mlp small = Mlp.defaults().withHiddenFeatures(2).withHiddenLayers(1);
    Embedding none = Embedding.identity();
    RatioModel model = new RatioModel(small, none, none, 2, 60_000, 1);
    assertThat(model.layout().size()).isLessThan(200_000);
    assertThat(RatioModel.hasQuadraticTerms(small, none, none, 60_002)).isFalse();
  }
}
