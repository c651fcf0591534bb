package io.github.sbi4j.core.mcmc;

/**
 * Where a chain is: a position with its log density and, for kernels that use it, its gradient.
 * Immutable.
 */
public final class ChainState {
  private static final double[] NO_GRADIENT = {};

  /** Shared within the package and never written to. */
  final double[] position;

  final double logDensity;
  final double[] gradient;

  /** Takes the arrays over. */
  ChainState(double[] position, double logDensity, double[] gradient) {
    this.position = position;
    this.logDensity = logDensity;
    this.gradient = gradient;
  }

  /** A state without a gradient; takes the array over. */
  ChainState(double[] position, double logDensity) {
    this(position, logDensity, NO_GRADIENT);
  }

  /** {@return the position, D numbers} */
  public double[] position() {
    return position.clone();
  }

  /** {@return the log density at the position} */
  public double logDensity() {
    return logDensity;
  }

  /** {@return the D derivatives of the log density; none for a kernel that needs no gradient} */
  public double[] gradient() {
    return gradient.clone();
  }
}
