package io.github.sbi4j.ppl.draws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.random.RandomStreams;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Leave-one-out and WAIC where both are known: a normal mean with a flat prior. */
class ComparisonTest {
  private static final double[] Y = {-1.1, 0.4, 0.3, 1.9, -0.2, 0.8, -1.6, 0.1, 0.5, 1.0};

  private static double[][] logLikelihoods(int draws) {
    RandomGenerator random = RandomStreams.of(11, 0);
    double mean = java.util.Arrays.stream(Y).average().orElseThrow();
    double[][] result = new double[draws][Y.length];
    for (double[] row : result) {
      double mu = mean + random.nextGaussian() / Math.sqrt(Y.length);
      for (int i = 0; i < Y.length; i++) {
        row[i] = -0.5 * (Y[i] - mu) * (Y[i] - mu) - 0.5 * Math.log(2 * Math.PI);
      }
    }
    return result;
  }

  /** p(y_i | others) is normal with variance 1 + 1 / (n - 1) around the mean of the others. */
  private static double exact() {
    double sum = java.util.Arrays.stream(Y).sum();
    double variance = 1 + 1.0 / (Y.length - 1);
    double result = 0;
    for (double y : Y) {
      double residual = y - (sum - y) / (Y.length - 1);
      result -= 0.5 * residual * residual / variance + 0.5 * Math.log(2 * Math.PI * variance);
    }
    return result;
  }

  @Test
  void leaveOneOutIsExactCrossValidation() {
    LeaveOneOut loo = LeaveOneOut.of(logLikelihoods(20_000));
    assertThat(loo.elpd()).isCloseTo(exact(), within(0.02));
    assertThat(loo.unreliable()).isZero();
    assertThat(loo.effectiveParameters()).isCloseTo(1, within(0.2));
    LeaveOneOut.Difference none = loo.minus(loo);
    assertThat(none.elpd()).isZero();
    assertThat(none.standardError()).isZero();
  }

  @Test
  void waicComesNear() {
    Waic waic = Waic.of(logLikelihoods(20_000));
    assertThat(waic.elpd()).isCloseTo(exact(), within(0.1));
    assertThat(waic.toString()).contains("effective parameters");
  }

  @Test
  void refusesWhatCannotBeCompared() {
    assertThatThrownBy(() -> LeaveOneOut.of(new double[1][3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("log-likelihoods of 1 draws, expected at least 2");
    assertThatThrownBy(() -> Waic.of(new double[][] {{1}, {Double.NaN}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the log-likelihood of observation 0 in draw 1 is NaN, expected a finite number");
    LeaveOneOut ten = LeaveOneOut.of(logLikelihoods(100));
    LeaveOneOut three = LeaveOneOut.of(new double[][] {{1, 2, 3}, {1, 2, 2}});
    assertThatThrownBy(() -> ten.minus(three))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the models have 10 and 3 observations");
    assertThatThrownBy(() -> NamedDraws.of(1, 2, new java.util.LinkedHashMap<>(), new double[] {1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("1 numbers, expected 1 x 2 x 0");
  }
}
