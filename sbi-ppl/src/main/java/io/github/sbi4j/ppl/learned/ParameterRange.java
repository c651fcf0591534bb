package io.github.sbi4j.ppl.learned;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.flows.posterior.Conditions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The range of parameters that a network was trained on, and a warning when a model leaves it for
 * long: there the network has seen nothing and extrapolates.
 *
 * <p>Chains may pass through such places on their way to the posterior, so only the last of {@value
 * #PATIENCE} sets of parameters outside is warned of, once.
 */
final class ParameterRange {
  static final int PATIENCE = 1_000;
  private static final Logger LOG = LoggerFactory.getLogger(ParameterRange.class);
  private static final int MOST_DRAWS = 10_000;
  private static final long SEED = 1;

  private final String trained;
  private final List<String> names = new ArrayList<>();
  private final double[] low;
  private final double[] high;
  private final AtomicInteger outside = new AtomicInteger();

  /**
   * The range of the prior's draws, about as many as were simulated, and of the conditions.
   *
   * @param trained what was trained, for messages
   * @param simulations the number of simulations
   */
  ParameterRange(String trained, Distribution prior, int simulations, Conditions conditions) {
    this.trained = trained;
    names.addAll(prior.names());
    names.addAll(conditions.names());
    low = new double[names.size()];
    high = new double[names.size()];
    Arrays.fill(low, Double.POSITIVE_INFINITY);
    Arrays.fill(high, Double.NEGATIVE_INFINITY);
    Samples draws = prior.sample(Math.max(1, Math.min(simulations, MOST_DRAWS)), SEED);
    for (int i = 0; i < draws.rows(); i++) {
      double[] row = draws.row(i);
      for (int d = 0; d < row.length; d++) {
        low[d] = Math.min(low[d], row[d]);
        high[d] = Math.max(high[d], row[d]);
      }
    }
    for (int k = 0; k < conditions.size(); k++) {
      low[prior.dimension() + k] = conditions.range().low().get(k);
      high[prior.dimension() + k] = conditions.range().high().get(k);
    }
  }

  /**
   * Looks at the parameters of all groups of some chains.
   *
   * @param groups the number of groups, G
   * @param parameters those of each group of each chain, (C G) x D
   */
  void watch(int groups, double[][] parameters) {
    if (outside.get() >= PATIENCE) {
      return;
    }
    for (int first = 0; first < parameters.length; first += groups) {
      for (int g = 0; g < groups; g++) {
        int d = outside(parameters[first + g]);
        if (d >= 0) {
          if (outside.incrementAndGet() == PATIENCE) {
            warn(g, groups, d, parameters[first + g][d]);
          }
          break;
        }
      }
    }
  }

  private int outside(double[] parameters) {
    for (int d = 0; d < parameters.length; d++) {
      if (parameters[d] < low[d] || parameters[d] > high[d]) {
        return d;
      }
    }
    return -1;
  }

  private void warn(int group, int groups, int d, double value) {
    LOG.warn(
        "parameters have left the range that the {} was trained on {} times: {} of group {} of {} is {}, and simulations"
            + " range from about {} to {}; the {} extrapolates there; train it with a wider prior, or"
            + " give the model a tighter one",
        trained,
        PATIENCE,
        names.get(d),
        group,
        groups,
        value,
        low[d],
        high[d],
        trained);
  }
}
