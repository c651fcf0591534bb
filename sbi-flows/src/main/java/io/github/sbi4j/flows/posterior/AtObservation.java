package io.github.sbi4j.flows.posterior;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.flows.potential.ConditionalPotential;
import io.github.sbi4j.flows.potential.ConditionalSource;
import io.github.sbi4j.flows.potential.Potential;
import io.github.sbi4j.flows.potential.PotentialSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A source of potentials and the one of the observation given, if one was; the observation is known
 * where it is a single one.
 */
record AtObservation(
    PotentialSource source, @Nullable Potential chosen, Optional<double[]> observation) {
  static AtObservation of(PotentialSource source) {
    return new AtObservation(source, null, Optional.empty());
  }

  AtObservation given(double[]... trials) {
    double[][] own = kept(trials);
    Optional<double[]> single = own.length == 1 ? Optional.of(own[0]) : Optional.empty();
    return new AtObservation(source, source.potential(own), single);
  }

  /** The same for the other parameters, at the same observation if one was given. */
  AtObservation fixing(Map<String, Double> fixed) {
    return new AtObservation(
        ConditionalSource.of(source, fixed),
        chosen == null ? null : ConditionalPotential.of(chosen, fixed),
        observation);
  }

  AtObservation given(double[][] trials, double[][] conditions) {
    Potential potential = source.potential(kept(trials), kept(conditions));
    return new AtObservation(source, potential, Optional.empty());
  }

  /** A likelihood of one's own may keep what it is given; the caller's arrays may change. */
  private static double[][] kept(double[][] rows) {
    return Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
  }

  @Override
  public Optional<double[]> observation() {
    return observation.map(double[]::clone);
  }

  Distribution prior() {
    return source.prior();
  }

  Potential potential() {
    if (chosen == null) {
      throw new IllegalStateException(
          "the posterior was not given an observation: call posterior.given(observed) first");
    }
    return chosen;
  }

  double[] logProb(double[][] parameters) {
    return potential().logProb(parameters);
  }

  /** The maximum, searched for from the best of some draws. */
  MapEstimate map(Supplier<double[][]> draws) {
    Potential potential = potential();
    double[][] starts = draws.get();
    return new MapSearch(potential.unconstrained(), prior().bijection(), prior().support())
        .run(starts, potential::logProb);
  }

  /** Gives trials to a posterior that may take several or only one. */
  static Posterior give(String role, Posterior posterior, double[][] trials) {
    if (posterior instanceof UnnormalizedPosterior sampled) {
      return sampled.given(trials);
    }
    if (posterior instanceof EnsemblePosterior ensemble) {
      return ensemble.given(trials);
    }
    if (posterior instanceof VariationalPosterior fitted) {
      return fitted.given(trials);
    }
    if (trials.length != 1) {
      throw new IllegalArgumentException(
          role
              + " takes one observation, but "
              + trials.length
              + " trials were given; use posteriors of a likelihood or ratio for them");
    }
    return posterior.given(trials[0]);
  }

  /** Gives trials under conditions to a posterior that may take them. */
  static Posterior give(
      String role, Posterior posterior, double[][] trials, double[][] conditions) {
    if (posterior instanceof UnnormalizedPosterior sampled) {
      return sampled.given(trials, conditions);
    }
    if (posterior instanceof EnsemblePosterior ensemble) {
      return ensemble.given(trials, conditions);
    }
    if (posterior instanceof VariationalPosterior fitted) {
      return fitted.given(trials, conditions);
    }
    throw new IllegalArgumentException(
        role
            + " is a "
            + posterior.getClass().getSimpleName()
            + ", which takes an observation without conditions; use posteriors of a likelihood or"
            + " ratio for them");
  }

  static int requireCount(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("count is " + count + ", expected at least 1 draw");
    }
    return count;
  }
}
