package io.github.sbi4j.examples.neuron;

/** A membrane potential recorded at equal time steps. */
public final class VoltageTrace {
  private final double timeStep;
  private final double[] millivolts;

  private VoltageTrace(double timeStep, double[] millivolts) {
    this.timeStep = timeStep;
    this.millivolts = millivolts;
  }

  /**
   * A trace from values, copied.
   *
   * @param timeStep the time between two values, in ms
   * @param millivolts the potential at times 0, timeStep, 2 timeStep, ..., in mV
   * @return the trace
   */
  public static VoltageTrace copyOf(double timeStep, double[] millivolts) {
    if (!(timeStep > 0) || millivolts.length == 0) {
      throw new IllegalArgumentException(
          "a trace of "
              + millivolts.length
              + " values at a time step of "
              + timeStep
              + " ms; it needs a value and a positive step");
    }
    return new VoltageTrace(timeStep, millivolts.clone());
  }

  /** The number of values. */
  public int size() {
    return millivolts.length;
  }

  /** The time of value i, in ms. */
  public double time(int i) {
    return i * timeStep;
  }

  /** The potential of value i, in mV. */
  public double potential(int i) {
    return millivolts[i];
  }

  /** The first value at or after a time in ms, at most {@link #size}. */
  public int indexAt(double time) {
    // The small slack keeps a time that is a multiple of the step on that multiple.
    return (int) Math.min(size(), Math.max(0, Math.ceil(time / timeStep - 1e-9)));
  }

  /** A copy of the times, in ms. */
  public double[] times() {
    double[] times = new double[size()];
    for (int i = 0; i < times.length; i++) {
      times[i] = time(i);
    }
    return times;
  }

  /** A copy of the potentials, in mV. */
  public double[] potentials() {
    return millivolts.clone();
  }
}
