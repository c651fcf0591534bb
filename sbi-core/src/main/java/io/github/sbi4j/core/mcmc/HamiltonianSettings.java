package io.github.sbi4j.core.mcmc;

/** The settings that HMC and NUTS share. */
record HamiltonianSettings(double targetAcceptance, double stepSize, boolean dense) {
  static final HamiltonianSettings DEFAULTS = new HamiltonianSettings(0.8, 1, false);

  HamiltonianSettings {
    Require.share("target acceptance", targetAcceptance);
    Require.positive("initial step size", stepSize);
  }

  HamiltonianSettings withTargetAcceptance(double value) {
    return new HamiltonianSettings(value, stepSize, dense);
  }

  HamiltonianSettings withStepSize(double value) {
    return new HamiltonianSettings(targetAcceptance, value, dense);
  }

  HamiltonianSettings withDense(boolean value) {
    return new HamiltonianSettings(targetAcceptance, stepSize, value);
  }
}
