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
 * shorter one is summed, to an error of 10<sup>-14</sup> (Navarro and Fuss 2009, J. Math. Psychol.
 * 53:222). Draws are exact: intervals around the place where the process is, whose exit times are
 * drawn by {@link ExitTime}.
 */
public final class WienerFirstPassage {
  private static final double ERROR = 1e-14;

  /** Where slopes change from the one series to the other; both have converged there. */
  private static final double LARGE_TIME = 0.5;

  /** With so many terms to either side nothing is left of the slopes of either series. */
  private static final int SLOPE_TERMS = 4;

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
    double u = time - delay;
    if (Double.isNaN(u)) {
      return Double.NaN;
    }
    if (u <= 0 || Double.isInfinite(u)) {
      return Double.NEGATIVE_INFINITY;
    }
    double v = upper ? -drift : drift;
    double w = upper ? 1 - start : start;
    double scaled = u / (separation * separation);
    return logWithoutDrift(scaled, w)
        - v * separation * w
        - v * v * u / 2
        - 2 * Math.log(separation);
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
    double log = logDensity(time, upper);
    if (!(log > Double.NEGATIVE_INFINITY)) {
      Arrays.fill(gradient, 0);
      return log;
    }
    double u = time - delay;
    double sign = upper ? -1 : 1;
    double v = sign * drift;
    double w = upper ? 1 - start : start;
    double a = separation;
    double scaled = u / (a * a);
    double[] slopes = slopesWithoutDrift(scaled, w);
    gradient[0] = sign * (-a * w - v * u);
    gradient[1] = -2 * (slopes[0] * scaled + 1) / a - v * w;
    gradient[2] = sign * (slopes[1] - v * a);
    gradient[3] = v * v / 2 - slopes[0] / (a * a);
    return log;
  }

  /** The derivatives of log f<sub>0</sub>(s | w) by s and w, term by term. */
  private static double[] slopesWithoutDrift(double s, double w) {
    double sum = 0;
    double byTime = 0;
    double byStart = 0;
    if (s < LARGE_TIME) {
      for (int k = -SLOPE_TERMS; k <= SLOPE_TERMS; k++) {
        double x = w + 2 * k;
        double share = Math.exp((w * w - x * x) / (2 * s));
        sum += x * share;
        byTime += x * x * x * share;
        byStart += (1 - x * x / s) * share;
      }
      return new double[] {byTime / (2 * s * s * sum) - 1.5 / s, byStart / sum};
    }
    for (int k = 1; k <= 2 * SLOPE_TERMS; k++) {
      double share = k * Math.exp((1 - (double) k * k) * Math.PI * Math.PI * s / 2);
      double sine = Math.sin(k * Math.PI * w);
      sum += share * sine;
      byTime += share * k * k * sine;
      byStart += share * k * Math.PI * Math.cos(k * Math.PI * w);
    }
    return new double[] {-Math.PI * Math.PI / 2 * byTime / sum, byStart / sum};
  }

  /** log f<sub>0</sub>(s | w): the lower end of the unit interval, without drift. */
  private static double logWithoutDrift(double s, double w) {
    double root = Math.sqrt(2 * Math.PI * s);
    double small = 2;
    if (2 * root * ERROR < 1) {
      small = 2 + Math.sqrt(-2 * s * Math.log(2 * ERROR * root));
      small = Math.max(small, Math.sqrt(s) + 1);
    }
    double large = 1 / (Math.PI * Math.sqrt(s));
    if (Math.PI * s * ERROR < 1) {
      large =
          Math.max(large, Math.sqrt(-2 * Math.log(Math.PI * s * ERROR) / (Math.PI * Math.PI * s)));
    }
    return small < large ? logSmallTime(s, w, small) : logLargeTime(s, w, large);
  }

  /** Terms relative to the first one, which may itself be too small for a double. */
  private static double logSmallTime(double s, double w, double terms) {
    int bound = (int) Math.ceil((terms - 1) / 2);
    double sum = w;
    for (int k = 1; k <= bound; k++) {
      for (double x : new double[] {w + 2 * k, w - 2 * k}) {
        sum += x * Math.exp((w * w - x * x) / (2 * s));
      }
    }
    return Math.log(sum) - w * w / (2 * s) - 0.5 * Math.log(2 * Math.PI) - 1.5 * Math.log(s);
  }

  private static double logLargeTime(double s, double w, double terms) {
    double unit = Math.PI * Math.PI * s / 2;
    double sum = 0;
    for (int k = 1; k <= Math.ceil(terms); k++) {
      sum += k * Math.exp((1 - (double) k * k) * unit) * Math.sin(k * Math.PI * w);
    }
    return Math.log(sum) - unit + Math.log(Math.PI);
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
