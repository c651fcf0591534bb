package io.github.sbi4j.benchmarks.task;

import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Independent;
import io.github.sbi4j.core.distribution.Normal;
import java.util.Arrays;
import java.util.Collections;

/** The priors of the tasks, with columns named as in sbibm's files. */
final class Priors {
  private Priors() {}

  /** The uniform distribution on [-bound, bound]<sup>D</sup>. */
  static Distribution uniform(int dimension, double bound) {
    double[] high = new double[dimension];
    Arrays.fill(high, bound);
    double[] low = new double[dimension];
    Arrays.fill(low, -bound);
    return BoxUniform.of(low, high).named(TaskSimulations.names("parameter_", dimension));
  }

  /** The normal distribution with mean zero and independent values. */
  static Distribution normal(int dimension, double standardDeviation) {
    Normal one = Normal.of(0, standardDeviation);
    return Independent.of(Collections.nCopies(dimension, one))
        .named(TaskSimulations.names("parameter_", dimension));
  }
}
