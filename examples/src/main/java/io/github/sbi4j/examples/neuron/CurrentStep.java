package io.github.sbi4j.examples.neuron;

/**
 * A constant current injected for a while into a neuron that rests before and after.
 *
 * @param density the current per membrane area while it is on, in uA/cm<sup>2</sup>
 * @param onset when it is switched on, in ms, positive
 * @param duration how long it stays on, in ms, positive
 * @param tail how long the neuron is watched afterwards, in ms, not negative
 */
public record CurrentStep(double density, double onset, double duration, double tail) {
  /** Checks that the times make sense. */
  public CurrentStep {
    if (!(onset > 0 && duration > 0 && tail >= 0)) {
      throw new IllegalArgumentException(
          "the current step has onset "
              + onset
              + " ms, duration "
              + duration
              + " ms and tail "
              + tail
              + " ms; onset and duration must be positive and the tail not negative");
    }
  }

  /** When the current is switched off, in ms. */
  public double offset() {
    return onset + duration;
  }

  /** The length of the whole recording, in ms. */
  public double total() {
    return offset() + tail;
  }

  /** The current at a time in ms, in uA/cm<sup>2</sup>. */
  public double at(double time) {
    return time >= onset && time < offset() ? density : 0;
  }
}
