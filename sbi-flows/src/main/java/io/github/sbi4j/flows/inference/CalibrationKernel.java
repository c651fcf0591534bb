package io.github.sbi4j.flows.inference;

/**
 * How much a simulation counts, by how near its observation is to the one of interest.
 *
 * <p>The posterior is the same for any kernel that is positive there, because what is learned given
 * an observation does not depend on how often it is simulated; networks spend themselves on
 * observations that count. Lueckmann et al. (2017), <a
 * href="https://arxiv.org/abs/1711.01861">arXiv:1711.01861</a>.
 */
@FunctionalInterface
public interface CalibrationKernel {
  /**
   * {@return the weight of a simulation, zero or positive}
   *
   * @param observation what was simulated, L values
   */
  double weight(double[] observation);

  /**
   * The kernel exp(-sum<sub>j</sub> ((x<sub>j</sub> - observed<sub>j</sub>) /
   * width<sub>j</sub>)<sup>2</sup> / 2).
   *
   * @param observed the observation of interest, L values
   * @param widths L positive widths, in the units of the observed values
   * @return the kernel
   * @throws IllegalArgumentException if the numbers differ or a width is not positive
   */
  static CalibrationKernel gaussian(double[] observed, double[] widths) {
    if (observed.length != widths.length) {
      throw new IllegalArgumentException(
          "the kernel is around "
              + observed.length
              + " observed values, but has "
              + widths.length
              + " widths; give one for each");
    }
    for (int j = 0; j < widths.length; j++) {
      if (!(widths[j] > 0 && widths[j] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "width " + j + " is " + widths[j] + ", expected a positive number");
      }
    }
    double[] center = observed.clone();
    double[] scales = widths.clone();
    return observation -> {
      double sum = 0;
      for (int j = 0; j < center.length; j++) {
        double z = (observation[j] - center[j]) / scales[j];
        sum += z * z;
      }
      return Math.exp(-0.5 * sum);
    };
  }
}
