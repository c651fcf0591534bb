package io.github.sbi4j.flows.inference;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Support;
import io.github.sbi4j.core.progress.ProgressListener;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.flows.embedding.Embedding;
import io.github.sbi4j.flows.estimator.ColumnKind;
import io.github.sbi4j.flows.estimator.Coordinates;
import io.github.sbi4j.flows.estimator.DensityEstimator;
import io.github.sbi4j.flows.estimator.LowerBounds;
import io.github.sbi4j.flows.estimator.Maf;
import io.github.sbi4j.flows.estimator.Mnle;
import io.github.sbi4j.flows.estimator.TargetColumns;
import io.github.sbi4j.flows.posterior.Likelihood;
import io.github.sbi4j.flows.training.MemberReport;
import io.github.sbi4j.flows.training.Training;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The networks of one neural likelihood estimation: targets are observations. */
final class LikelihoodFit extends Fit {
  /** A column with this many rows to each of its different values is taken for discrete. */
  private static final int ROWS_PER_DISCRETE_VALUE = 20;

  private static final int MOST_LOOKED_AT = 100_000;

  private final Distribution prior;
  private final DensityTrainer trainer;
  private final TargetColumns columns;
  private final LowerBounds lowerBounds;
  private final long noiseSeed;

  LikelihoodFit(
      Distribution prior,
      DensityEstimator settings,
      Networks.Settings networks,
      @Nullable Support declared,
      Map<Integer, Integer> boundingParameters,
      TrainingRows rows) {
    super(rows);
    this.prior = prior;
    this.noiseSeed = RandomStreams.key(networks.seed(), -1);
    List<double[]> observations = rows.observations();
    DensityEstimator estimator = settings;
    DensityEstimator ofContinuous = settings;
    if (settings instanceof Mnle mnle) {
      columns = mnle.columnsOf(observations);
      estimator = mnle.over(columns);
      ofContinuous = mnle.continuous();
      noteDetected(mnle);
    } else {
      columns = TargetColumns.continuous(observations.get(0).length);
    }
    Support support = declared == null ? defaultSupport(observations) : declared;
    requireInside(support, observations);
    requireRoomForCounts(support, observations);
    this.lowerBounds = lowerBounds(boundingParameters, support);
    requireAboveBounds(rows.parameters(), observations);
    Coordinates coordinates =
        Coordinates.fit(
            support,
            columns,
            lowerBounds,
            columns.dequantized(observations, noiseSeed),
            rows.inputs(),
            Embedding.identity());
    refuseConstantParameters(prior, coordinates.contexts());
    refuseConstant(coordinates);
    noteHeavyTails(coordinates.targets(), columns.others());
    noteDiscrete(observations);
    if (ofContinuous instanceof Maf && columns.others().length == 1) {
      warn(
          "with one observed value a Maf is normal given the parameters, up to its coordinates; Nsf or Mdn can take any shape");
    }
    this.trainer = new DensityTrainer(estimator, Embedding.identity(), coordinates, networks);
  }

  /** No bounds, except that counts without a negative one end at -1/2. */
  private Support defaultSupport(List<double[]> observations) {
    double[] lower = Support.real(columns.dimension()).lower();
    double[] upper = Support.real(columns.dimension()).upper();
    for (int j = 0; j < lower.length; j++) {
      int column = j;
      boolean counts = columns.kinds().get(j) == ColumnKind.COUNT;
      if (counts && observations.stream().allMatch(x -> x[column] >= 0)) {
        lower[j] = -0.5;
      }
    }
    return Support.box(lower, upper);
  }

  private void requireRoomForCounts(Support support, List<double[]> observations) {
    double[] lower = support.lower();
    double[] upper = support.upper();
    for (int j : columns.others()) {
      if (columns.kinds().get(j) == ColumnKind.COUNT) {
        int column = j;
        double low = observations.stream().mapToDouble(x -> x[column]).min().orElse(0);
        double high = observations.stream().mapToDouble(x -> x[column]).max().orElse(0);
        if (low - 0.5 < lower[j] || high + 0.5 > upper[j]) {
          throw new IllegalStateException(
              "observed column "
                  + j
                  + " has counts from "
                  + low
                  + " to "
                  + high
                  + ", which need room for a half on both sides, but observationSupport has ("
                  + lower[j]
                  + ", "
                  + upper[j]
                  + ") there");
        }
      }
    }
  }

  private LowerBounds lowerBounds(Map<Integer, Integer> parameters, Support support) {
    int[] contexts = LowerBounds.none(columns.dimension()).contexts();
    parameters.forEach(
        (value, parameter) -> {
          String declared =
              "observationLowerBound says that observed value "
                  + value
                  + " lies above the parameter "
                  + prior.names().get(parameter);
          if (value >= contexts.length) {
            throw new IllegalStateException(
                declared + ", but observations have " + contexts.length + " values, from 0");
          }
          if (columns.kinds().get(value) != ColumnKind.CONTINUOUS) {
            throw new IllegalStateException(
                declared + ", but its kind is " + columns.kinds().get(value) + ", not CONTINUOUS");
          }
          if (support.upper()[value] < Double.POSITIVE_INFINITY) {
            throw new IllegalStateException(
                declared
                    + ", but observationSupport ends at "
                    + support.upper()[value]
                    + " there; leave its upper bound at Infinity");
          }
          contexts[value] = parameter;
        });
    return LowerBounds.of(contexts);
  }

