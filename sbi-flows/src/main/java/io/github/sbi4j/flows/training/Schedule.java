package io.github.sbi4j.flows.training;

/** How the learning rate changes while training goes on. */
public enum Schedule {
  /** It stays as it is. */
  CONSTANT,
  /**
   * It is divided each time the validation loss stops improving; training ends when it stops
   * improving for good.
   */
  PLATEAU,
  /**
   * It falls along half a cosine to zero over the maximum number of epochs, which has to be set.
   */
  COSINE
}
