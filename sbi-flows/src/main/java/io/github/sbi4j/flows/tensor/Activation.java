package io.github.sbi4j.flows.tensor;

/** A function applied to each value of a layer's output. */
public enum Activation {
  /** x. */
  IDENTITY,
  /** max(0, x). */
  RELU,
  /** The hyperbolic tangent of x. */
  TANH,
  /** x for positive x, e<sup>x</sup> - 1 otherwise. */
  ELU,
  /** x Phi(x), the Gaussian error linear unit. */
  GELU
}
