package io.github.sbi4j.examples.neuron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.random.RandomStreams;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HodgkinHuxleyTest {
  private static final double[] TYPICAL = {50, 5, -70};
  private static final HodgkinHuxley NEURON = HodgkinHuxley.defaults();
  private static final HodgkinHuxley QUIET = NEURON.withNoise(0);

  private static RandomGenerator random(long row) {
    return RandomStreams.of(20240501, row);
  }

  private static double rmsError(double[] parameters, double timeStep) {
    VoltageTrace trace = QUIET.withTimeStep(timeStep).trace(parameters, random(0));
    VoltageTrace reference = ReferenceNeuron.trace(parameters, QUIET.step(), timeStep);
    assertThat(trace.size()).isEqualTo(reference.size());
    return Math.sqrt(
        IntStream.range(0, trace.size())
            .mapToDouble(i -> Math.pow(trace.potential(i) - reference.potential(i), 2))
            .average()
            .orElseThrow());
  }

  @ParameterizedTest
  @CsvSource({"50, 5, -70, 8", "20, 2, -75, 8", "70, 1, -60, 1", "5, 5, -80, 5", "50, 5, -100, 0"})
  void followsAnAdaptiveHighOrderSolution(
      double sodium, double potassium, double leakReversal, int spikeCount) {
    double[] parameters = {sodium, potassium, leakReversal};
    VoltageTrace trace = QUIET.trace(parameters, random(0));
    VoltageTrace reference = ReferenceNeuron.trace(parameters, QUIET.step(), 0.02);

    List<Spike> spikes = Spike.detect(trace);
    List<Spike> expected = Spike.detect(reference);
    assertThat(expected).hasSize(spikeCount);
    assertThat(spikes).hasSize(spikeCount);
    for (int i = 0; i < spikeCount; i++) {
      assertThat(spikes.get(i).rise()).isCloseTo(expected.get(i).rise(), within(0.03));
      assertThat(spikes.get(i).width()).isCloseTo(expected.get(i).width(), within(0.03));
    }
    // A spike rises at more than 200 mV/ms, so that the potential is held to what the spike times
    // allow.
    assertThat(rmsError(parameters, 0.02)).isLessThan(1);
  }

  @Test
  void convergesAtSecondOrder() {
    double coarse = rmsError(TYPICAL, 0.01);
    double fine = rmsError(TYPICAL, 0.005);
    assertThat(fine).isLessThan(0.06);
    assertThat(coarse / fine).isBetween(3.8, 4.2);
  }

  @Test
  void isExactForAPassiveMembrane() {
    VoltageTrace trace = QUIET.trace(new double[] {0, 0, -70}, random(0));
    CurrentStep step = QUIET.step();
    for (int i = 0; i < trace.size(); i++) {
      double rise =
          1 - Math.exp(-0.1 * Math.min(Math.max(0, trace.time(i) - step.onset()), step.duration()));
      double decay = Math.exp(-0.1 * Math.max(0, trace.time(i) - step.offset()));
      assertThat(trace.potential(i)).isCloseTo(-70 + 4 / 0.1 * rise * decay, within(1e-9));
    }
  }

  /**
   * The potential of a passive membrane is an Ornstein-Uhlenbeck process with variance s^2 / (2
   * g_leak C).
   */
  @Test
  void noiseHasTheVarianceOfTheStationaryProcess() {
    HodgkinHuxley noisy = NEURON.withStep(new CurrentStep(0, 20, 20_000, 0));
    VoltageTrace trace = noisy.trace(new double[] {0, 0, -70}, random(1));
    double deviation = SpikeSummary.of(trace, noisy.step()).stepDeviation();
    // With a relaxation time of 10 ms the variance's relative standard error is sqrt(2 * 10 / 20
    // 000), so that the
    // deviation's is 0.018 mV and the band four of them: a false alarm in 16 000 seeds.
    assertThat(deviation).isCloseTo(Math.sqrt(0.5 * 0.5 / (2 * 0.1)), within(0.07));
  }

  @Test
  void repeatsWithTheStreamAndOnlyThen() {
    assertThat(NEURON.simulate(TYPICAL, random(1))).isEqualTo(NEURON.simulate(TYPICAL, random(1)));
    assertThat(NEURON.simulate(TYPICAL, random(1)))
        .isNotEqualTo(NEURON.simulate(TYPICAL, random(2)));
    assertThat(QUIET.simulate(TYPICAL, random(1))).isEqualTo(QUIET.simulate(TYPICAL, random(2)));
  }

  @Test
  void summariesAreFiniteAllOverTheBox() {
    double[] low = {0, 0, -100};
    double[] high = {120, 30, -40};
    for (int corner = 0; corner < 8; corner++) {
      double[] parameters = new double[3];
      for (int d = 0; d < 3; d++) {
        parameters[d] = (corner >> d & 1) == 0 ? low[d] : high[d];
      }
      assertThat(Arrays.stream(NEURON.simulate(parameters, random(corner))))
          .hasSize(7)
          .allMatch(Double::isFinite);
    }
  }

  @Test
  void everyParameterMovesTheSummaries() {
    double[] typical = QUIET.simulate(TYPICAL, random(0));
    assertThat(QUIET.simulate(new double[] {45, 5, -70}, random(0))).isNotEqualTo(typical);
    assertThat(QUIET.simulate(new double[] {50, 6, -70}, random(0))).isNotEqualTo(typical);
    assertThat(QUIET.simulate(new double[] {50, 5, -71}, random(0))[1])
        .isCloseTo(typical[1] - 1, within(1e-2));
  }

  @Test
  void rejectsParametersThatMakeNoNeuron() {
    assertThatThrownBy(() -> NEURON.simulate(new double[] {50, 5}, random(0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 parameters given")
        .hasMessageContaining("[g_Na, g_K, E_L]");
    assertThatThrownBy(() -> NEURON.simulate(new double[] {-1, 5, -70}, random(0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("g_Na = -1.0")
        .hasMessageContaining("must not be negative");
    assertThatThrownBy(() -> NEURON.simulate(new double[] {1, 5, Double.NaN}, random(0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("E_L = NaN");
  }

  @Test
  void rejectsSettingsThatMakeNoSense() {
    assertThatThrownBy(() -> NEURON.withTimeStep(0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0.5 ms")
        .hasMessageContaining("(0, 0.1]");
    assertThatThrownBy(() -> NEURON.withNoise(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1.0")
        .hasMessageContaining("0 or more");
  }
}
