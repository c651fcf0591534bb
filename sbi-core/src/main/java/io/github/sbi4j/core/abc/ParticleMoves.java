package io.github.sbi4j.core.abc;

import io.github.sbi4j.core.concurrent.Tasks;
import io.github.sbi4j.core.distribution.Bijection;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import java.util.List;
import java.util.random.RandomGenerator;

/** Where the next population is proposed from: the last one, moved by a kernel. */
final class ParticleMoves {
  /** How often one proposal is drawn anew because the prior has no density there. */
  private static final int LARGEST_TRIES = 1000;

  private final Distribution prior;
  private final Bijection bijection;
  private final double[][] particles;
  private final double[] weights;
  private final double[] cumulative;
  private final Perturbation perturbation;

  ParticleMoves(Distribution prior, SmcAbc.Sequence sequence, Population last) {
    this.prior = prior;
    this.bijection = prior.bijection();
    this.weights = last.weights();
    this.cumulative = Weights.cumulative(weights);
    this.particles = unconstrained(last.parameters().toArray());
    this.perturbation =
        Perturbation.of(
            sequence.kernel(), sequence.variant(), sequence.kernelScale(), particles, weights);
  }

  /** Draws proposals; the one of index i uses the random stream (seed, i). */
  Samples propose(long seed, long first, int count) {
    double[][] rows = new double[count][];
    for (int i = 0; i < count; i++) {
      rows[i] = propose(RandomStreams.of(seed, first + i));
    }
    return Samples.copyOf(prior.names(), rows);
  }

  private double[] propose(RandomGenerator random) {
    double[] parameters = new double[prior.dimension()];
    for (int t = 0; t < LARGEST_TRIES; t++) {
      double[] from = particles[Weights.draw(cumulative, random)];
      bijection.inverse(perturbation.move(from, random), parameters);
      if (prior.logProb(parameters) > Double.NEGATIVE_INFINITY) {
        return parameters;
      }
    }
    throw new IllegalStateException(
        "in "
            + LARGEST_TRIES
            + " moves of a particle none came where the prior has a density; give the prior a"
            + " support, or the kernel a smaller scale");
  }

  /** Prior density over the density of being proposed, in unconstrained space, scaled to one. */
  double[] weights(double[][] parameters, int threads) {
    double[][] from = new double[particles.length][];
    double[] logs = new double[particles.length];
    for (int j = 0; j < from.length; j++) {
      from[j] = perturbation.whiten(particles[j]);
      logs[j] = Math.log(weights[j]);
    }
    List<Double> results =
        Tasks.map(threads, parameters.length, i -> logWeight(parameters[i], from, logs));
    return Weights.ofLogs(results.stream().mapToDouble(log -> log).toArray());
  }

  private double logWeight(double[] parameters, double[][] from, double[] logs) {
    double[] z = new double[parameters.length];
    double logDeterminant = bijection.forward(parameters, z);
    double[] to = perturbation.whiten(z);
    double[] terms = new double[from.length];
    double largest = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < terms.length; j++) {
      terms[j] = logs[j] + perturbation.logDensity(from[j], to);
      largest = Math.max(largest, terms[j]);
    }
    if (largest == Double.NEGATIVE_INFINITY) {
      // So close to a bound that rounding moved it out of the reach of a uniform kernel.
      return largest;
    }
    double sum = 0;
    for (double term : terms) {
      sum += Math.exp(term - largest);
    }
    return prior.logProb(parameters) - logDeterminant - largest - Math.log(sum);
  }

  private double[][] unconstrained(double[][] parameters) {
    double[][] result = new double[parameters.length][prior.dimension()];
    for (int i = 0; i < result.length; i++) {
      bijection.forward(parameters[i], result[i]);
    }
    return result;
  }
}
