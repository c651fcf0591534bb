package io.github.sbi4j.flows.estimator;

import io.github.sbi4j.flows.network.MultilayerPerceptron;
import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.ParameterLayout;
import io.github.sbi4j.flows.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A network of its own for each categorical column, which sees the context and the columns before
 * as one value for each category, and a density of the rest, which sees the context and all of
 * them.
 */
final class MixedNetwork implements DensityNetwork {
  private final int targets;
  private final int contexts;
  private final int[] ends;
  private final List<MultilayerPerceptron> categorical = new ArrayList<>();
  private final @Nullable DensityNetwork continuous;

  MixedNetwork(
      ParameterLayout layout, int targets, int contexts, Mnle settings, RandomGenerator random) {
    this.targets = targets;
    this.contexts = contexts;
    List<Integer> counts = settings.categoryCounts();
    this.ends = new int[counts.size()];
    int seen = 0;
    for (int j = 0; j < ends.length; j++) {
      categorical.add(
          MultilayerPerceptron.create(
              layout,
              "categorical." + j,
              contexts + seen,
              settings.hiddenFeatures(),
              settings.hiddenLayers(),
              counts.get(j),
              settings.activation(),
              0,
              new float[counts.get(j)],
              random));
      seen += counts.get(j);
      ends[j] = seen;
    }
    this.continuous =
        targets == seen
            ? null
            : settings.continuous().build(targets - seen, contexts + seen, layout, random);
  }

  private int begin(int column) {
    return column == 0 ? 0 : ends[column - 1];
  }

  @Override
  public int targets() {
    return targets;
  }

  @Override
  public int contexts() {
    return contexts;
  }

  /** The context, and the categories before the column; one row for all where there are none. */
  private static Tensor given(Operations ops, Tensor context, Tensor categories, int end) {
    if (end == 0) {
      return context;
    }
    boolean shared = context.rows() < categories.rows();
    Tensor repeated = shared ? ops.repeatRows(context, categories.rows()) : context;
    return ops.concat(repeated, ops.columns(categories, 0, end));
  }

  /** The log-probability of each value of the first column. */
  Tensor logProbabilities(Operations ops, Tensor context) {
    return ops.logSoftmax(categorical.get(0).apply(ops, context));
  }

  private Tensor categoricalLogProb(Operations ops, Tensor target, Tensor context) {
    Tensor sum = null;
    for (int j = 0; j < ends.length; j++) {
      Tensor logits = categorical.get(j).apply(ops, given(ops, context, target, begin(j)));
      Tensor own = ops.columns(target, begin(j), ends[j]);
      Tensor log = ops.sumColumns(ops.multiply(own, ops.logSoftmax(logits)));
      sum = sum == null ? log : ops.add(sum, log);
    }
    return Objects.requireNonNull(sum);
  }

  @Override
  public Tensor logProb(Operations ops, Tensor target, Tensor context) {
    Tensor sum = ends.length == 0 ? null : categoricalLogProb(ops, target, context);
    if (continuous != null) {
      int seen = begin(ends.length);
      Tensor rest = seen == 0 ? target : ops.columns(target, seen, targets);
      Tensor log = continuous.logProb(ops, rest, given(ops, context, target, seen));
      sum = sum == null ? log : ops.add(sum, log);
    }
    return Objects.requireNonNull(sum);
  }

  /** Networks see each context and its categories once, however many targets there are. */
  @Override
  public Tensor logProb(Operations ops, Tensor target, Tensor context, int draws) {
    int rows = context.rows();
    int seen = begin(ends.length);
    Tensor categories = seen == 0 ? null : first(ops, ops.columns(target, 0, seen), rows);
    Tensor sum = null;
    if (categories != null) {
      sum = ops.repeatRows(categoricalLogProb(ops, categories, context), draws);
    }
    if (continuous != null) {
      Tensor rest = seen == 0 ? target : ops.columns(target, seen, targets);
      Tensor given = categories == null ? context : ops.concat(context, categories);
      Tensor log = continuous.logProb(ops, rest, given, draws);
      sum = sum == null ? log : ops.add(sum, log);
    }
    return Objects.requireNonNull(sum);
  }

  /** The first row of each of some groups of rows, as many in each. */
  private static Tensor first(Operations ops, Tensor tensor, int groups) {
    int all = tensor.rows() * tensor.columns() / groups;
    return ops.columns(ops.reshape(tensor, groups, all), 0, tensor.columns());
  }

  @Override
  public Tensor sample(Operations ops, Tensor context, int draws, RandomGenerator random) {
    int rows = context.rows() * draws;
    Tensor repeated = ops.repeatRows(context, draws);
    Tensor categories = null;
    for (int j = 0; j < ends.length; j++) {
      Tensor given = categories == null ? repeated : ops.concat(repeated, categories);
      float[] logs = ops.values(ops.logSoftmax(categorical.get(j).apply(ops, given)));
      int count = ends[j] - begin(j);
      float[] chosen = new float[logs.length];
      for (int i = 0; i < rows; i++) {
        chosen[i * count + choose(logs, i * count, count, random)] = 1;
      }
      Tensor own = ops.constant(chosen, rows, count);
      categories = categories == null ? own : ops.concat(categories, own);
    }
    if (continuous == null) {
      return Objects.requireNonNull(categories);
    }
    if (categories == null) {
      return continuous.sample(ops, context, draws, random);
    }
    Tensor rest = continuous.sample(ops, ops.concat(repeated, categories), 1, random);
    return ops.concat(categories, rest);
  }

  private static int choose(float[] logs, int from, int count, RandomGenerator random) {
    double left = random.nextDouble();
    for (int k = 0; k < count - 1; k++) {
      left -= Math.exp(logs[from + k]);
      if (left < 0) {
        return k;
      }
    }
    return count - 1;
  }
}
