package io.github.sbi4j.flows.inference;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Support;
import io.github.sbi4j.core.progress.ProgressListener;
import io.github.sbi4j.flows.embedding.Embedding;
import io.github.sbi4j.flows.estimator.Coordinates;
import io.github.sbi4j.flows.estimator.DensityEstimator;
import io.github.sbi4j.flows.estimator.Maf;
import io.github.sbi4j.flows.posterior.Likelihood;
import io.github.sbi4j.flows.training.MemberReport;
import io.github.sbi4j.flows.training.Training;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The networks of one neural likelihood estimation: targets are observations. */
final class LikelihoodFit extends Fit {
  /** A column with this many rows to each of its different values is taken for discrete. */
  private static final int ROWS_PER_DISCRETE_VALUE = 20;

  private final Distribution prior;
  private final DensityTrainer trainer;

  LikelihoodFit(
      Distribution prior,
      DensityEstimator estimator,
      Networks.Settings settings,
      @Nullable Support declared,
      TrainingRows rows) {
    super(rows);
    this.prior = prior;
    double[][] observations = rows.observations();
    Support support = declared == null ? Support.real(observations[0].length) : declared;
    requireInside(support, observations);
    Coordinates coordinates =
        Coordinates.fit(support, observations, rows.parameters(), Embedding.identity());
    refuseConstantParameters(prior, coordinates.contexts());
    List<Integer> constant = coordinates.targets().constantColumns();
    if (!constant.isEmpty()) {
      throw new IllegalStateException(
          "observed columns "
              + constant
              + " have the same value in every simulation, so they have no density; leave them out");
    }
    noteHeavyTails(coordinates.targets());
    noteDiscrete(observations);
    if (estimator instanceof Maf && support.dimension() == 1) {
      warn(
          "with one observed value a Maf is normal given the parameters, up to its coordinates; Nsf or Mdn can take any shape");
    }
    this.trainer = new DensityTrainer(estimator, Embedding.identity(), coordinates, settings);
  }

  private static void requireInside(Support support, double[][] observations) {
    if (support.dimension() != observations[0].length) {
      throw new IllegalStateException(
          "observationSupport has "
              + support.dimension()
              + " values, but observations have "
              + observations[0].length);
    }
    for (int i = 0; i < observations.length; i++) {
      if (!support.contains(observations[i])) {
        throw new IllegalStateException(
            "valid observations row "
                + i
                + " is "
                + Arrays.toString(observations[i])
                + ", outside observationSupport "
                + support
                + ", whose bounds are open; widen it or correct the simulator");
      }
    }
  }

  private void noteDiscrete(double[][] observations) {
    List<Integer> discrete = new ArrayList<>();
    for (int j = 0; j < observations[0].length; j++) {
      int column = j;
      long different = Arrays.stream(observations).mapToDouble(x -> x[column]).distinct().count();
      if (different * ROWS_PER_DISCRETE_VALUE <= observations.length) {
        discrete.add(j);
      }
    }
    if (!discrete.isEmpty()) {
      warn(
          "observed columns "
              + discrete
              + " have few different values and seem discrete: a density can grow without bound there and is no probability;"
              + " add noise as wide as their steps, or use a method for discrete data");
    }
  }

  @Override
  String meaningOfLeavingOut() {
    return "; the likelihood is then that of valid data, p(x | theta, valid), and the posterior is biased by 1 / p(valid |"
        + " theta) unless simulations fail regardless of the parameters. Otherwise replace invalid values by a fixed"
        + " value far from the valid ones, or narrow the prior to where simulations succeed";
  }

  @Override
  List<MemberReport> train(
      double[][] parameters,
      double[][] observations,
      Training training,
      ProgressListener listener) {
    return trainer.train(observations, parameters, training, listener);
  }

  Likelihood likelihood(List<String> observationNames) {
    return Likelihood.of(trainer.density(), prior, range(), provenance(observationNames));
  }
}
