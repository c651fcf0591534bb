package io.github.sbi4j.benchmarks.task;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.simulation.Simulator;
import java.util.List;
import java.util.stream.Collectors;

/** A benchmark problem: a prior over D parameters and a simulator of L observation values. */
public interface Task {
  /** The name in sbibm and in its files, for example {@code two_moons}. */
  String name();

  /** The prior over the D parameters. */
  Distribution prior();

  /** The simulator, from D parameters to L observation values. */
  Simulator simulator();

  /** The number of parameters, D. */
  int parameters();

  /** The number of observation values, L. */
  int observations();

  /** All tasks. */
  static List<Task> all() {
    return List.of(new TwoMoons(), new GaussianLinear(), new GaussianLinearUniform(), new Slcp());
  }

  /**
   * The task with a name.
   *
   * @param name the name in sbibm
   * @return the task
   * @throws IllegalArgumentException if no task has this name
   */
  static Task named(String name) {
    return all().stream()
        .filter(task -> task.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no task '%s'; there are %s"
                        .formatted(
                            name,
                            all().stream().map(Task::name).collect(Collectors.joining(", ")))));
  }
}
