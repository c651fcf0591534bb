package io.github.sbi4j.flows.file;

import io.github.sbi4j.flows.estimator.Standardization;

/** What brings columns to a scale of one. */
final class StandardizationCodec {
  private StandardizationCodec() {}

  static Fields encode(Standardization standardization) {
    boolean[] compressed = standardization.compressed();
    long[] flags = new long[compressed.length];
    for (int j = 0; j < flags.length; j++) {
      flags[j] = compressed[j] ? 1 : 0;
    }
    return Fields.empty()
        .put("location", standardization.location())
        .put("scale", standardization.scale())
        .putIntegers("compressed", flags);
  }

  static Standardization restore(Fields saved) {
    long[] flags = saved.integers("compressed");
    boolean[] compressed = new boolean[flags.length];
    for (int j = 0; j < flags.length; j++) {
      compressed[j] = flags[j] != 0;
    }
    return saved.build(
        () -> Standardization.of(saved.numbers("location"), saved.numbers("scale"), compressed));
  }
}
