package io.github.sbi4j.examples;

import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.core.simulation.Simulator;
import io.github.sbi4j.flows.inference.SNPE;
import io.github.sbi4j.flows.posterior.DirectPosterior;

/**
 * The posterior of two parameters from two noisy measurements, a and b + a<sup>2</sup>, in ten
 * lines.
 */
public final class QuickstartExample {
  private QuickstartExample() {}

  /**
   * Runs the example.
   *
   * @param arguments the number of simulations, 2000 unless given
   */
  public static void main(String[] arguments) {
    System.out.println(
        samples(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2_000).summary());
  }

  static Samples samples(int count) {
    Distribution prior = BoxUniform.of(new double[] {-2, -2}, new double[] {2, 2}).named("a", "b");
    Simulator simulator =
        (theta, random) -> {
          double a = theta[0] + 0.1 * random.nextGaussian();
          double b = theta[1] + theta[0] * theta[0] + 0.1 * random.nextGaussian();
          return new double[] {a, b};
        };
    Simulations simulations = Simulations.run(simulator, prior, count, 1);
    DirectPosterior posterior =
        SNPE.with(prior).seed(1).appendSimulations(simulations).train().buildPosterior();
    return posterior.given(1.0, 0.5).sample(1_000);
  }
}
