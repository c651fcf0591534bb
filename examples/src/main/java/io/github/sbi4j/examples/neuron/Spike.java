package io.github.sbi4j.examples.neuron;

import java.util.ArrayList;
import java.util.List;

/**
 * One action potential, the time the membrane spends above a detection level.
 *
 * @param rise when the potential crosses {@link #LEVEL} upwards, in ms, interpolated between two
 *     values
 * @param fall when it comes back below it, in ms; the end of the trace where it does not
 */
public record Spike(double rise, double fall) {
  /** The potential that a spike must cross, in mV. */
  public static final double LEVEL = -20;

  /**
   * The potential below which the next spike may begin, in mV; noise at the level must not count
   * twice.
   */
  public static final double RESET = -30;

  /** The time above the level, in ms. */
  public double width() {
    return fall - rise;
  }

  /**
   * Finds the spikes of a trace.
   *
   * @param trace the recorded potential; one that starts above the level has its first spike only
   *     after a reset
   * @return the spikes in order of time
   */
  public static List<Spike> detect(VoltageTrace trace) {
    List<Spike> spikes = new ArrayList<>();
    boolean armed = trace.potential(0) < LEVEL;
    double rise = Double.NaN;
    double fall = Double.NaN;
    for (int i = 1; i < trace.size(); i++) {
      double before = trace.potential(i - 1);
      double now = trace.potential(i);
      if (before < LEVEL && now >= LEVEL) {
        if (armed) {
          rise = crossing(trace, i);
          armed = false;
        }
        fall = Double.NaN;
      } else if (before >= LEVEL && now < LEVEL) {
        fall = crossing(trace, i);
      }
      if (!armed && now < RESET) {
        if (!Double.isNaN(rise)) {
          spikes.add(new Spike(rise, fall));
        }
        armed = true;
        rise = Double.NaN;
      }
    }
    if (!Double.isNaN(rise)) {
      spikes.add(new Spike(rise, Double.isNaN(fall) ? trace.time(trace.size() - 1) : fall));
    }
    return spikes;
  }

  private static double crossing(VoltageTrace trace, int i) {
    double before = trace.potential(i - 1);
    double part = (LEVEL - before) / (trace.potential(i) - before);
    return trace.time(i - 1) + part * (trace.time(i) - trace.time(i - 1));
  }
}
