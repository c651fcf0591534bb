package io.github.sbi4j.flows.tensor.djl;

import ai.djl.pytorch.jni.JniUtils;

/**
 * Whether PyTorch records on this thread, for a while; its own default differs from thread to
 * thread.
 */
final class GradientMode implements AutoCloseable {
  private final boolean before = JniUtils.isGradMode();

  private GradientMode(boolean on) {
    JniUtils.setGradMode(on);
  }

  static GradientMode on() {
    return new GradientMode(true);
  }

  static GradientMode off() {
    return new GradientMode(false);
  }

  @Override
  public void close() {
    JniUtils.setGradMode(before);
  }
}
