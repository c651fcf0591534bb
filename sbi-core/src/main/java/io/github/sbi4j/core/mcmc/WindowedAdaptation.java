package io.github.sbi4j.core.mcmc;

/**
 * Stan's warm-up: the step size adapts throughout by dual averaging, the metric at the end of each
 * window, after which a new step size is searched for.
 */
final class WindowedAdaptation implements Adaptation<DifferentiableLogDensity> {
  /** Makes a kernel of what was learned. */
  @FunctionalInterface
  interface KernelFactory {
    Kernel<DifferentiableLogDensity> create(double stepSize, Metric metric);
  }

  private final KernelFactory factory;
  private final HamiltonianSettings settings;
  private final int warmUp;
  private final WarmUpWindows windows;
  private final DualAveraging dualAveraging;
  private Metric metric;
  private CovarianceEstimate estimate;
  private Kernel<DifferentiableLogDensity> kernel;
  private boolean searching = true;
  private int steps;

  WindowedAdaptation(
      int dimension, int warmUp, HamiltonianSettings settings, KernelFactory factory) {
    this.factory = factory;
    this.settings = settings;
    this.warmUp = warmUp;
    this.windows = new WarmUpWindows(warmUp);
    this.dualAveraging = new DualAveraging(settings.targetAcceptance());
    this.metric = DiagonalMetric.identity(dimension);
    this.estimate = new CovarianceEstimate(dimension, settings.dense());
    this.kernel = new StepSizeSearch(settings.stepSize(), metric);
  }

  @Override
  public Kernel<DifferentiableLogDensity> kernel() {
    return kernel;
  }

  @Override
  public void observe(Step step) {
    if (searching) {
      searching = false;
      dualAveraging.restart(step.stepSize());
      kernel = factory.create(step.stepSize(), metric);
      return;
    }
    double stepSize = dualAveraging.update(step.acceptance());
    if (windows.contains(steps)) {
      estimate.add(step.state().position);
    }
    if (windows.endsAt(steps)) {
      metric = estimate.metric();
      estimate = new CovarianceEstimate(metric.dimension(), settings.dense());
      searching = true;
    }
    steps++;
    if (searching) {
      kernel = new StepSizeSearch(stepSize, metric);
    } else {
      kernel = factory.create(steps == warmUp ? dualAveraging.average() : stepSize, metric);
    }
  }

  @Override
  public int steps() {
    return steps;
  }

  @Override
  public boolean finished() {
    return steps >= warmUp && !searching;
  }
}
