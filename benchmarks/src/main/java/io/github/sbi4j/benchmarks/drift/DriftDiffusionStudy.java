package io.github.sbi4j.benchmarks.drift;

import io.github.sbi4j.flows.posterior.Likelihood;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Learns a likelihood, and compares it and its posteriors with the exact ones.
 *
 * @param simulations how many simulations to learn from
 * @param networks the number of networks whose likelihoods are averaged
 * @param lowerBound whether the likelihood is told that reaction times are longer than the delay
 * @param threads the number of threads
 * @param seed decides simulations, first weights and the order of rows
 */
public record DriftDiffusionStudy(
    int simulations, int networks, boolean lowerBound, int threads, long seed) {
  private static final Logger LOG = LoggerFactory.getLogger(DriftDiffusionStudy.class);

  /** Checks that the number of threads is positive; the others are checked by the library. */
  public DriftDiffusionStudy {
    requirePositive("--threads", threads);
  }

  private static void requirePositive(String option, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "%s %d is not positive; give 1 or more".formatted(option, value));
    }
  }

  /**
   * Does the study.
   *
   * @param trials the numbers of trials that posteriors are compared for
   * @param dataSets how many posteriors of each number
   * @return the results by their names
   */
  public Map<String, Object> run(List<Integer> trials, int dataSets) {
    requirePositive("--datasets", dataSets);
    trials.forEach(count -> requirePositive("--trials", count));
    long begin = System.nanoTime();
    Likelihood likelihood =
        new LearnedLikelihood(simulations, networks, lowerBound, threads, seed).train();
    Map<String, Object> results = new LinkedHashMap<>();
    results.put("seconds_train", (System.nanoTime() - begin) / 1e9);
    LikelihoodError error = LikelihoodError.of(likelihood);
    LOG.info("{}", error);
    results.put("huber_log", error.huberOfLog());
    results.put("huber", error.huber());
    results.put("mse_log", error.squaredOfLog());
    results.put("mse", error.squared());
    results.put("huber_log_below_delay", error.belowDelay());
    for (int count : trials) {
      List<PosteriorError> errors =
          IntStream.range(0, dataSets)
              .mapToObj(k -> PosteriorError.of(likelihood, k, count, threads))
              .peek(one -> LOG.info("{} trials: {}", count, one))
              .toList();
      results.put("c2st_" + count, mean(errors, PosteriorError::c2st));
      results.put("c2st_error_" + count, standardError(errors));
      results.put("mean_error_" + count, mean(errors, PosteriorError::mean));
      results.put("variance_error_" + count, mean(errors, PosteriorError::variance));
    }
    return results;
  }

  private static double mean(List<PosteriorError> errors, ToDoubleFunction<PosteriorError> part) {
    return errors.stream().mapToDouble(part).average().orElse(Double.NaN);
  }

  /** That of the mean C2ST. */
  private static double standardError(List<PosteriorError> errors) {
    double mean = mean(errors, PosteriorError::c2st);
    double squares = mean(errors, one -> (one.c2st() - mean) * (one.c2st() - mean));
    return Math.sqrt(squares / (errors.size() - 1));
  }
}
