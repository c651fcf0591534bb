package io.github.sbi4j.examples.choice;

import java.util.random.RandomGenerator;

/**
 * Values of a group of subjects: means and standard deviations of what its members have.
 *
 * @param drift the mean drift
 * @param effect how much more drift there is in the easy condition
 * @param logSeparation the mean log of the separation of the bounds
 * @param logitStart the mean logit of the relative start
 * @param logDelay the mean log of the delay
 * @param driftSd the deviation of drifts
 * @param logSeparationSd that of log separations
 * @param logitStartSd that of logits of starts
 * @param logDelaySd that of log delays
 */
public record DriftGroup(
    double drift,
    double effect,
    double logSeparation,
    double logitStart,
    double logDelay,
    double driftSd,
    double logSeparationSd,
    double logitStartSd,
    double logDelaySd) {
  /** The means of the priors of the first five values. */
  static final double[] MEANS = {1, 0.8, 0.3, 0, -1.2};

  /** The deviations of the priors of the first five values. */
  static final double[] SDS = {0.6, 0.4, 0.2, 0.2, 0.2};

  /** The scales of the half-normal priors of the deviations. */
  static final double[] SCALES = {0.4, 0.15, 0.15, 0.15};

  /** {@return a group in the middle of its prior} */
  public static DriftGroup typical() {
    return new DriftGroup(1, 0.8, 0.3, 0, -1.2, 0.3, 0.1, 0.1, 0.1);
  }

  /**
   * Draws a group from the prior of the model.
   *
   * @param random the source of chance
   * @return a group
   */
  public static DriftGroup draw(RandomGenerator random) {
    double[] m = new double[MEANS.length];
    for (int k = 0; k < m.length; k++) {
      m[k] = MEANS[k] + SDS[k] * random.nextGaussian();
    }
    double[] s = new double[SCALES.length];
    for (int k = 0; k < s.length; k++) {
      s[k] = SCALES[k] * Math.abs(random.nextGaussian());
    }
    return new DriftGroup(m[0], m[1], m[2], m[3], m[4], s[0], s[1], s[2], s[3]);
  }
}
