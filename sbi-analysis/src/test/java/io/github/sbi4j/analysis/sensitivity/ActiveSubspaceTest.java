package io.github.sbi4j.analysis.sensitivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.analysis.exact.ExactPosterior;
import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.MultivariateNormal;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.flows.estimator.Mdn;
import io.github.sbi4j.flows.inference.SNPE;
import io.github.sbi4j.flows.posterior.DirectPosterior;
import io.github.sbi4j.flows.potential.Potential;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;

class ActiveSubspaceTest {
  private static final double[] X = {0.3, -0.5, 1};
  private static final ExactPosterior POSTERIOR = ExactPosterior.of(3, 0.5).given(X);
  private static final Samples SAMPLES = POSTERIOR.sample(5000, 1);

  private static RealMatrix precision() {
    return new LUDecomposition(MatrixUtils.createRealMatrix(POSTERIOR.distribution().covariance()))
        .getSolver()
        .getInverse();
  }

  // The prior has the scale one, so that M is the precision; its entries from 5000 samples have
  // relative errors of about 2 %.
  private static void assertIsPrecision(ActiveSubspace subspace) {
    RealMatrix precision = precision();
    double size = precision.getFrobeniusNorm();
    RealMatrix difference = MatrixUtils.createRealMatrix(subspace.matrix()).subtract(precision);
    assertThat(difference.getFrobeniusNorm()).isLessThan(0.08 * size);
    EigenDecomposition exact = new EigenDecomposition(precision);
    double[] values = exact.getRealEigenvalues();
    Arrays.sort(values);
    for (int k = 0; k < 3; k++) {
      assertThat(subspace.eigenvalues()[k] / values[2 - k]).isCloseTo(1, within(0.1));
      double[] direction = subspace.directions()[k];
      // Eigenvectors of M: the exact matrix does not turn them.
      double[] turned = precision.operate(direction);
      double along = 0;
      double length = 0;
      for (int d = 0; d < 3; d++) {
        along += turned[d] * direction[d];
        length += turned[d] * turned[d];
      }
      assertThat(along / Math.sqrt(length)).isCloseTo(1, within(0.01));
    }
    double[] importance = subspace.importance();
    for (int d = 0; d < 3; d++) {
      assertThat(importance[d])
          .isCloseTo(precision.getEntry(d, d) / precision.getTrace(), within(0.03));
    }
    assertThat(Arrays.stream(importance).sum()).isCloseTo(1, within(1e-12));
  }

  @Test
  void normalPosteriorHasThePrecisionsEigenvectors() {
    assertIsPrecision(ActiveSubspace.of(POSTERIOR.potential(X), SAMPLES));
    assertIsPrecision(ActiveSubspace.of(POSTERIOR, SAMPLES));
    assertThat(ActiveSubspace.of(POSTERIOR, SAMPLES).explained()).isNaN();
  }

  // A prior ten times as wide makes changes over its scale ten times as large.
  @Test
  void directionsDoNotDependOnUnits() {
    double[][] rows = SAMPLES.toArray();
    double[] y = new double[rows.length];
    double[][] scaled = new double[rows.length][];
    for (int i = 0; i < y.length; i++) {
      y[i] = rows[i][0] + 2 * rows[i][1] * rows[i][2];
      scaled[i] = new double[] {10 * rows[i][0], rows[i][1], rows[i][2]};
    }
    Distribution prior = POSTERIOR.prior();
    Distribution wide =
        MultivariateNormal.of(new double[3], new double[][] {{100, 0, 0}, {0, 1, 0}, {0, 0, 1}});
    ActiveSubspace one = ActiveSubspace.ofProperty(prior, SAMPLES, y);
    ActiveSubspace other = ActiveSubspace.ofProperty(wide, Samples.copyOf(wide.names(), scaled), y);
    for (int k = 0; k < 3; k++) {
      assertThat(other.eigenvalues()[k]).isCloseTo(one.eigenvalues()[k], within(1e-6));
      assertThat(other.directions()[k]).containsExactly(one.directions()[k], within(1e-5));
    }
  }

