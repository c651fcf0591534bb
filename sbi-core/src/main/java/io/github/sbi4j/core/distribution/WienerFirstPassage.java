package io.github.sbi4j.core.distribution;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * When a Wiener process with drift first leaves an interval, and at which end: the drift-diffusion
 * model of choices between two alternatives and their reaction times (Ratcliff 1978).
 *
 * <p>The process starts at w a in (0, a), moves with drift v and unit variance, and a delay tau is
 * added to the time. The density of leaving at the lower end after u = t - tau is
 *
 * <p>f(t, lower) = a<sup>-2</sup> exp(-v a w - v<sup>2</sup> u / 2) f<sub>0</sub>(u / a<sup>2</sup>
 * | w)
 *
 * <p>and that of the upper end follows by -v and 1 - w. Of the two series for f<sub>0</sub> the
 * shorter one is summed, with as many terms as the time needs (Navarro and Fuss 2009, J. Math.
 * Psychol. 53:222). Draws are exact: intervals around the place where the process is, whose exit
 * times are drawn by {@link ExitTime}.
 */
public final class WienerFirstPassage {
  private final double drift;
  private final double separation;
  private final double start;
  private final double delay;

  private WienerFirstPassage(double drift, double separation, double start, double delay) {
    this.drift = drift;
    this.separation = separation;
    this.start = start;
    this.delay = delay;
  }

  /**
   * When the process left, and where.
   *
   * @param time the time, delay included
   * @param upper true at the upper end
   */
  public record Passage(double time, boolean upper) {}

  /**
   * The first passage of a process.
   *
   * @param drift v, any finite number
   * @param separation a, the distance between the two ends; other conventions give half of it
   * @param start w, the share of the distance at which the process starts, in (0, 1)
   * @param delay tau, the time that passes before it starts, not negative
   * @return the distribution
   * @throws IllegalArgumentException if a parameter is outside its range
   */
  public static WienerFirstPassage of(double drift, double separation, double start, double delay) {
    if (!Double.isFinite(drift)) {
      throw new IllegalArgumentException("drift is " + drift + ", expected a finite number");
    }
    Checks.positive("separation", separation);
    if (!(start > 0 && start < 1)) {
      throw new IllegalArgumentException(
          "start is " + start + ", expected a share of the separation between 0 and 1");
    }
    if (!(delay >= 0) || Double.isInfinite(delay)) {
      throw new IllegalArgumentException("delay is " + delay + ", expected 0 or more");
    }
    return new WienerFirstPassage(drift, separation, start, delay);
  }

  /** {@return the probability of leaving at the upper end} */
  public double upperProbability() {
    double v = drift;
    if (v == 0) {
      return start;
    }
    // Exponents are negative whatever the sign of the drift.
    return v > 0
        ? Math.expm1(-2 * v * separation * start) / Math.expm1(-2 * v * separation)
        : Math.exp(2 * v * separation * (1 - start))
            * Math.expm1(2 * v * separation * start)
            / Math.expm1(2 * v * separation);
  }

  /**
   * The log of the joint density of a time and an end.
   *
   * @param time t, delay included
   * @param upper true for the upper end
   * @return log f(t, end); -Infinity for times up to the delay; NaN for a time that is not a number
   */
  public double logDensity(double time, boolean upper) {
    return logDensity(time, upper, new double[4]);
  }

  /**
   * The log of the joint density of a time and an end, and its gradient in closed form.
   *
   * @param time t, delay included
   * @param upper true for the upper end
   * @param gradient receives the derivatives by drift, separation, start and delay; zeros where the
   *     density is zero
   * @return log f(t, end) as {@link #logDensity(double, boolean)} gives it
   */
  public double logDensity(double time, boolean upper, double[] gradient) {
    double u = time - delay;
    if (!(u > 0)) {
      return none(Double.isNaN(u) ? u : Double.NEGATIVE_INFINITY, gradient);
    }
    double sign = upper ? -1 : 1;
    double v = sign * drift;
    double w = upper ? 1 - start : start;
    double a = separation;
    double scaled = u / (a * a);
    double driftless = DriftlessPassage.logDensity(scaled, w, gradient);
    double log = driftless - v * a * w - v * v * u / 2 - 2 * Math.log(a);
    // Not a number where parts overflow, which is far from any time that occurs.
    if (!(log > Double.NEGATIVE_INFINITY)) {
      return none(Double.NEGATIVE_INFINITY, gradient);
    }
    double byScaled = gradient[0];
    double byStart = gradient[1];
    gradient[0] = sign * (-a * w - v * u);
    gradient[1] = -2 * (byScaled * scaled + 1) / a - v * w;
    gradient[2] = sign * (byStart - v * a);
    gradient[3] = v * v / 2 - byScaled / (a * a);
    return log;
  }

  private static double none(double log, double[] gradient) {
    Arrays.fill(gradient, 0);
    return log;
  }

  /**
   * Draws a passage.
   *
   * @param random the source of chance
   * @return when and where the process left
   */
  public Passage sample(RandomGenerator random) {
    double x = start * separation;
    double time = delay;
    while (true) {
      double radius = Math.min(x, separation - x);
      boolean nearLower = x <= separation - x;
      boolean nearUpper = x >= separation - x;
      time += radius * radius * ExitTime.sample(Math.abs(drift) * radius, random);
      // The end is independent of the time.
      boolean up = random.nextDouble() < 1 / (1 + Math.exp(-2 * drift * radius));
      if (up ? nearUpper : nearLower) {
        return new Passage(time, up);
      }
      x += up ? radius : -radius;
    }
  }

  @Override
  public String toString() {
    return "WienerFirstPassage(drift="
        + drift
        + ", separation="
        + separation
        + ", start="
        + start
        + ", delay="
        + delay
        + ")";
  }
}
