package io.github.sbi4j.spark;

import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.simulation.BatchSimulator;
import io.github.sbi4j.core.simulation.Simulator;
import java.io.Serializable;
import java.util.random.RandomGenerator;

/** Simulators for tests. */
final class Models {
  static final Distribution PRIOR =
      BoxUniform.of(new double[] {0, 0}, new double[] {1, 1}).named("a", "b");

  private Models() {}

  /** Takes more or less from its stream, so that a shared one would show. */
  static double[] noisy(double[] theta, RandomGenerator random) {
    double sum = 0;
    for (int i = 0; i < 1 + (int) (5 * theta[0]); i++) {
      sum += random.nextGaussian();
    }
    return new double[] {theta[1] + sum, random.nextDouble()};
  }

  static final SerializableSimulator NOISY = Models::noisy;

  /** The same in batches. */
  static final class NoisyBatch implements BatchSimulator, Serializable {
    private static final long serialVersionUID = 1;

    @Override
    public double[][] simulateBatch(double[][] theta, RandomGenerator[] random) {
      double[][] x = new double[theta.length][];
      for (int i = 0; i < x.length; i++) {
        x[i] = noisy(theta[i], random[i]);
      }
      return x;
    }
  }

  /** Fails in every way there is, first of all in the first row. */
  static double[] fragile(double[] theta, RandomGenerator random) {
    int way = (int) (8 * theta[0]);
    return switch (way) {
      case 0 -> throw new IllegalArgumentException("the mesh is broken at " + theta[1]);
      case 1 -> new double[] {Double.NaN, 1};
      case 2 -> new double[] {1, 2, 3};
      case 3 -> new double[0];
      case 4 -> new double[] {1, Double.POSITIVE_INFINITY, 2};
      default -> noisy(theta, random);
    };
  }

  static final SerializableSimulator FRAGILE = Models::fragile;

  /** A model with state that tells threads which share it. */
  static final class Stateful implements Simulator {
    private Thread user = Thread.currentThread();

    @Override
    public double[] simulate(double[] theta, RandomGenerator random) {
      user = Thread.currentThread();
      double[] x = noisy(theta, random);
      return user == Thread.currentThread() ? x : new double[] {Double.NaN, Double.NaN};
    }
  }
}
