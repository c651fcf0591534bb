package io.github.sbi4j.core.mcmc;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Hamiltonian Monte Carlo: a trajectory of a random length, accepted or rejected as a whole.
 *
 * <p>The length is uniform up to the integration time, because a fixed one can be near a period of
 * the dynamics and lead back to where it began (Neal 2011, "MCMC using Hamiltonian dynamics").
 */
public final class HmcKernel implements GradientKernel {
  /** An energy error past which a trajectory counts as divergent, as in Stan. */
  static final double DIVERGENCE = 1000;

  private static final int MAX_STEPS = 1000;

  private final double stepSize;
  private final Metric metric;
  private final double integrationTime;

  private HmcKernel(double stepSize, Metric metric, double integrationTime) {
    this.stepSize = stepSize;
    this.metric = metric;
    this.integrationTime = integrationTime;
  }

  /**
   * The kernel for a step size, metric and integration time.
   *
   * @param stepSize the step of the leapfrog integrator
   * @param metric the inverse mass matrix
   * @param integrationTime the longest trajectory; at most 1000 steps are taken
   * @return the kernel
   * @throws IllegalArgumentException if a number is not positive and finite
   */
  public static HmcKernel of(double stepSize, Metric metric, double integrationTime) {
    Require.positive("step size", stepSize);
    Require.positive("integration time", integrationTime);
    return new HmcKernel(stepSize, metric, integrationTime);
  }

  @Override
  public Transition begin(ChainState state, RandomGenerator random) {
    return new Trajectory(state, random);
  }

  private final class Trajectory implements Transition {
    private final RandomGenerator random;
    private final PhasePoint start;
    private final Leapfrog leapfrog = new Leapfrog(metric);
    private final int steps;
    private int taken;
    private PhasePoint end;
    private @Nullable Step result;

    Trajectory(ChainState state, RandomGenerator random) {
      this.random = random;
      this.start = PhasePoint.refresh(state, metric, random);
      this.end = start;
      double length = random.nextDouble() * integrationTime / stepSize;
      this.steps = (int) Math.max(1, Math.min(MAX_STEPS, Math.ceil(length)));
      leapfrog.begin(start, stepSize);
    }

    @Override
    public void writePoint(double[] positions, int offset) {
      leapfrog.writePoint(positions, offset);
    }

    @Override
    public boolean advance(double logDensity, double[] gradients, int offset) {
      end = leapfrog.end(logDensity, gradients, offset);
      taken++;
      boolean divergent = end.energy - start.energy > DIVERGENCE;
      if (taken < steps && !divergent) {
        leapfrog.begin(end, stepSize);
        return true;
      }
      double acceptance = Math.min(1, Math.exp(start.energy - end.energy));
      PhasePoint next = random.nextDouble() < acceptance ? end : start;
      result = new Step(next.state, acceptance, divergent, 0, false, taken, next.energy, stepSize);
      return false;
    }

    @Override
    public Step step() {
      if (result == null) {
        throw new IllegalStateException("the transition is not done; advance it until it is");
      }
      return result;
    }
  }
}