  private void requireAboveBounds(List<double[]> parameters, List<double[]> observations) {
    int[] contexts = lowerBounds.contexts();
    for (int j : lowerBounds.targets()) {
      for (int i = 0; i < observations.size(); i++) {
        double bound = parameters.get(i)[contexts[j]];
        if (!(observations.get(i)[j] > bound)) {
          throw new IllegalStateException(
              "valid observations row "
                  + i
                  + " has "
                  + observations.get(i)[j]
                  + " as value "
                  + j
                  + ", not above "
                  + prior.names().get(contexts[j])
                  + ", which is "
                  + bound
                  + " there and its lower bound by observationLowerBound; leave that out or correct the simulator");
        }
      }
    }
  }

  private void noteDetected(Mnle mnle) {
    if (!mnle.columns().isEmpty()) {
      return;
    }
    List<String> found = new ArrayList<>();
    for (int j = 0; j < columns.dimension(); j++) {
      if (columns.kinds().get(j) == ColumnKind.CATEGORICAL) {
        found.add(j + " with the values " + Arrays.toString(columns.categories(j)));
      }
    }
    warn(
        "observed columns taken for categorical: "
            + String.join("; ", found)
            + "; the others for continuous. Mnle.withColumns declares them");
  }

  private void refuseConstant(Coordinates coordinates) {
    List<Integer> constant = new ArrayList<>();
    for (int k : coordinates.targets().constantColumns()) {
      constant.add(columns.others()[k]);
    }
    for (int j = 0; j < columns.dimension(); j++) {
      if (columns.categories(j).length == 1) {
        constant.add(j);
      }
    }
    if (!constant.isEmpty()) {
      throw new IllegalStateException(
          "observed columns "
              + constant
              + " have the same value in every simulation, so they have no density; leave them out");
    }
  }

  private static void requireInside(Support support, List<double[]> observations) {
    if (support.dimension() != observations.get(0).length) {
      throw new IllegalStateException(
          "observationSupport has "
              + support.dimension()
              + " values, but observations have "
              + observations.get(0).length);
    }
    for (int i = 0; i < observations.size(); i++) {
      if (!support.contains(observations.get(i))) {
        throw new IllegalStateException(
            "valid observations row "
                + i
                + " is "
                + Arrays.toString(observations.get(i))
                + ", outside observationSupport "
                + support
                + ", whose bounds are open; widen it or correct the simulator");
      }
    }
  }

  private void noteDiscrete(List<double[]> observations) {
    List<double[]> some = observations.subList(0, Math.min(observations.size(), MOST_LOOKED_AT));
    List<Integer> discrete = new ArrayList<>();
    for (int j = 0; j < observations.get(0).length; j++) {
      if (columns.kinds().get(j) != ColumnKind.CONTINUOUS) {
        continue;
      }
      int column = j;
      long different = some.stream().mapToDouble(x -> x[column]).distinct().count();
      if (different * ROWS_PER_DISCRETE_VALUE <= some.size()) {
        discrete.add(j);
      }
    }
    if (!discrete.isEmpty()) {
      warn(
          "observed columns "
              + discrete
              + " have few different values and seem discrete: a density can grow without bound there and is no probability;"
              + " use Mnle, or add noise as wide as their steps");
    }
  }

  @Override
  String meaningOfLeavingOut(TrainingRows rows) {
    return "; the likelihood is then that of valid data, p(x | theta, valid), and the posterior is biased by 1 / p(valid |"
        + " theta) unless simulations fail regardless of the parameters. Otherwise replace invalid values by a fixed"
        + " value far from the valid ones, or narrow the prior to where simulations succeed";
  }

  @Override
  List<MemberReport> train(TrainingRows rows, Training training, ProgressListener listener) {
    List<double[]> observations = rows.observations();
    for (int i = 0; i < observations.size(); i++) {
      String problem = columns.problem(observations.get(i));
      if (problem != null) {
        throw new IllegalStateException(
            "valid observations row " + i + ": " + problem + "; call train, which starts afresh");
      }
    }
    requireAboveBounds(rows.parameters(), observations);
    List<double[]> targets = columns.dequantized(observations, noiseSeed);
    return trainer.train(targets, rows.inputs(), training, listener);
  }

  Likelihood likelihood(List<String> observationNames) {
    return Likelihood.of(
        trainer.density(), prior, range(), conditions(), provenance(observationNames));
  }
}
