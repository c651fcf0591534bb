package io.github.sbi4j.flows.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class TrainingTest {
  private static final Training DEFAULTS = Training.defaults();
  private static final double NAN = Double.NaN;
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  @Test
  void eachSettingIsChangedAlone() {
    Training changed =
        DEFAULTS
            .withBatchSize(7)
            .withLearningRate(0.5)
            .withSchedule(Schedule.COSINE)
            .withValidationFraction(0.3)
            .withPatience(8)
            .withMaxEpochs(9)
            .withMaxGradientNorm(INFINITY)
            .withWeightDecay(0.01)
            .withAveraging(0)
            .withTimeBudget(Duration.ofSeconds(3));
    assertThat(changed)
        .hasToString(
            "Training[batchSize=7, learningRate=0.5, schedule=COSINE, validationFraction=0.3, patience=8,"
                + " maxEpochs=9, maxGradientNorm=Infinity, weightDecay=0.01, averaging=0.0, timeBudget=PT3S]");
    assertThat(changed.batchSize()).hasValue(7);
    assertThat(changed.learningRate()).isEqualTo(0.5);
    assertThat(changed.schedule()).isEqualTo(Schedule.COSINE);
    assertThat(changed.validationFraction()).isEqualTo(0.3);
    assertThat(changed.patience()).isEqualTo(8);
    assertThat(changed.maxEpochs()).isEqualTo(9);
    assertThat(changed.maxGradientNorm()).isInfinite();
    assertThat(changed.weightDecay()).isEqualTo(0.01);
    assertThat(changed.averaging()).isZero();
    assertThat(changed.timeBudget()).contains(Duration.ofSeconds(3));
    assertThat(Training.defaults().timeBudget()).isEmpty();
  }

  @Test
  void badSettingsAreErrors() {
    assertRefused(() -> DEFAULTS.withBatchSize(0), "batchSize must be at least 1, but is 0");
    assertRefused(() -> DEFAULTS.withPatience(0), "patience must be at least 1, but is 0");
    assertRefused(() -> DEFAULTS.withMaxEpochs(-1), "maxEpochs must be at least 1, but is -1");
    for (double rate : new double[] {0, -1, NAN, INFINITY}) {
      assertRefused(
          () -> DEFAULTS.withLearningRate(rate),
          "learningRate must be positive and finite, but is " + rate);
    }
    for (double fraction : new double[] {0, 1, -0.1, NAN}) {
      assertRefused(
          () -> DEFAULTS.withValidationFraction(fraction),
          "validationFraction must be between 0 and 1, exclusive, but is " + fraction);
    }
    for (double norm : new double[] {0, -1, NAN}) {
      assertRefused(
          () -> DEFAULTS.withMaxGradientNorm(norm),
          "maxGradientNorm must be positive, but is " + norm);
    }
    for (double decay : new double[] {-1, NAN, INFINITY}) {
      assertRefused(
          () -> DEFAULTS.withWeightDecay(decay),
          "weightDecay must be zero or positive, but is " + decay);
    }
    for (double share : new double[] {-0.1, 1, NAN}) {
      assertRefused(
          () -> DEFAULTS.withAveraging(share),
          "averaging must be at least 0 and below 1, but is " + share);
    }
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
  }
}
