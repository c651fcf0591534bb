package io.github.sbi4j.flows.tensor.cpu.kernel;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses the kernels once. */
final class KernelChoice {
  private static final Logger LOG = LoggerFactory.getLogger(Kernels.class);

  static final Kernels CHOSEN = choose();

  private KernelChoice() {}

  private static Kernels choose() {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
      return vectorKernels();
    }
    LOG.info(
        "the Vector API is not there, so networks run on scalar loops, several times slower; start the JVM with"
            + " --add-modules jdk.incubator.vector");
    return new ScalarKernels();
  }

  /** By name, so that nothing needs the module unless it is there. */
  private static Kernels vectorKernels() {
    try {
      Class<?> type = Class.forName(KernelChoice.class.getPackageName() + ".VectorKernels");
      return (Kernels) type.getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the vector kernels are missing from the jar", e);
    }
  }
}
