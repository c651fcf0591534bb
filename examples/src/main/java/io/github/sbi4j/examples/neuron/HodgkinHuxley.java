package io.github.sbi4j.examples.neuron;

import io.github.sbi4j.core.simulation.Simulator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The Hodgkin-Huxley equations of a cortical neuron under a current step: D = 3 parameters to L = 7
 * summaries.
 *
 * <p>The potential V in mV follows
 *
 * <pre>
 *   C dV/dt = -g_leak (V - E_L) - g_Na m^3 h (V - E_Na) - g_K n^4 (V - E_K) + I(t) + noise
 *   dq/dt   = alpha_q(V) (1 - q) - beta_q(V) q         for q in m, h, n
 * </pre>
 *
 * <p>with C = 1 uF/cm<sup>2</sup>, E_Na = 53 mV, E_K = -107 mV, g_leak = 0.1 mS/cm<sup>2</sup> and
 * the rates of {@link ChannelRates} at V<sub>T</sub> = -60 mV. The parameters are the maximal
 * conductances {@code g_Na} and {@code g_K} in mS/cm<sup>2</sup> and the leak's reversal potential
 * {@code E_L} in mV. The noise is a white current.
 *
 * <p>The neuron starts at E_L with its gates at rest. Time is discretised as in M. Hines,
 * <i>Efficient computation of branched nerve equations</i>, International Journal of Bio-Medical
 * Computing 15 (1984) 69-76: the gates live half a time step away from the potential, and each
 * follows its linear equation exactly while the other is held (the exponential Euler step). This is
 * second order at the price of a first-order scheme, and stable for any step.
 *
 * <p>Immutable and safe for use from many threads.
 */
public final class HodgkinHuxley implements Simulator {
  private static final List<String> PARAMETERS = List.of("g_Na", "g_K", "E_L");
  private static final double CAPACITANCE = 1;
  private static final double SODIUM_REVERSAL = 53;
  private static final double POTASSIUM_REVERSAL = -107;
  private static final double LEAK_CONDUCTANCE = 0.1;
  private static final ChannelRates RATES = new ChannelRates(-60);

  private final CurrentStep step;
  private final double timeStep;
  private final double noise;

  private HodgkinHuxley(CurrentStep step, double timeStep, double noise) {
    this.step = step;
    this.timeStep = timeStep;
    this.noise = noise;
  }

  /** The neuron under 4 uA/cm<sup>2</sup> from 20 to 100 of 120 ms, at a time step of 0.02 ms. */
  public static HodgkinHuxley defaults() {
    return new HodgkinHuxley(new CurrentStep(4, 20, 80, 20), 0.02, 0.5);
  }

  /** The names of the parameters: g_Na, g_K, E_L. */
  public static List<String> parameterNames() {
    return PARAMETERS;
  }

  /** The same neuron under another current. */
  public HodgkinHuxley withStep(CurrentStep value) {
    return new HodgkinHuxley(value, timeStep, noise);
  }

  /** The same neuron integrated at another time step, in ms. */
  public HodgkinHuxley withTimeStep(double value) {
    if (!(value > 0 && value <= 0.1)) {
      throw new IllegalArgumentException(
          "the time step is " + value + " ms; spikes need one in (0, 0.1] ms");
    }
    return new HodgkinHuxley(step, value, noise);
  }

  /**
   * The same neuron with another intensity of the white current, in uA/cm<sup>2</sup>
   * ms<sup>1/2</sup>; 0 for none.
   */
  public HodgkinHuxley withNoise(double value) {
    if (!(value >= 0)) {
      throw new IllegalArgumentException("the noise is " + value + "; expected 0 or more");
    }
    return new HodgkinHuxley(step, timeStep, value);
  }

  /** The current that is injected. */
  public CurrentStep step() {
    return step;
  }

  @Override
  public double[] simulate(double[] parameters, RandomGenerator random) {
    return SpikeSummary.of(trace(parameters, random), step).toArray();
  }

  /**
   * Integrates the equations.
   *
   * @param parameters g_Na and g_K in mS/cm<sup>2</sup>, not negative, and E_L in mV
   * @param random the source of the noise; not used without noise
   * @return the potential at every time step from 0 to the end of the recording
   */
  public VoltageTrace trace(double[] parameters, RandomGenerator random) {
    check(parameters);
    double sodium = parameters[0];
    double potassium = parameters[1];
    double leakReversal = parameters[2];
    double v = leakReversal;
    double m = steadyState(RATES.openM(v), RATES.closeM(v));
    double h = steadyState(RATES.openH(v), RATES.closeH(v));
    double n = steadyState(RATES.openN(v), RATES.closeN(v));
    double kick = noise / Math.sqrt(timeStep);

    double[] potentials = new double[(int) Math.round(step.total() / timeStep) + 1];
    potentials[0] = v;
    for (int i = 1; i < potentials.length; i++) {
      // The first gate step is half as long, which sets the gates half a step ahead of the
      // potential.
      double gateStep = i == 1 ? timeStep / 2 : timeStep;
      m = relax(m, RATES.openM(v), RATES.closeM(v), gateStep);
      h = relax(h, RATES.openH(v), RATES.closeH(v), gateStep);
      n = relax(n, RATES.openN(v), RATES.closeN(v), gateStep);
      double sodiumOpen = sodium * m * m * m * h;
      double potassiumOpen = potassium * n * n * n * n;
      double conductance = LEAK_CONDUCTANCE + sodiumOpen + potassiumOpen;
      double current =
          step.at((i - 0.5) * timeStep) + (noise > 0 ? kick * random.nextGaussian() : 0);
      double target =
          (LEAK_CONDUCTANCE * leakReversal
                  + sodiumOpen * SODIUM_REVERSAL
                  + potassiumOpen * POTASSIUM_REVERSAL
                  + current)
              / conductance;
      v = target + (v - target) * Math.exp(-timeStep * conductance / CAPACITANCE);
      potentials[i] = v;
    }
    return VoltageTrace.copyOf(timeStep, potentials);
  }

  private static double steadyState(double open, double close) {
    return open / (open + close);
  }

  /** The gate after a time at constant rates. */
  private static double relax(double gate, double open, double close, double time) {
    double target = steadyState(open, close);
    return target + (gate - target) * Math.exp(-time * (open + close));
  }

  private static void check(double[] parameters) {
    if (parameters.length != PARAMETERS.size()) {
      throw new IllegalArgumentException(
          parameters.length
              + " parameters given; the neuron takes "
              + PARAMETERS.size()
              + ": "
              + PARAMETERS);
    }
    if (!(parameters[0] >= 0 && parameters[1] >= 0 && Double.isFinite(parameters[2]))) {
      throw new IllegalArgumentException(
          "g_Na = "
              + parameters[0]
              + ", g_K = "
              + parameters[1]
              + ", E_L = "
              + parameters[2]
              + "; conductances must not be negative and E_L must be finite");
    }
  }
}
