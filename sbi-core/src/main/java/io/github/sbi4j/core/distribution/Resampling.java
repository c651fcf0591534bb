package io.github.sbi4j.core.distribution;

import io.github.sbi4j.core.concurrent.Tasks;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sampling importance resampling of a restricted prior: what lies outside of the region has no
 * weight, whatever its density.
 *
 * @param candidates where candidates come from
 * @param each the number of candidates for each draw
 */
record Resampling(Proposal candidates, int each) {
  private static final Logger LOG = LoggerFactory.getLogger(RestrictedPrior.class);
  private static final int CANDIDATES_FOR_ACCEPTANCE = 50_000;
  private static final int MOST_TRIES = 100;
  private static final double FEW = 10;

  Resampling {
    if (each < 2) {
      throw new IllegalArgumentException(
          "candidates for each draw are " + each + ", expected at least 2, better a thousand");
    }
  }

  /** A draw, and the number of equally weighted candidates that its own were worth. */
  private record Draw(double[] row, double worth) {}

  /** A draw for each stream. */
  double[][] sample(Distribution prior, Region region, RandomGenerator[] streams) {
    List<Draw> draws =
        Tasks.map(Tasks.allProcessors(), streams.length, i -> choose(prior, region, streams[i]));
    double worth = draws.stream().mapToDouble(Draw::worth).average().orElse(FEW);
    if (worth < FEW) {
      LOG.warn(
          "the {} candidates for each draw of the restricted prior are worth {}, so draws tend to where candidates are;"
              + " take more of them, or rejection where it is not too slow",
          each,
          String.format(Locale.ROOT, "%.1f", worth));
    }
    return draws.stream().map(Draw::row).toArray(double[][]::new);
  }

  private Draw choose(Distribution prior, Region region, RandomGenerator random) {
    for (int attempt = 0; attempt < MOST_TRIES; attempt++) {
      double[][] rows = candidates.sample(each, random.nextLong()).toArray();
      double[] logs = logWeights(prior, region, rows);
      int best = -1;
      double highest = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < rows.length; i++) {
        // The largest of logs plus Gumbel noise is each with a probability of its weight.
        double level = logs[i] - Math.log(random.nextExponential());
        if (logs[i] > Double.NEGATIVE_INFINITY && level > highest) {
          highest = level;
          best = i;
        }
      }
      if (best >= 0) {
        return new Draw(rows[best], worth(logs));
      }
    }
    throw new RestrictionException("the candidates", 0, (long) MOST_TRIES * each, 1);
  }

  private double[] logWeights(Distribution prior, Region region, double[][] rows) {
    boolean[] inside = ((Region) prior.support()::contains).and(region).contains(rows);
    double[] densities = candidates.logProb(rows);
    double[] logs = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      double log = inside[i] ? prior.logProb(rows[i]) - densities[i] : Double.NEGATIVE_INFINITY;
      // Where the candidates have no density, rounding put them.
      logs[i] = Double.isFinite(log) ? log : Double.NEGATIVE_INFINITY;
    }
    return logs;
  }

  private static double worth(double[] logs) {
    double max = Arrays.stream(logs).max().orElseThrow();
    double sum = 0;
    double squares = 0;
    for (double log : logs) {
      double weight = Math.exp(log - max);
      sum += weight;
      squares += weight * weight;
    }
    return sum * sum / squares;
  }

  /** The mean of the weights; the density of the candidates has to be normalised. */
  Acceptance acceptance(Distribution prior, Region region, long seed) {
    int count = CANDIDATES_FOR_ACCEPTANCE;
    double[] logs = logWeights(prior, region, candidates.sample(count, seed).toArray());
    double max = Arrays.stream(logs).max().orElseThrow();
    if (max == Double.NEGATIVE_INFINITY) {
      throw new RestrictionException("the candidates", 0, count, 1);
    }
    double mean = Arrays.stream(logs).map(log -> Math.exp(log - max)).sum() / count;
    double worth = worth(logs);
    double rate = mean * Math.exp(max);
    double variance = Math.max(0, 1 / worth - 1.0 / count);
    return new Acceptance(rate, rate * Math.sqrt(variance), count);
  }
}
