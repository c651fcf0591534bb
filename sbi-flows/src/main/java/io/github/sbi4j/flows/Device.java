package io.github.sbi4j.flows;

import io.github.sbi4j.flows.tensor.Engine;
import io.github.sbi4j.flows.tensor.cpu.CpuEngine;
import io.github.sbi4j.flows.tensor.djl.DjlEngine;

/** Where networks are trained and evaluated. */
public enum Device {
  /** The processor, in plain Java without native code. */
  CPU,
  /** The processor, by PyTorch. */
  TORCH,
  /**
   * The first NVIDIA GPU, by PyTorch. Networks of a few thousand weights are often faster on the
   * processor.
   */
  CUDA;

  private static final Device PROCESSOR =
      "torch".equals(System.getProperty("sbi4j.cpu")) ? TORCH : CPU;

  /**
   * {@return the processor, by the engine that is fastest there; by PyTorch in a JVM started with
   * {@code -Dsbi4j.cpu=torch}, to compare the two without a change of code}
   */
  public static Device cpu() {
    return PROCESSOR;
  }

  /** {@return the processor, by PyTorch} */
  public static Device torch() {
    return TORCH;
  }

  /** {@return the first NVIDIA GPU; asking for its engine where there is none is an error} */
  public static Device cuda() {
    return CUDA;
  }

  /**
   * The engine of this device, started on first use.
   *
   * @return the engine
   * @throws IllegalStateException if this is {@link #CUDA} and there is no GPU
   */
  public Engine engine() {
    return switch (this) {
      case CPU -> CpuEngine.get();
      case TORCH -> DjlEngine.cpu();
      case CUDA -> DjlEngine.cuda();
    };
  }
}
