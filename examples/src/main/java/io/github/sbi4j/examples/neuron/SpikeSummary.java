package io.github.sbi4j.examples.neuron;

import java.util.List;

/**
 * What the response to a current step is reduced to.
 *
 * <p>Every value is finite for every finite trace: without a spike during the step the latency is
 * the length of the step, as if the first spike came when the current ends, and the width is 0.
 *
 * @param spikeCount the number of spikes that begin during the step
 * @param spikeRate the same per second of the step, in Hz
 * @param restMean the mean potential in the second half of the time before the step, in mV
 * @param restDeviation the standard deviation of that potential, in mV
 * @param stepMean the mean potential during the step, in mV
 * @param stepDeviation the standard deviation of that potential, in mV
 * @param latency the time from the onset of the current to the first spike, in ms
 * @param spikeWidth the mean width of the spikes, in ms
 */
public record SpikeSummary(
    double spikeCount,
    double spikeRate,
    double restMean,
    double restDeviation,
    double stepMean,
    double stepDeviation,
    double latency,
    double spikeWidth) {
  private static final List<String> NAMES =
      List.of(
          "spike_count", "rest_mean", "rest_sd", "step_mean", "step_sd", "latency", "spike_width");

  /** The names of the values of {@link #toArray}. */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * Reduces a trace.
   *
   * @param trace the recorded potential
   * @param step the current that was injected
   * @return the summary
   */
  public static SpikeSummary of(VoltageTrace trace, CurrentStep step) {
    List<Spike> spikes =
        Spike.detect(trace).stream()
            .filter(spike -> spike.rise() >= step.onset() && spike.rise() < step.offset())
            .toList();
    double[] rest = meanAndDeviation(trace, step.onset() / 2, step.onset());
    double[] driven = meanAndDeviation(trace, step.onset(), step.offset());
    return new SpikeSummary(
        spikes.size(),
        spikes.size() / (step.duration() / 1000),
        rest[0],
        rest[1],
        driven[0],
        driven[1],
        spikes.isEmpty() ? step.duration() : spikes.get(0).rise() - step.onset(),
        spikes.stream().mapToDouble(Spike::width).average().orElse(0));
  }

  /**
   * The observation for the inference, L = 7 values in the order of {@link #names}; the rate is the
   * count in other units.
   */
  public double[] toArray() {
    return new double[] {
      spikeCount, restMean, restDeviation, stepMean, stepDeviation, latency, spikeWidth
    };
  }

  private static double[] meanAndDeviation(VoltageTrace trace, double from, double to) {
    int first = trace.indexAt(from);
    int end = trace.indexAt(to);
    if (end - first < 2) {
      throw new IllegalArgumentException(
          "the trace has "
              + Math.max(0, end - first)
              + " values between "
              + from
              + " and "
              + to
              + " ms; a mean and a deviation need 2: record longer or at a smaller time step");
    }
    double sum = 0;
    for (int i = first; i < end; i++) {
      sum += trace.potential(i);
    }
    double mean = sum / (end - first);
    double squares = 0;
    for (int i = first; i < end; i++) {
      double distance = trace.potential(i) - mean;
      squares += distance * distance;
    }
    return new double[] {mean, Math.sqrt(squares / (end - first))};
  }
}
