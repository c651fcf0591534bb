package io.github.sbi4j.core.mcmc;

/**
 * Chooses the kernel of each step of one chain: learns during the warm-up, then stands still.
 * Mutable; one for each chain.
 *
 * @param <T> what its kernels need of a target
 */
public interface Adaptation<T extends LogDensity> {
  /** {@return the kernel for the next step} */
  Kernel<T> kernel();

  /**
   * Learns from a step of the warm-up.
   *
   * @param step what the kernel gave
   */
  void observe(Step step);

  /** {@return how many steps of the warm-up are done; steps beyond its plan do not count} */
  int steps();

  /** {@return true once the warm-up is over; the kernel then stays the same} */
  boolean finished();
}
