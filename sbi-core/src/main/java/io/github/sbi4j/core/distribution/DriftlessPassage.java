package io.github.sbi4j.core.distribution;

/**
 * The density f<sub>0</sub>(s | w) of the time s at which a Wiener process without drift, started
 * at w, leaves the unit interval at zero, with the slopes of its logarithm:
 *
 * <p>f<sub>0</sub> = (2 &pi; s<sup>3</sup>)<sup>-1/2</sup> &sum;<sub>k</sub> (w + 2k) exp(-(w +
 * 2k)<sup>2</sup> / 2s) = &pi; &sum;<sub>k&gt;0</sub> k exp(-k<sup>2</sup> &pi;<sup>2</sup> s / 2)
 * sin(k &pi; w).
 *
 * <p>The first series serves short times, the second long ones. Each is summed relative to its
 * first term, which may itself be too small for a double, until terms are negligible: after six or
 * fewer. Terms follow from those before by products, so that a density takes two exponentials, or
 * one with a sine and a cosine.
 */
final class DriftlessPassage {
  /** Where the series change: both need few terms here. */
  private static final double LONG = 0.3;

  /** Even times the polynomial before it, a term of this weight changes no digit. */
  private static final double NEGLIGIBLE = 1e-20;

  private DriftlessPassage() {}

  /**
   * The log-density and its slopes.
   *
   * @param s the time, not negative
   * @param w the start, in (0, 1)
   * @param slopes receives the derivatives by s and w in its first two elements
   * @return log f<sub>0</sub>(s | w); -Infinity with slopes of zero at times of 0 and Infinity
   */
  static double logDensity(double s, double w, double[] slopes) {
    if (s == 0 || s == Double.POSITIVE_INFINITY) {
      slopes[0] = 0;
      slopes[1] = 0;
      return Double.NEGATIVE_INFINITY;
    }
    return s < LONG ? shortTime(s, w, slopes) : longTime(s, w, slopes);
  }

  private static double shortTime(double s, double w, double[] slopes) {
    double b = Math.exp(-2 * w / s);
    double c = Math.exp(-2 * (1 - w) / s);
    double sum = w;
    double byTime = w * w * w;
    double byStart = 1 - w * w / s;
    // The weights of w - 2k and w + 2k are minus and minus * up.
    double minus = c;
    double up = b * b;
    double ratio = b * c * b * c;
    double next = ratio;
    for (int k = 1; minus > NEGLIGIBLE; k++) {
      double x = w - 2 * k;
      double y = w + 2 * k;
      double plus = minus * up;
      sum += x * minus + y * plus;
      byTime += x * x * x * minus + y * y * y * plus;
      byStart += (1 - x * x / s) * minus + (1 - y * y / s) * plus;
      minus *= next * c;
      next *= ratio;
      up *= b * b;
    }
    slopes[0] = (byTime / (2 * s * sum) - 1.5) / s;
    slopes[1] = byStart / sum;
    return logOrNone(sum, slopes)
        - w * w / (2 * s)
        - 0.5 * Math.log(2 * Math.PI)
        - 1.5 * Math.log(s);
  }

  private static double longTime(double s, double w, double[] slopes) {
    double unit = Math.PI * Math.PI * s / 2;
    double q = Math.exp(-unit);
    double sine = Math.sin(Math.PI * w);
    double cosine = Math.cos(Math.PI * w);
    double sum = 0;
    double byTime = 0;
    double byStart = 0;
    // q^(k^2 - 1), and sines and cosines of k pi w and (k - 1) pi w.
    double weight = 1;
    double next = q * q * q;
    double sineBefore = 0;
    double cosineBefore = 1;
    double sineNow = sine;
    double cosineNow = cosine;
    for (int k = 1; weight > NEGLIGIBLE; k++) {
      double term = k * weight;
      sum += term * sineNow;
      byTime += term * k * k * sineNow;
      byStart += term * k * cosineNow;
      weight *= next;
      next *= q * q;
      double sineAfter = 2 * cosine * sineNow - sineBefore;
      double cosineAfter = 2 * cosine * cosineNow - cosineBefore;
      sineBefore = sineNow;
      cosineBefore = cosineNow;
      sineNow = sineAfter;
      cosineNow = cosineAfter;
    }
    slopes[0] = -Math.PI * Math.PI / 2 * byTime / sum;
    slopes[1] = Math.PI * byStart / sum;
    return logOrNone(sum, slopes) - unit + Math.log(Math.PI);
  }

  /** The log of a sum; nothing is left of it where the start is next to the other end. */
  private static double logOrNone(double sum, double[] slopes) {
    if (sum > 0) {
      return Math.log(sum);
    }
    slopes[0] = 0;
    slopes[1] = 0;
    return Double.NEGATIVE_INFINITY;
  }
}
