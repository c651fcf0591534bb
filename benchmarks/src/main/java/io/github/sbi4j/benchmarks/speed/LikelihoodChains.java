package io.github.sbi4j.benchmarks.speed;

import io.github.sbi4j.benchmarks.task.Task;
import io.github.sbi4j.benchmarks.task.TaskSimulations;
import io.github.sbi4j.core.mcmc.Chains;
import io.github.sbi4j.core.mcmc.Diagnostics;
import io.github.sbi4j.flows.Device;
import io.github.sbi4j.flows.inference.SNLE;
import io.github.sbi4j.flows.posterior.McmcPosterior;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * 10 000 draws from the posterior of a likelihood learned from 1 000 simulations, by the default
 * sampler, warm-up included, with the smallest effective sample size of a parameter.
 */
final class LikelihoodChains implements Workload {
  private static final int SIMULATIONS = 1_000;
  private static final int DRAWS = 10_000;

  /** Observations that both sides of a comparison take. */
  private static final Map<String, double[]> OBSERVED =
      Map.of(
          "two_moons", new double[] {0, 0},
          "slcp", new double[] {1.4, -3.2, -0.4, -2.4, 0.9, -2.1, 1.1, -3.9});

  private final String task;

  LikelihoodChains(String task) {
    this.task = task;
  }

  @Override
  public Timing time(SpeedSettings settings) {
    Task problem = Task.named(task);
    McmcPosterior trained =
        SNLE.with(problem.prior())
            .seed(settings.seed())
            .device(Device.valueOf(settings.device().toUpperCase(Locale.ROOT)))
            .appendSimulations(TaskSimulations.run(problem, SIMULATIONS, settings.seed()))
            .train()
            .buildPosterior();
    McmcPosterior posterior =
        trained
            .withSettings(trained.settings().withThreads(settings.threads()))
            .given(OBSERVED.get(task));
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("draws", DRAWS);
    long first = System.nanoTime();
    note(posterior, details);
    details.put("first_ms", (System.nanoTime() - first) / 1e6);
    return Timing.repeat(settings.repeats(), details, () -> note(posterior, details));
  }

  private static void note(McmcPosterior posterior, Map<String, Object> details) {
    Chains chains = posterior.chains(DRAWS, 1);
    Diagnostics diagnostics = chains.diagnostics();
    details.put("chains", chains.size());
    details.put("evaluations", diagnostics.evaluations());
    details.put("ess_bulk_min", Arrays.stream(diagnostics.essBulk()).min().orElseThrow());
    details.put("r_hat_max", Arrays.stream(diagnostics.rHat()).max().orElseThrow());
  }
}
