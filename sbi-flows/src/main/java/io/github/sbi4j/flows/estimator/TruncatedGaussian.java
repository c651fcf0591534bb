package io.github.sbi4j.flows.estimator;

import java.util.Arrays;

/**
 * A Gaussian part some of whose values have bounds: u<sub>k</sub> given the values before it and
 * the context is normal, with the mean (A c + b)<sub>k</sub> + sum<sub>j&lt;k</sub> B<sub>kj</sub>
 * u<sub>j</sub> and the standard deviation s<sub>k</sub>, and truncated to its bounds.
 *
 * <p>v<sub>k</sub> is the standard normal quantile of its conditional distribution function. Under
 * a uniform prior on a box this is what a linear Gaussian simulator leaves, exactly where values
 * are independent given the context. A mean further than five standard deviations outside the
 * bounds counts as one there: no simulation of such a simulator comes from it.
 */
public final class TruncatedGaussian implements GaussianPart {
  /** How far outside its bounds a mean can be, in standard deviations. */
  private static final double FARTHEST = 5;

  private final int targets;
  private final int contexts;
  private final double[] slopes;
  private final double[] intercept;
  private final double[] couplings;
  private final double[] deviations;
  private final double[] lower;
  private final double[] upper;
  private final double logPrecision;

  private TruncatedGaussian(
      double[] slopes,
      double[] intercept,
      double[] couplings,
      double[] deviations,
      double[] lower,
      double[] upper) {
    this.targets = intercept.length;
    this.contexts = slopes.length / targets;
    this.slopes = slopes.clone();
    this.intercept = intercept.clone();
    this.couplings = couplings.clone();
    this.deviations = deviations.clone();
    this.lower = lower.clone();
    this.upper = upper.clone();
    this.logPrecision = -Arrays.stream(deviations).map(Math::log).sum();
  }

  /**
   * Puts it together.
   *
   * @param slopes A, D x L, row after row
   * @param intercept b, D values
   * @param couplings B, D x D, row after row; values that are not below the diagonal do not count
   * @param deviations s, D positive values
   * @param lower D lower bounds, -Infinity where there is none
   * @param upper D upper bounds, Infinity where the lower one is -Infinity and nowhere else
   * @return the part
   * @throws IllegalArgumentException if the sizes do not fit, a value is not finite or there is
   *     nothing between two bounds
   */
  public static TruncatedGaussian of(
      double[] slopes,
      double[] intercept,
      double[] couplings,
      double[] deviations,
      double[] lower,
      double[] upper) {
    int d = intercept.length;
    boolean sizes =
        d > 0
            && slopes.length % d == 0
            && couplings.length == d * d
            && deviations.length == d
            && lower.length == d
            && upper.length == d;
    boolean finite =
        Arrays.stream(slopes).allMatch(Double::isFinite)
            && Arrays.stream(intercept).allMatch(Double::isFinite)
            && Arrays.stream(couplings).allMatch(Double::isFinite)
            && Arrays.stream(deviations).allMatch(s -> s > 0 && Double.isFinite(s));
    boolean ordered = sizes;
    for (int k = 0; ordered && k < d; k++) {
      ordered = lower[k] < upper[k] && Double.isFinite(lower[k]) == Double.isFinite(upper[k]);
    }
    if (!sizes || !finite || !ordered) {
      throw new IllegalArgumentException(
          "a truncated Gaussian of "
              + d
              + " values needs as many finite intercepts, positive deviations and pairs of bounds in order, both"
              + " finite or none, the square of finite couplings and a multiple of finite slopes, but has the"
              + " deviations "
              + Arrays.toString(deviations)
              + ", the bounds "
              + Arrays.toString(lower)
              + " and "
              + Arrays.toString(upper)
              + ", "
              + couplings.length
              + " couplings and "
              + slopes.length
              + " slopes");
    }
    return new TruncatedGaussian(slopes, intercept, couplings, deviations, lower, upper);
  }

  @Override
  public int targets() {
    return targets;
  }

  @Override
  public int contexts() {
    return contexts;
  }

  /** {@return A, D x L, row after row} */
  public double[] slopes() {
    return slopes.clone();
  }

  /** {@return b, D values} */
  public double[] intercept() {
    return intercept.clone();
  }

