package io.github.sbi4j.benchmarks;

import io.github.sbi4j.analysis.metric.C2st;
import io.github.sbi4j.analysis.metric.C2stResult;
import io.github.sbi4j.core.sample.Samples;

/**
 * The C2ST of sbibm's protocol; the median of three seeds, because the network misses differences
 * with some seeds.
 */
final class Scores {
  private Scores() {}

  /**
   * Compares samples with the reference.
   *
   * @param reference the reference samples, which set the scale
   * @param samples the samples to judge
   * @param threads the number of threads; the result does not depend on it
   */
  static C2stResult c2st(Samples reference, Samples samples, int threads) {
    return C2st.mlp().seeds(1, 2, 3).threads(threads).compute(reference, samples);
  }
}
