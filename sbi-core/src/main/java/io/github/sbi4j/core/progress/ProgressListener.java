package io.github.sbi4j.core.progress;

/** Hears how far a long piece of work is; called from one thread at a time. */
@FunctionalInterface
public interface ProgressListener {
  /** A listener that hears nothing. */
  ProgressListener NONE = progress -> {};

  /**
   * Called now and then while the work goes on and once at its end.
   *
   * @param progress what is done so far
   */
  void onProgress(Progress progress);
}
