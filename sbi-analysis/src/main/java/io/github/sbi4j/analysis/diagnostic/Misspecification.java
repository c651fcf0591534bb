package io.github.sbi4j.analysis.diagnostic;

import io.github.sbi4j.core.concurrent.Tasks;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.flows.estimator.DensityEstimator;
import io.github.sbi4j.flows.estimator.Maf;
import io.github.sbi4j.flows.training.Training;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Tests whether an observation is like those that the simulator gives for parameters from the
 * prior.
 *
 * <p>Where it is not, the model cannot explain the data and a learned posterior extrapolates. Half
 * of the simulations are a reference; how unlike the reference the observation is gets compared
 * with how unlike it the other half is. The p-value is the rank among them, exact for any number of
 * simulations and any quality of what was fitted.
 *
 * <ul>
 *   <li>By {@linkplain #mmd kernel}: the maximum mean discrepancy to the reference. For a single
 *       observation that is its distance in the sense of a Gaussian kernel.
 *   <li>By {@linkplain #density density}: minus the log-density under a flow that is fitted to the
 *       reference; it sees values that are usual each but not together.
 * </ul>
 *
 * <p>Several observations are tested as a group, compared with groups of as many simulations, each
 * from parameters of its own. For trials that share their parameters let the simulator give all of
 * them in one row. Immutable; results do not depend on the number of threads.
 *
 * @see <a href="https://arxiv.org/abs/2112.08866">Schmitt et al. (2022)</a>
 */
public final class Misspecification {
  private static final int LARGEST_REFERENCE = 5000;

  private final Simulations simulations;
  private final @Nullable UnaryOperator<double[]> summary;
  private final DensityEstimator estimator;
  private final Training training;
  private final double level;
  private final int threads;

  private Misspecification(
      Simulations simulations,
      @Nullable UnaryOperator<double[]> summary,
      DensityEstimator estimator,
      Training training,
      double level,
      int threads) {
    this.simulations = simulations;
    this.summary = summary;
    this.estimator = estimator;
    this.training = training;
    this.level = level;
    this.threads = threads;
  }

  /**
   * The test against simulations, at level 0.05.
   *
   * @param simulations N simulations with parameters from the prior; failed ones are left out. They
   *     may be those that a posterior was trained on
   * @return the test, not yet run
   */
  public static Misspecification of(Simulations simulations) {
    return new Misspecification(
        simulations.valid(),
        null,
        Maf.defaults(),
        Training.defaults().withMaxEpochs(100),
        0.05,
        Tasks.allProcessors());
  }

  /**
   * A copy that compares summaries of observations, for example what a posterior's own embedding
   * network makes of them, {@code posterior::features}, or the mean of a posterior.
   *
   * @param statistics gives K finite values for L observed ones; called from several threads
   * @return the copy
   */
  public Misspecification summary(UnaryOperator<double[]> statistics) {
    return new Misspecification(simulations, statistics, estimator, training, level, threads);
  }

  /**
   * A copy with another density estimator for {@link #density}.
   *
   * @param density the settings of the estimator; a masked autoregressive flow unless set
   * @return the copy
   */
  public Misspecification densityEstimator(DensityEstimator density) {
    return new Misspecification(simulations, summary, density, training, level, threads);
  }

  /**
   * A copy with other settings of training for {@link #density}.
   *
   * @param settings the settings
   * @return the copy
   */
  public Misspecification training(Training settings) {
    return new Misspecification(simulations, summary, estimator, settings, level, threads);
  }

  /**
   * A copy with another level.
   *
   * @param falseAlarmRate the probability with which simulated data may fail, by all tests of a run
   *     together
   * @return the copy
   * @throws IllegalArgumentException if it is not between 0 and 1
   */
  public Misspecification level(double falseAlarmRate) {
    if (!(falseAlarmRate > 0 && falseAlarmRate < 1)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "level must be between 0 and 1, got %s; 0.05 is usual", falseAlarmRate));
    }
    return new Misspecification(simulations, summary, estimator, training, falseAlarmRate, threads);
  }

  /**
   * A copy that works on another number of threads.
   *
   * @param count the number of threads
   * @return the copy
   * @throws IllegalArgumentException if it is not positive
   */
  public Misspecification threads(int count) {
    return new Misspecification(
        simulations, summary, estimator, training, level, Tasks.requireThreads(count));
  }

  /**
   * Tests by kernel and by density, each at half of the level.
   *
   * @param seed decides the split and training
   * @param observations M x L, M at least 1
   * @return what both found
   * @throws IllegalArgumentException if there is no observation, one does not have L finite values,
   *     or there are too few simulations for the level
   */
  public MisspecificationResult test(long seed, double[]... observations) {
    Prepared data = prepare(seed, 2, observations);
    return new MisspecificationResult(
        List.of(byKernel(data), byDensity(data, seed)), data.unusual(), level);
  }

  /**
   * Tests by the maximum mean discrepancy alone.
   *
   * @param seed decides the split
   * @param observations M x L, M at least 1
   * @return what was found
   * @throws IllegalArgumentException as for {@link #test}
   */
  public MisspecificationResult mmd(long seed, double[]... observations) {
    Prepared data = prepare(seed, 1, observations);
    return new MisspecificationResult(List.of(byKernel(data)), data.unusual(), level);
  }

  /**
   * Tests by the density alone.
   *
   * @param seed decides the split and training
   * @param observations M x L, M at least 1
   * @return what was found
   * @throws IllegalArgumentException as for {@link #test}
   */
  public MisspecificationResult density(long seed, double[]... observations) {
    Prepared data = prepare(seed, 1, observations);
    return new MisspecificationResult(List.of(byDensity(data, seed)), data.unusual(), level);
  }

  private MisspecificationResult.Test byKernel(Prepared data) {
    return data.test("kernel distance", ObservationScore.kernel(data.reference), threads);
  }

  private MisspecificationResult.Test byDensity(Prepared data, long seed) {
    int[] varying = data.varying();
    UnaryOperator<double[]> kept = x -> Arrays.stream(varying).mapToDouble(j -> x[j]).toArray();
    ObservationScore score =
        ObservationScore.density(
            each(data.reference, kept), estimator, training, threads, RandomStreams.key(seed, -1));
    return data.test(
        "minus log-density",
        group ->
            data.leavesConstants(group) ? Double.POSITIVE_INFINITY : score.of(each(group, kept)),
        threads);
  }

  private static double[][] each(double[][] rows, UnaryOperator<double[]> map) {
    return Arrays.stream(rows).map(map).toArray(double[][]::new);
  }

  private Prepared prepare(long seed, int tests, double[][] observations) {
    if (observations.length == 0) {
      throw new IllegalArgumentException("got no observations; give at least one");
    }
    int size = observations.length;
    int half = simulations.size() / 2;
    int groups = half / size;
    int fewest = (int) Math.ceil(tests / level - 1 - 1e-9);
    if (groups < Math.max(fewest, 10)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d valid simulations give %d groups of %d to compare with, and level %s needs %d; give"
                  + " at least %d simulations",
              simulations.size(),
              groups,
              size,
              level,
              Math.max(fewest, 10),
              2 * size * Math.max(fewest, 10)));
    }
    Samples simulated = simulations.observations();
    for (double[] observation : observations) {
      requireLike(observation, simulated.columns());
    }
    int[] order = permutation(simulations.size(), RandomStreams.of(seed, 0));
    List<double[]> rows =
        Tasks.map(threads, order.length, i -> summarised(simulated.row(order[i])));
    double[][] all = rows.toArray(double[][]::new);
    int referenceSize = Math.min(LARGEST_REFERENCE, all.length - half);
    Samples reference =
        Samples.copyOf(names(all[0].length), Arrays.copyOfRange(all, half, half + referenceSize));
    double[][] scale = ObservationScore.locationAndScale(reference);
    UnaryOperator<double[]> standardise =
        x -> {
          double[] z = new double[x.length];
          Arrays.setAll(z, j -> (x[j] - scale[0][j]) / scale[1][j]);
          return z;
        };
    return new Prepared(
        reference.names(),
        each(reference.toArray(), standardise),
        each(Arrays.copyOf(all, half), standardise),
        each(each(observations, this::summarised), standardise));
  }

  private List<String> names(int width) {
    return summary == null
        ? simulations.observations().names()
        : IntStream.range(0, width).mapToObj(j -> "summary_" + (j + 1)).toList();
  }

  private static void requireLike(double[] observation, int columns) {
    if (observation.length != columns) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the observation has %d values and simulations have %d; give the same statistics",
              observation.length,
              columns));
    }
    for (int j = 0; j < columns; j++) {
      if (!Double.isFinite(observation[j])) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT, "observed value %d is %s; give finite values", j, observation[j]));
      }
    }
  }

  private double[] summarised(double[] observation) {
    if (summary == null) {
      return observation;
    }
    double[] values = summary.apply(observation.clone());
    if (values.length == 0 || !Arrays.stream(values).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(
          "the summary of "
              + Arrays.toString(observation)
              + " is "
              + Arrays.toString(values)
              + "; expected finite values");
    }
    return values;
  }

  private static int[] permutation(int length, RandomGenerator random) {
    int[] order = IntStream.range(0, length).toArray();
    for (int i = length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }

  /** What is compared, all standardised by the reference. */
  private record Prepared(
      List<String> names, double[][] reference, double[][] held, double[][] observed) {
    MisspecificationResult.Test test(String measure, ObservationScore score, int threads) {
      double[] simulated = ObservationScore.ofGroups(score, held, observed.length, threads);
      double own = score.of(observed);
      long asFar = Arrays.stream(simulated).filter(s -> s >= own).count();
      double pValue = (1.0 + asFar) / (1.0 + simulated.length);
      return new MisspecificationResult.Test(measure, own, simulated, pValue);
    }

    int[] varying() {
      return IntStream.range(0, names.size())
          .filter(j -> Arrays.stream(reference).anyMatch(row -> row[j] != reference[0][j]))
          .toArray();
    }

    boolean leavesConstants(double[][] group) {
      int[] varying = varying();
      return IntStream.range(0, names.size())
          .filter(j -> Arrays.stream(varying).noneMatch(v -> v == j))
          .anyMatch(j -> Arrays.stream(group).anyMatch(row -> row[j] != reference[0][j]));
    }

    /** The value that lies furthest out in its own direction. */
    MisspecificationResult.Unusual unusual() {
      List<MisspecificationResult.Unusual> values = new ArrayList<>();
      for (int j = 0; j < names.size(); j++) {
        int column = j;
        double mean =
            Arrays.stream(observed).mapToDouble(row -> row[column]).average().orElseThrow();
        values.add(
            new MisspecificationResult.Unusual(names.get(j), mean * Math.sqrt(observed.length)));
      }
      values.sort((a, b) -> Double.compare(Math.abs(b.deviations()), Math.abs(a.deviations())));
      return values.get(0);
    }
  }
}
