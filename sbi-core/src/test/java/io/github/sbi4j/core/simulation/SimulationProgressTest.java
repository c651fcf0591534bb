package io.github.sbi4j.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.sbi4j.core.progress.Progress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulationProgressTest {
  private static final UniformBox PRIOR = new UniformBox(1);

  @Test
  void risesToTheEnd() {
    List<Progress> heard = new ArrayList<>();
    List<Thread> callers = new ArrayList<>();
    Simulator slow =
        (theta, random) -> {
          Thread.sleep(10);
          return theta[0] < 0.2 ? new double[] {Double.NaN} : theta;
        };
    Simulations table =
        Simulations.run(
            slow,
            PRIOR,
            100,
            3,
            SimulationSettings.defaults()
                .withThreads(2)
                .withProgress(
                    progress -> {
                      heard.add(progress);
                      callers.add(Thread.currentThread());
                    }));

    assertThat(heard).hasSizeGreaterThan(3).allMatch(p -> p.task().equals("simulating"));
    assertThat(heard).allMatch(p -> p.total() == 100);
    assertThat(heard).extracting(Progress::done).isSorted();
    assertThat(heard).extracting(Progress::elapsed).isSorted();
    assertThat(heard.get(0).done()).isZero();
    assertThat(heard.subList(0, heard.size() - 1)).anyMatch(p -> p.done() > 0 && !p.finished());
    Progress last = heard.get(heard.size() - 1);
    assertThat(last.finished()).isTrue();
    assertThat(last.detail()).isEqualTo(table.failures().size() + " failed");
    assertThat(callers).containsOnly(Thread.currentThread());
  }

  @Test
  void throwingListenerEndsTheRun() {
    List<Thread> workers = new ArrayList<>();
    Simulator slow =
        (theta, random) -> {
          synchronized (workers) {
            workers.add(Thread.currentThread());
          }
          Thread.sleep(10);
          return theta;
        };
    SimulationSettings settings =
        SimulationSettings.defaults()
            .withProgress(
                progress -> {
                  if (progress.done() > 0) {
                    throw new IllegalStateException("enough");
                  }
                });
    assertThatIllegalStateException()
        .isThrownBy(() -> Simulations.run(slow, PRIOR, 100_000, 3, settings))
        .withMessage("enough");
    assertThat(workers).isNotEmpty().noneMatch(Thread::isAlive);
  }
}
