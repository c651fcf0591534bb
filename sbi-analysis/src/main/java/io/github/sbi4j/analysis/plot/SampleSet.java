package io.github.sbi4j.analysis.plot;

import io.github.sbi4j.core.sample.Samples;
import java.util.Locale;

/**
 * Samples with a name for the legend.
 *
 * @param name the name
 * @param samples the samples
 */
record SampleSet(String name, Samples samples) {
  SampleSet {
    if (samples.rows() < 2) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "'%s' has %d rows; a plot needs at least 2", name, samples.rows()));
    }
    for (int i = 0; i < samples.rows(); i++) {
      for (int j = 0; j < samples.columns(); j++) {
        if (!Double.isFinite(samples.get(i, j))) {
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT,
                  "'%s' has the value %s in row %d, column '%s'; drop rows that are not finite first",
                  name,
                  samples.get(i, j),
                  i,
                  samples.names().get(j)));
        }
      }
    }
  }
}
