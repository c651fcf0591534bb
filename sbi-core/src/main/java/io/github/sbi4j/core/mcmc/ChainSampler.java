package io.github.sbi4j.core.mcmc;

/**
 * A way of sampling: kernels and their adaptation, as settings. Immutable; {@link Slice}, {@link
 * Hmc} and {@link Nuts} are some.
 *
 * @param <T> what it needs of a target: {@link LogDensity} or {@link DifferentiableLogDensity}
 */
public interface ChainSampler<T extends LogDensity> {
  /**
   * The adaptation of a new chain.
   *
   * @param dimension the number of coordinates, D
   * @param warmUp the number of steps in which to learn, which may be zero
   * @return an adaptation at its beginning
   */
  Adaptation<T> adaptation(int dimension, int warmUp);
}
