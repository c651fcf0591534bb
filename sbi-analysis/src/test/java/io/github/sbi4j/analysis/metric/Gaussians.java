package io.github.sbi4j.analysis.metric;

import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Independent Gaussian columns with unit variance. */
final class Gaussians {
  private Gaussians() {}

  static Samples shifted(int rows, int columns, double shift, long seed) {
    RandomGenerator random = RandomStreams.of(seed, 0);
    double[][] values = new double[rows][columns];
    for (double[] row : values) {
      for (int j = 0; j < columns; j++) {
        row[j] = shift + random.nextGaussian();
      }
    }
    List<String> names = IntStream.range(0, columns).mapToObj(j -> "x" + j).toList();
    return Samples.copyOf(names, values);
  }
}
