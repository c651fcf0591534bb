package io.github.sbi4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sbi4j.core.progress.Progress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import org.junit.jupiter.api.Test;

class ConsoleProgressTest {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final ConsoleProgress console =
      new ConsoleProgress(
          () ->
              ProgressBar.builder()
                  .setConsumer(new DelegatingProgressBarConsumer(lines::add, 120)));

  private void report(String task, long done, long total, String detail) {
    console.onProgress(new Progress(task, done, total, Duration.ofSeconds(1), detail));
  }

  @Test
  void endsWithAFullBarThatShowsTheDetail() {
    report("training", 1, 4, "loss 2.0");
    report("training", 4, 4, "loss 1.5");
    assertThat(lines.get(lines.size() - 1))
        .contains("training")
        .contains("100%")
        .contains("4/4")
        .contains("loss 1.5");
  }

  @Test
  void startsANewBarForANewTask() {
    report("training", 3, 10, "");
    report("sampling", 1, 5, "");
    console.close();
    assertThat(lines).anyMatch(line -> line.contains("training") && line.contains("3/10"));
    assertThat(lines.get(lines.size() - 1)).contains("sampling").contains("1/5");
  }

  @Test
  void followsATotalThatNobodyKnowsAtFirst() {
    report("simulating", 3, -1, "");
    report("simulating", 6, 12, "");
    console.close();
    assertThat(lines.get(lines.size() - 1)).contains("6/12");
  }

  @Test
  void closesTwiceWithoutHarm() {
    report("simulating", 1, 2, "");
    console.close();
    int drawn = lines.size();
    console.close();
    assertThat(lines).hasSize(drawn);
  }
}
