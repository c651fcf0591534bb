package io.github.sbi4j.flows.posterior;

import java.util.List;
import org.slf4j.Logger;

/** The checks of what is observed. */
final class Observations {
  private Observations() {}

  /**
   * Refuses observations of the wrong length or with values that are not finite, and warns of the
   * first that lies far outside what was simulated.
   *
   * @param log receives the warning
   * @param trained what was trained, for messages
   * @param range the range of the simulations, L values
   * @param trials M x L
   */
  static void check(Logger log, String trained, ObservationRange range, double[]... trials) {
    boolean warned = false;
    for (int m = 0; m < trials.length; m++) {
      String name = trials.length == 1 ? "the observation" : "trial " + m;
      double[] observation = trials[m];
      if (observation.length != range.low().size()) {
        throw new IllegalArgumentException(
            name
                + " has "
                + observation.length
                + " values, but the "
                + trained
                + " was trained on "
                + range.low().size());
      }
      for (int j = 0; j < observation.length; j++) {
        if (!Double.isFinite(observation[j])) {
          throw new IllegalArgumentException(
              (trials.length == 1 ? "" : name + ": ")
                  + "observed value "
                  + j
                  + " is "
                  + observation[j]
                  + ", expected finite values");
        }
      }
      List<Integer> far = range.farOutside(observation);
      if (!far.isEmpty() && !warned) {
        warned = true;
        int j = far.get(0);
        log.warn(
            "{}observed values {} lie far outside what was simulated, for example value {} is {} and simulations range from {} to {}: the"
                + " {} extrapolates; check the simulator and the prior",
            trials.length == 1 ? "" : name + ": ",
            far,
            j,
            observation[j],
            range.low().get(j),
            range.high().get(j),
            trained);
      }
    }
  }
}
