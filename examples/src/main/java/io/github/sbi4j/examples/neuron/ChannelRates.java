package io.github.sbi4j.examples.neuron;

/**
 * The opening and closing rates of the sodium and potassium channels of a cortical neuron, in 1/ms,
 * as functions of the potential V in mV.
 *
 * <p>With the spike threshold V<sub>T</sub> and x = V - V<sub>T</sub>:
 *
 * <pre>
 *   alpha_m = -0.32 (x - 13) / (exp(-(x - 13) / 4) - 1)    beta_m = 0.28 (x - 40) / (exp((x - 40) / 5) - 1)
 *   alpha_h = 0.128 exp(-(x - 17) / 18)                    beta_h = 4 / (1 + exp(-(x - 40) / 5))
 *   alpha_n = -0.032 (x - 15) / (exp(-(x - 15) / 5) - 1)   beta_n = 0.5 exp(-(x - 10) / 40)
 * </pre>
 *
 * <p>Three of them have the form 0/0 at one potential; the limit is taken there. From Traub and
 * Miles (1991), in the form of M. Pospischil et al., <i>Minimal Hodgkin-Huxley type models for
 * different classes of cortical and thalamic neurons</i>, Biological Cybernetics 99 (2008) 427-441;
 * the scheme itself is A. L. Hodgkin and A. F. Huxley, Journal of Physiology 117 (1952) 500-544.
 *
 * @param threshold V<sub>T</sub> in mV, which shifts all the curves together
 */
public record ChannelRates(double threshold) {
  /**
   * Below this three terms of the series are exact to a double's precision, while the quotient
   * loses digits to cancellation.
   */
  private static final double SERIES_LIMIT = 1e-3;

  /** The rate at which sodium activation gates open at potential v. */
  public double openM(double v) {
    return 0.32 * 4 * linoid(-(v - threshold - 13) / 4);
  }

  /** The rate at which sodium activation gates close at potential v. */
  public double closeM(double v) {
    return 0.28 * 5 * linoid((v - threshold - 40) / 5);
  }

  /** The rate at which sodium inactivation gates open at potential v. */
  public double openH(double v) {
    return 0.128 * Math.exp(-(v - threshold - 17) / 18);
  }

  /** The rate at which sodium inactivation gates close at potential v. */
  public double closeH(double v) {
    return 4 / (1 + Math.exp(-(v - threshold - 40) / 5));
  }

  /** The rate at which potassium gates open at potential v. */
  public double openN(double v) {
    return 0.032 * 5 * linoid(-(v - threshold - 15) / 5);
  }

  /** The rate at which potassium gates close at potential v. */
  public double closeN(double v) {
    return 0.5 * Math.exp(-(v - threshold - 10) / 40);
  }

  /** The function z / (exp(z) - 1), with its limit 1 - z/2 + z<sup>2</sup>/12 near 0. */
  static double linoid(double z) {
    return Math.abs(z) < SERIES_LIMIT ? 1 - z / 2 + z * z / 12 : z / (Math.exp(z) - 1);
  }
}
