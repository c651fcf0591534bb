package io.github.sbi4j.core.mcmc;

import java.util.random.RandomGenerator;

/**
 * Finds a step size to begin with: doubles or halves it until the acceptance of a single leapfrog
 * step crosses 0.8, as Stan does. A kernel that stays where it is; its step carries the step size.
 */
final class StepSizeSearch implements GradientKernel {
  private static final double LOG_ACCEPTANCE = Math.log(0.8);
  private static final double LARGEST = 1e7;
  private static final double SMALLEST = 1e-30;

  private final double initial;
  private final Metric metric;

  StepSizeSearch(double initial, Metric metric) {
    this.initial = initial;
    this.metric = metric;
  }

  @Override
  public Transition begin(ChainState state, RandomGenerator random) {
    return new Search(state, random);
  }

  private final class Search implements Transition {
    private final ChainState state;
    private final RandomGenerator random;
    private final Leapfrog leapfrog = new Leapfrog(metric);
    private double stepSize = initial;
    private PhasePoint start;
    private double factor = 1;
    private int evaluations;

    Search(ChainState state, RandomGenerator random) {
      this.state = state;
      this.random = random;
      this.start = refresh();
    }

    private PhasePoint refresh() {
      PhasePoint point = PhasePoint.refresh(state, metric, random);
      leapfrog.begin(point, stepSize);
      return point;
    }

    @Override
    public void writePoint(double[] positions, int offset) {
      leapfrog.writePoint(positions, offset);
    }

    @Override
    public boolean advance(double logDensity, double[] gradients, int offset) {
      evaluations++;
      PhasePoint end = leapfrog.end(logDensity, gradients, offset);
      boolean accepted = start.energy - end.energy > LOG_ACCEPTANCE;
      if (factor == 1) {
        factor = accepted ? 2 : 0.5;
      }
      if (accepted != factor > 1) {
        return false;
      }
      stepSize *= factor;
      checkRange();
      start = refresh();
      return true;
    }

    private void checkRange() {
      if (stepSize > LARGEST) {
        throw new IllegalStateException(
            "every step size up to 1e7 is accepted: the target is flat, so it is no density;"
                + " check that it falls off in every direction and that the gradient is right");
      }
      if (stepSize < SMALLEST) {
        throw new IllegalStateException(
            "no step size down to 1e-30 is accepted: the log density does not follow its gradient;"
                + " check the gradient by finite differences, and that the target is continuous");
      }
    }

    @Override
    public Step step() {
      return new Step(state, 1, false, 0, false, evaluations, Double.NaN, stepSize);
    }
  }
}
