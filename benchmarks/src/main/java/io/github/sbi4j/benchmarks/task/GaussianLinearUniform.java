package io.github.sbi4j.benchmarks.task;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.simulation.Simulator;

/**
 * {@link GaussianLinear} under a uniform prior: t ~ U(-1, 1)<sup>10</sup>, x ~ N(t, 0.1 I) with 0.1
 * a variance; the posterior is a product of truncated normals.
 */
public final class GaussianLinearUniform implements Task {
  /** Creates the task. */
  public GaussianLinearUniform() {}

  @Override
  public String name() {
    return "gaussian_linear_uniform";
  }

  @Override
  public Distribution prior() {
    return Priors.uniform(GaussianLinear.SIZE, 1);
  }

  @Override
  public Simulator simulator() {
    return GaussianLinear.noise();
  }

  @Override
  public int parameters() {
    return GaussianLinear.SIZE;
  }

  @Override
  public int observations() {
    return GaussianLinear.SIZE;
  }
}
