package io.github.sbi4j.examples;

import io.github.sbi4j.core.progress.Progress;
import io.github.sbi4j.core.progress.ProgressListener;
import java.util.function.Supplier;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/** Shows progress as a bar on standard error, one bar for each task in turn. */
final class ConsoleProgress implements ProgressListener, AutoCloseable {
  private final Supplier<ProgressBarBuilder> bars;
  private @Nullable ProgressBar bar;

  /** Bars on standard error. */
  ConsoleProgress() {
    this(() -> ProgressBar.builder().setUpdateIntervalMillis(200));
  }

  /** Bars that nobody sees. */
  static ConsoleProgress silent() {
    return new ConsoleProgress(
        () -> ProgressBar.builder().setConsumer(new DelegatingProgressBarConsumer(line -> {})));
  }

  /** Bars that a builder makes. */
  ConsoleProgress(Supplier<ProgressBarBuilder> bars) {
    this.bars = bars;
  }

  @Override
  public synchronized void onProgress(Progress progress) {
    ProgressBar current = bar;
    if (current != null && !current.getTaskName().equals(progress.task())) {
      close();
      current = null;
    }
    if (current == null) {
      current = bars.get().setTaskName(progress.task()).setInitialMax(progress.total()).build();
      bar = current;
    }
    current.maxHint(progress.total()).stepTo(progress.done()).setExtraMessage(progress.detail());
    if (progress.finished()) {
      close();
    }
  }

  /** Ends the bar that is being drawn, as work that stops early leaves one. */
  @Override
  public synchronized void close() {
    ProgressBar current = bar;
    bar = null;
    if (current != null) {
      current.close();
    }
  }
}
