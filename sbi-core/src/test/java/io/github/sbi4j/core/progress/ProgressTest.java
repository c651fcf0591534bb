package io.github.sbi4j.core.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTest {
  @Test
  void tellsRateAndTimeLeft() {
    Progress progress = new Progress("simulating", 25, 100, Duration.ofSeconds(5), "");

    assertThat(progress.rate()).isEqualTo(5);
    assertThat(progress.remaining()).isEqualTo(Duration.ofSeconds(15));
    assertThat(progress.finished()).isFalse();
  }

  @Test
  void knowsWhatItCannotTell() {
    Progress start = new Progress("simulating", 0, 100, Duration.ZERO, "");
    assertThat(start.rate()).isZero();
    assertThat(start.remaining()).isZero();

    Progress endless = new Progress("training", 10, -1, Duration.ofSeconds(1), "loss 0.5");
    assertThat(endless.rate()).isEqualTo(10);
    assertThat(endless.remaining()).isZero();
    assertThat(endless.finished()).isFalse();
  }

  @Test
  void knowsTheEnd() {
    Progress end = new Progress("simulating", 100, 100, Duration.ofSeconds(1), "");
    assertThat(end.finished()).isTrue();
    assertThat(end.remaining()).isZero();
    ProgressListener.NONE.onProgress(end);
  }
}