  // f = 3 a - 4 b + c^2 / 100: gradients (3, -4, c / 50).
  @Test
  void propertyOfOneDirectionIsFound() {
    ToDoubleFunction<double[]> f = t -> 3 * t[0] - 4 * t[1] + 0.01 * t[2] * t[2];
    double[] y = Arrays.stream(SAMPLES.toArray()).mapToDouble(f).toArray();
    ActiveSubspace subspace = ActiveSubspace.ofProperty(POSTERIOR.prior(), SAMPLES, y);
    assertThat(subspace.explained()).isGreaterThan(0.999999);
    assertThat(subspace.eigenvalues()[0]).isCloseTo(25, within(0.1));
    assertThat(subspace.directions()[0]).containsExactly(new double[] {-0.6, 0.8, 0}, within(0.02));
    assertThat(subspace.eigenvalues()[1]).isLessThan(0.001);
    Samples projected = subspace.project(SAMPLES, 1);
    assertThat(projected.names()).containsExactly("direction_1");
    double[] direction = subspace.directions()[0];
    assertThat(projected.get(7, 0))
        .isCloseTo(
            direction[0] * SAMPLES.get(7, 0)
                + direction[1] * SAMPLES.get(7, 1)
                + direction[2] * SAMPLES.get(7, 2),
            within(1e-12));
    assertThat(subspace.summary().lines().toList())
        .hasSize(4)
        .first()
        .asString()
        .startsWith("eigenvalue");
  }

  @Test
  void noiseExplainsNothing() {
    double[] y = POSTERIOR.sample(5000, 99).column(0);
    assertThat(ActiveSubspace.ofProperty(POSTERIOR.prior(), SAMPLES, y).explained())
        .isLessThan(0.02);
  }

  // Gradients of the network and differences of its density agree, in a box whose density falls off
  // at the bounds.
  @Test
  void learnedPosteriorGivesTheSameByGradientsAndDifferences() {
    Distribution prior = BoxUniform.of(new double[] {-2, -2}, new double[] {2, 2}).named("a", "b");
    Simulations simulations =
        Simulations.run(
            (theta, random) -> new double[] {theta[0] + theta[1] + 0.2 * random.nextGaussian()},
            prior,
            1000,
            1);
    DirectPosterior posterior =
        SNPE.with(prior)
            .densityEstimator(Mdn.defaults())
            .appendSimulations(simulations)
            .train()
            .buildPosterior()
            .given(0.2);
    Samples samples = posterior.sample(1000);
    double[] byGradient =
        ActiveSubspace.of(posterior.potential(new double[] {0.2}), samples).directions()[0];
    ActiveSubspace byDifferences = ActiveSubspace.of(posterior, samples);
    assertThat(byDifferences.directions()[0]).containsExactly(byGradient, within(0.05));
    // The sum of the two is known, their difference is not.
    assertThat(byGradient[0] * byGradient[1]).isCloseTo(0.5, within(0.05));
    assertThat(byDifferences.eigenvalues()[0]).isGreaterThan(5 * byDifferences.eigenvalues()[1]);
  }

  @Test
  void wrongInputIsNamed() {
    Samples two = SAMPLES.select("theta_1", "theta_2");
    ActiveSubspace subspace = ActiveSubspace.of(POSTERIOR, SAMPLES.head(100));
    assertThatThrownBy(() -> ActiveSubspace.of(POSTERIOR, two))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("samples have 2 columns and the prior has 3 parameters");
    assertThatThrownBy(() -> subspace.project(SAMPLES, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 3 columns and 4 directions");
    Distribution prior = POSTERIOR.prior();
    assertThatThrownBy(() -> ActiveSubspace.ofProperty(prior, SAMPLES.head(10), new double[10]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("10 values of the property for 10 samples")
        .hasMessageContaining("more than 10 samples");
    assertThatThrownBy(() -> ActiveSubspace.ofProperty(prior, SAMPLES, new double[5000]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not all equal");
    Distribution box = BoxUniform.of(new double[] {0}, new double[] {1}).named("a");
    DirectDensity outside = new DirectDensity(box);
    assertThatThrownBy(
            () ->
                ActiveSubspace.of(outside, Samples.copyOf(box.names(), new double[][] {{2}, {3}})))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no sample has a finite log-density");
  }

  /** The prior itself as a potential. */
  private record DirectDensity(Distribution prior) implements Potential {
    @Override
    public void logProb(double[][] points, double[] values) {
      for (int i = 0; i < points.length; i++) {
        values[i] = prior.logProb(points[i]);
      }
    }
  }
}