  /** {@return B, D x D, row after row} */
  public double[] couplings() {
    return couplings.clone();
  }

  /** {@return s, D values} */
  public double[] deviations() {
    return deviations.clone();
  }

  /** {@return the lower bounds, -Infinity where there is none} */
  public double[] lower() {
    return lower.clone();
  }

  /** {@return the upper bounds, Infinity where there is none} */
  public double[] upper() {
    return upper.clone();
  }

  /** {@return whether a value has bounds} */
  boolean isBounded(int k) {
    return lower[k] > Double.NEGATIVE_INFINITY;
  }

  @Override
  public double[] mean(double[] context) {
    double[] mean = intercept.clone();
    for (int k = 0; k < targets; k++) {
      for (int j = 0; j < contexts; j++) {
        mean[k] += slopes[k * contexts + j] * context[j];
      }
    }
    return mean;
  }

  /** The mean of a value given those before it, before it is held near the bounds. */
  private double mean(int k, double[] target, double[] mean) {
    double sum = mean[k];
    for (int j = 0; j < k; j++) {
      sum += couplings[k * targets + j] * target[j];
    }
    return sum;
  }

  private double held(int k, double mean) {
    double reach = FARTHEST * deviations[k];
    return Math.min(Math.max(mean, lower[k] - reach), upper[k] + reach);
  }

  @Override
  public double forward(double[] target, double[] mean) {
    double logDeterminant = logPrecision;
    // From the last, because each depends on those before it.
    for (int k = targets - 1; k >= 0; k--) {
      double s = deviations[k];
      double m = mean(k, target, mean);
      double t = (target[k] - m) / s;
      if (isBounded(k)) {
        m = held(k, m);
        double a = (lower[k] - m) / s;
        double b = (upper[k] - m) / s;
        t = Math.min(Math.max((target[k] - m) / s, a), b);
        TruncatedNormal normal = new TruncatedNormal(a, b);
        double v = normal.toNormal(t);
        logDeterminant += 0.5 * (v - t) * (v + t) - normal.logMass();
        t = v;
      }
      target[k] = t;
    }
    return logDeterminant;
  }

  @Override
  public void inverse(double[] residual, double[] mean) {
    for (int k = 0; k < targets; k++) {
      double s = deviations[k];
      double m = mean(k, residual, mean);
      double t = residual[k];
      if (isBounded(k)) {
        m = held(k, m);
        double a = (lower[k] - m) / s;
        double b = (upper[k] - m) / s;
        t = new TruncatedNormal(a, b).fromNormal(t);
      }
      double u = m + s * t;
      residual[k] = Math.min(Math.max(u, lower[k]), upper[k]);
    }
  }

  @Override
  public void pullBack(double[] target, double[] mean, double[] gradient) {
    double[] byMeans = new double[targets];
    for (int k = targets - 1; k >= 0; k--) {
      double s = deviations[k];
      double m = mean(k, target, mean);
      double ofTarget = gradient[k] / s;
      double ofMean = -ofTarget;
      if (isBounded(k)) {
        double held = held(k, m);
        double a = (lower[k] - held) / s;
        double b = (upper[k] - held) / s;
        double t = Math.min(Math.max((target[k] - held) / s, a), b);
        TruncatedNormal normal = new TruncatedNormal(a, b);
        double v = normal.toNormal(t);
        double slope = Math.exp(0.5 * (v - t) * (v + t) - normal.logMass()) / s;
        double between = TruncatedNormal.mean(a, b);
        double towards =
            v < 0 ? TruncatedNormal.mean(a, t) - between : between - TruncatedNormal.mean(t, b);
        double slopeOfMean = towards * TruncatedNormal.millsRatio(Math.abs(v)) / s;
        // What log q(v) and the v^2 / 2 of the determinant say of v.
        double ofSeen = gradient[k] + v;
        ofTarget = ofSeen * slope - t / s;
        ofMean = held == m ? ofSeen * slopeOfMean + (t - between) / s : 0;
      }
      gradient[k] = ofTarget + byMeans[k];
      for (int j = 0; j < k; j++) {
        byMeans[j] += couplings[k * targets + j] * ofMean;
      }
    }
  }
}
