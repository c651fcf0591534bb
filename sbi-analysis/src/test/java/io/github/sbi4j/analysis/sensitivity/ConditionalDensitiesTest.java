package io.github.sbi4j.analysis.sensitivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.analysis.exact.ExactPosterior;
import io.github.sbi4j.core.sample.Samples;
import java.util.Arrays;
import java.util.Locale;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.junit.jupiter.api.Test;

class ConditionalDensitiesTest {
  private static final ExactPosterior POSTERIOR = ExactPosterior.of(3, 0.4).given(0.5, -1, 0.2);
  private static final Samples SAMPLES = POSTERIOR.sample(1000, 1);
  private static final ConditionalDensities DENSITIES = ConditionalDensities.of(POSTERIOR, SAMPLES);
  private static final double[][] PRECISION =
      new LUDecomposition(MatrixUtils.createRealMatrix(POSTERIOR.distribution().covariance()))
          .getSolver()
          .getInverse()
          .getData();

  // For N(m, P^-1) the conditional of theta_i is normal with variance 1 / P_ii and the mean
  // m_i - sum_j P_ij (theta_j - m_j) / P_ii.
  @Test
  void oneParameterHasTheConditionalNormal() {
    double[] mean = POSTERIOR.distribution().mean();
    double[] condition = {mean[0] + 0.1, Double.NaN, mean[2] - 0.2};
    ConditionalGrid grid = DENSITIES.at(condition, "theta_2");
    double centre = mean[1] - (0.1 * PRECISION[1][0] - 0.2 * PRECISION[1][2]) / PRECISION[1][1];
    NormalDistribution exact = new NormalDistribution(centre, 1 / Math.sqrt(PRECISION[1][1]));
    double[] values = grid.firstValues();
    assertThat(values).hasSize(50).isSorted();
    for (int g = 0; g < values.length; g++) {
      assertThat(grid.density()[g][0]).isCloseTo(exact.density(values[g]), within(1e-3));
    }
    assertThat(grid.first()).isEqualTo("theta_2");
    assertThat(grid.second()).isEmpty();
    assertThat(grid.secondValues()).isEmpty();
    assertThat(grid.correlation()).isNaN();
  }

  @Test
  void twoParametersHaveThePartialCorrelation() {
    ConditionalGrid grid = DENSITIES.at(SAMPLES.row(0), "theta_1", "theta_3");
    double exact = -PRECISION[0][2] / Math.sqrt(PRECISION[0][0] * PRECISION[2][2]);
    assertThat(grid.correlation()).isCloseTo(exact, within(1e-3));
    double[][] density = grid.density();
    double cell =
        (grid.firstValues()[1] - grid.firstValues()[0])
            * (grid.secondValues()[1] - grid.secondValues()[0]);
    double sum = Arrays.stream(density).flatMapToDouble(Arrays::stream).sum();
    assertThat(sum * cell).isCloseTo(1, within(1e-12));
    assertThat(density).hasNumberOfRows(50);
    // Rows are values of the first parameter.
    double[] point = SAMPLES.row(0);
    point[0] = grid.firstValues()[20];
    point[2] = grid.secondValues()[30];
    double[] other = point.clone();
    other[0] = grid.firstValues()[21];
    assertThat(Math.log(density[21][30] / density[20][30]))
        .isCloseTo(POSTERIOR.logProb(other) - POSTERIOR.logProb(point), within(1e-9));
  }

  @Test
  void plotsNameTheParameters() {
    String pairs = DENSITIES.resolution(10).plot(SAMPLES.row(0)).svg();
    assertThat(pairs).contains(">theta_1<", ">theta_2<", ">theta_3<");
    ConditionalCorrelation correlation = DENSITIES.resolution(10).correlation(SAMPLES.head(1));
    String shown = String.format(Locale.ROOT, "%.2f", Math.abs(correlation.matrix()[0][1]));
    assertThat(correlation.plot().svg()).contains(">theta_1<", shown);
  }

  @Test
  void correlationsOfANormalAreThoseOfItsPrecision() {
    ConditionalCorrelation correlation = DENSITIES.correlation(SAMPLES.head(10));
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        double exact = i == j ? 1 : -PRECISION[i][j] / Math.sqrt(PRECISION[i][i] * PRECISION[j][j]);
        assertThat(correlation.matrix()[i][j]).isCloseTo(exact, within(0.01));
        assertThat(correlation.sd()[i][j]).isLessThan(0.02);
      }
    }
    assertThat(correlation.of("theta_1", "theta_2")).isEqualTo(correlation.matrix()[0][1]);
    assertThat(correlation.summary().lines()).hasSize(4).anyMatch(l -> l.startsWith("theta_2"));
    assertThat(DENSITIES.threads(3).correlation(SAMPLES.head(10)).matrix())
        .isDeepEqualTo(correlation.matrix());
  }

  @Test
  void wrongInputIsNamed() {
    double[] condition = SAMPLES.row(0);
    assertThatThrownBy(() -> DENSITIES.at(condition, "theta_9"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there is no parameter theta_9, expected one of [theta_1");
    assertThatThrownBy(() -> DENSITIES.at(condition, "theta_1", "theta_1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("both parameters are theta_1");
    assertThatThrownBy(() -> DENSITIES.at(new double[2], "theta_1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the condition has 2 values and the posterior 3 parameters");
    assertThatThrownBy(() -> DENSITIES.resolution(4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("resolution must be at least 5, got 4");
    assertThatThrownBy(() -> DENSITIES.limits(new double[3], new double[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the limits of theta_1 are 0.0 and 0.0");
    assertThatThrownBy(() -> DENSITIES.limits(new double[2], new double[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 2 lower and 3 upper limits for 3 parameters");
    assertThatThrownBy(() -> DENSITIES.at(new double[] {0, 1e200, 0}, "theta_1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the density is zero on the whole grid over theta_1");
    Samples one = SAMPLES.select("theta_1");
    assertThatThrownBy(() -> DENSITIES.correlation(one))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("samples have 1 columns and the posterior has 3 parameters");
    ExactPosterior single = ExactPosterior.of(1, 1).given(0);
    ConditionalDensities ofOne = ConditionalDensities.of(single, single.sample(10, 1));
    assertThatThrownBy(() -> ofOne.correlation(single.sample(10, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one parameter has no pairs");
    ConditionalCorrelation correlation = DENSITIES.correlation(SAMPLES.head(1));
    assertThatThrownBy(() -> correlation.of("a", "theta_1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there is no parameter a");
  }
}
