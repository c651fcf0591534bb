package io.github.sbi4j.flows.estimator;

import io.github.sbi4j.flows.tensor.Activation;
import io.github.sbi4j.flows.tensor.ParameterLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Mixed neural likelihood estimation, for observations of which some columns are discrete, choices
 * and their reaction times for example: a probability for each category, given the parameters and
 * the categorical columns before, then a density of the other columns, given the parameters and all
 * categories.
 *
 * <p>log q(d, c | theta) = sum<sub>j</sub> log P(d<sub>j</sub> | d<sub>1</sub>, ...,
 * d<sub>j-1</sub>, theta) + log q(c | d, theta).
 *
 * <p>Boelts, Lueckmann, Gao and Macke (2022), <a href="https://doi.org/10.7554/eLife.77220">eLife
 * 11:e77220</a>. Categories are the values that occur in the simulations; others have likelihood
 * zero. Columns are declared by {@link #withColumns}; unless they are, those with at most 20
 * different values, all integers, are taken for categorical, with a notice. All columns may be
 * categorical.
 *
 * <p>Where a parameter is the lower bound of a continuous column, as reaction times are longer than
 * the non-decision time, say so by {@link
 * io.github.sbi4j.flows.inference.SNLE#observationLowerBound SNLE.observationLowerBound}: the
 * density does not find out by itself, and is small beyond the bound, not zero.
 */
public final class Mnle implements DensityEstimator {
  private static final int MOST_DETECTED = 20;
  private static final int MOST_CATEGORIES = 500;
  private static final Mnle DEFAULTS =
      new Mnle(List.of(), List.of(), Nsf.defaults(), 50, 2, Activation.RELU);

  private final List<ColumnKind> columns;
  private final List<Integer> categoryCounts;
  private final DensityEstimator continuous;
  private final int hiddenFeatures;
  private final int hiddenLayers;
  private final Activation activation;

  private Mnle(
      List<ColumnKind> columns,
      List<Integer> categoryCounts,
      DensityEstimator continuous,
      int hiddenFeatures,
      int hiddenLayers,
      Activation activation) {
    this.columns = columns;
    this.categoryCounts = categoryCounts;
    this.continuous = continuous;
    this.hiddenFeatures = Checks.atLeast("hiddenFeatures", hiddenFeatures, 1);
    this.hiddenLayers = Checks.atLeast("hiddenLayers", hiddenLayers, 0);
    this.activation = activation;
  }

  /** {@return the default settings} */
  public static Mnle defaults() {
    return DEFAULTS;
  }

  /** {@return what each observed column was declared to be; none if they are to be detected} */
  public List<ColumnKind> columns() {
    return columns;
  }

  /**
   * {@return the number of values of each categorical column; none before {@link #over} is called}
   */
  public List<Integer> categoryCounts() {
    return categoryCounts;
  }

  /** {@return the estimator of the columns that are not categorical} */
  public DensityEstimator continuous() {
    return continuous;
  }

  /** {@return the width of each hidden layer of the categorical networks} */
  public int hiddenFeatures() {
    return hiddenFeatures;
  }

  /** {@return the number of hidden layers of each categorical network} */
  public int hiddenLayers() {
    return hiddenLayers;
  }

  /** {@return the activation of the hidden layers of the categorical networks} */
  public Activation activation() {
    return activation;
  }

  /**
   * {@return these settings with declared columns}
   *
   * @param kinds what each observed column is, in their order; at least one categorical or of
   *     counts
   */
  public Mnle withColumns(ColumnKind... kinds) {
    List<ColumnKind> declared = List.of(kinds);
    if (declared.stream().allMatch(kind -> kind == ColumnKind.CONTINUOUS)) {
      throw new IllegalArgumentException(
          "columns are "
              + declared
              + ", expected at least one CATEGORICAL or COUNT; for continuous columns alone use Nsf, Maf or Mdn");
    }
    return new Mnle(declared, List.of(), continuous, hiddenFeatures, hiddenLayers, activation);
  }

  /**
   * {@return these settings with another value of {@link #continuous()}}
   *
   * @param continuous {@link Nsf}, {@link Maf} or {@link Mdn}
   */
  public Mnle withContinuous(DensityEstimator continuous) {
    if (continuous instanceof Mnle) {
      throw new IllegalArgumentException(
          "the continuous columns need Nsf, Maf or Mdn, but continuous is an Mnle itself");
    }
    return new Mnle(columns, categoryCounts, continuous, hiddenFeatures, hiddenLayers, activation);
  }

  /**
   * {@return these settings with another value of {@link #hiddenFeatures()}}
   *
   * @param hiddenFeatures at least 1
   */
  public Mnle withHiddenFeatures(int hiddenFeatures) {
    return new Mnle(columns, categoryCounts, continuous, hiddenFeatures, hiddenLayers, activation);
  }

  /**
   * {@return these settings with another value of {@link #hiddenLayers()}}
   *
   * @param hiddenLayers at least 0; without any, logits are linear in the parameters
   */
  public Mnle withHiddenLayers(int hiddenLayers) {
    return new Mnle(columns, categoryCounts, continuous, hiddenFeatures, hiddenLayers, activation);
  }

  /**
   * {@return these settings with another value of {@link #activation()}}
   *
   * @param activation applied to each hidden value
   */
  public Mnle withActivation(Activation activation) {
    return new Mnle(columns, categoryCounts, continuous, hiddenFeatures, hiddenLayers, activation);
  }

  /**
   * The columns of a table, as declared or as detected, with the categories that occur in it.
   *
   * @param rows N x D
   * @return the columns
   * @throws IllegalStateException if they do not fit what was declared, or no discrete column was
   *     detected
   */
  public TargetColumns columnsOf(List<double[]> rows) {
    int width = rows.get(0).length;
    double[][] different =
        IntStream.range(0, width)
            .mapToObj(j -> TargetColumns.different(rows, j))
            .toArray(double[][]::new);
    if (columns.isEmpty()) {
      return TargetColumns.fit(detect(different), rows);
    }
    if (columns.size() != width) {
      throw new IllegalStateException(
          "Mnle.withColumns declared "
              + columns.size()
              + " columns, but observations have "
              + width);
    }
    for (int j = 0; j < width; j++) {
      double[] values = different[j];
      if (columns.get(j) == ColumnKind.CATEGORICAL && values.length > MOST_CATEGORIES) {
        throw new IllegalStateException(
            "observed column "
                + j
                + " was declared CATEGORICAL, but has "
                + values.length
                + " different values, more than "
                + MOST_CATEGORIES
                + "; declare it COUNT if they are integers, CONTINUOUS otherwise");
      }
      if (columns.get(j) == ColumnKind.COUNT && !allIntegers(values)) {
        throw new IllegalStateException(
            "observed column "
                + j
                + " was declared COUNT, but has values that are no integers; declare it CONTINUOUS or CATEGORICAL");
      }
    }
    return TargetColumns.fit(columns, rows);
  }

  private static List<ColumnKind> detect(double[][] different) {
    List<ColumnKind> kinds = new ArrayList<>();
    for (double[] values : different) {
      boolean discrete = values.length <= MOST_DETECTED && allIntegers(values);
      kinds.add(discrete ? ColumnKind.CATEGORICAL : ColumnKind.CONTINUOUS);
    }
    if (!kinds.contains(ColumnKind.CATEGORICAL)) {
      throw new IllegalStateException(
          "none of the "
              + different.length
              + " observed columns has at most "
              + MOST_DETECTED
              + " different values that are all integers, so none is taken for discrete; declare them by"
              + " Mnle.withColumns, or use Nsf, Maf or Mdn");
    }
    return kinds;
  }

  private static boolean allIntegers(double[] values) {
    return Arrays.stream(values).allMatch(v -> v == Math.rint(v));
  }

  /**
   * {@return these settings for the given columns, of which networks can be built}
   *
   * @param found what {@link #columnsOf} gave
   */
  public Mnle over(TargetColumns found) {
    return new Mnle(
        found.kinds(),
        found.categoryCounts(),
        continuous,
        hiddenFeatures,
        hiddenLayers,
        activation);
  }

  @Override
  public DensityNetwork build(
      int targets, int contexts, ParameterLayout layout, RandomGenerator random) {
    boolean categorical = columns.contains(ColumnKind.CATEGORICAL);
    if (columns.isEmpty() || categorical == categoryCounts.isEmpty()) {
      throw new IllegalStateException(
          "the categories are not known; SNLE finds them in the simulations, other methods cannot use Mnle");
    }
    return new MixedNetwork(layout, targets, contexts, this, random);
  }

  @Override
  public String toString() {
    return "Mnle[columns="
        + (columns.isEmpty() ? "detected" : columns)
        + ", continuous="
        + continuous
        + ", hiddenFeatures="
        + hiddenFeatures
        + ", hiddenLayers="
        + hiddenLayers
        + ", activation="
        + activation
        + "]";
  }
}
