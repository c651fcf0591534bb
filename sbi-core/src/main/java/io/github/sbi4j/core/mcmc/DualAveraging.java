package io.github.sbi4j.core.mcmc;

/**
 * Adapts the step size until the mean acceptance is the wanted one (Hoffman and Gelman 2014,
 * section 3.2, with Stan's constants).
 */
final class DualAveraging {
  private static final double GAMMA = 0.05;
  private static final double KAPPA = 0.75;
  private static final double T0 = 10;

  private final double targetAcceptance;
  private double centre;
  private double errorMean;
  private double logAverage;
  private int count;

  DualAveraging(double targetAcceptance) {
    this.targetAcceptance = targetAcceptance;
  }

  /** Forgets, and begins around ten times the given step size: larger ones are cheaper to try. */
  void restart(double stepSize) {
    centre = Math.log(10 * stepSize);
    errorMean = 0;
    logAverage = Math.log(stepSize);
    count = 0;
  }

  /** Learns from the acceptance of one step; gives the step size to try next. */
  double update(double acceptance) {
    count++;
    double weight = 1 / (count + T0);
    errorMean += weight * (targetAcceptance - Math.min(1, acceptance) - errorMean);
    double logStepSize = centre - errorMean * Math.sqrt(count) / GAMMA;
    logAverage += Math.pow(count, -KAPPA) * (logStepSize - logAverage);
    return Math.exp(logStepSize);
  }

  /** The weighted mean of the step sizes tried, to be kept. */
  double average() {
    return Math.exp(logAverage);
  }
}
