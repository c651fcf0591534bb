package io.github.sbi4j.benchmarks.speed;

import io.github.sbi4j.benchmarks.CpuTime;
import io.github.sbi4j.flows.training.MemberReport;
import java.util.Map;

/**
 * A training step: the time of a whole epoch, loading of the batches and validation included, over
 * the steps in it.
 *
 * <p>A run before compiles the loops, and the first epoch, which allocates, is left out.
 */
final class TrainingStep implements Workload {
  private static final int WARM_UP_EPOCHS = 10;

  private final String estimator;

  TrainingStep(String estimator) {
    this.estimator = estimator;
  }

  @Override
  public Timing time(SpeedSettings settings) {
    NpeWork work = new NpeWork(estimator, settings);
    work.train(WARM_UP_EPOCHS);
    CpuTime cpu = new CpuTime();
    MemberReport report = work.train(1 + settings.repeats()).report().members().get(0);
    double cpuMilliseconds = 1000 * cpu.seconds() / report.steps();
    double steps = (double) report.steps() / report.epochs();
    double[] milliseconds = new double[report.epochs() - 1];
    for (int i = 0; i < milliseconds.length; i++) {
      double seconds = report.seconds().get(i + 1) - report.seconds().get(i);
      milliseconds[i] = 1000 * seconds / steps;
    }
    Map<String, Object> details = work.details();
    details.put("batch", NpeWork.BATCH);
    details.put("steps_per_epoch", steps);
    return Timing.of(milliseconds, cpuMilliseconds, details);
  }
}
