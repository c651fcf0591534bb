package io.github.sbi4j.flows.estimator;

import io.github.sbi4j.core.concurrent.Tasks;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.flows.potential.GroupedTerms;
import io.github.sbi4j.flows.potential.GroupedTrials;
import io.github.sbi4j.flows.potential.TrialSum;
import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.Tensor;
import io.github.sbi4j.flows.tensor.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * A trained conditional density q(t | c) behind plain arrays: one network or the equally weighted
 * mixture of several.
 *
 * <p>Networks see targets and contexts in their own {@link Coordinates}; all log-densities here are
 * those of t in its own units. Immutable; may be used from many threads.
 */
public final class ConditionalDensity {
  /** With fewer parts, threads take longer to start than they save. */
  private static final int PARTS_FOR_THREADS = 8;

  private final DensityModel model;
  private final List<Weights> members;
  private final Coordinates coordinates;
  private final int chunk;
  private final int threads;

  /**
   * Puts together what training gave.
   *
   * @param model the networks
   * @param members the weights of each member of the mixture, at least one
   * @param coordinates what the networks see of targets and contexts
   */
  public ConditionalDensity(DensityModel model, List<Weights> members, Coordinates coordinates) {
    this(model, members, coordinates, members.get(0).staysInThread() ? Tasks.allProcessors() : 1);
  }

  private ConditionalDensity(
      DensityModel model, List<Weights> members, Coordinates coordinates, int threads) {
    this.model = model;
    this.members = List.copyOf(members);
    this.coordinates = coordinates;
    this.chunk = members.get(0).rowsAtOnce();
    this.threads = threads;
  }

  /**
   * The same density evaluated on another number of threads. By default all processors share calls
   * over thousands of rows; results do not depend on it.
   *
   * @param threads at least 1; 1 keeps to the calling thread
   * @return the density
   */
  public ConditionalDensity withThreads(int threads) {
    return new ConditionalDensity(model, members, coordinates, Tasks.requireThreads(threads));
  }

  /** {@return the largest number of threads that share a call} */
  public int threads() {
    return threads;
  }

  /** {@return the networks} */
  public DensityModel model() {
    return model;
  }

  /** {@return the weights of each member} */
  public List<Weights> members() {
    return members;
  }

  /** {@return what the networks see of targets and contexts} */
  public Coordinates coordinates() {
    return coordinates;
  }

  /** {@return the number of target values, D} */
  public int targets() {
    return coordinates.dimension();
  }

  /** {@return the number of context values, L} */
  public int contexts() {
    return coordinates.contexts().columns();
  }

  /**
   * The features that the first member's embedding network makes of a context; without a network
   * they are the standardised context.
   *
   * @param context L values
   * @return E values
   */
  public double[] features(double[] context) {
    float[] seen = toFloat(coordinates.context(context).scaled());
    try (Operations ops = members.get(0).evaluate()) {
      return toDouble(ops.values(model.features(ops, ops.constant(seen, 1, contexts()))));
    }
  }

  /** Computes with one member's networks in one evaluation. */
  @FunctionalInterface
  private interface Evaluation {
    float[] of(Operations ops);
  }

  /** What is done with the rows from a first one to before a last one. */
  @FunctionalInterface
  private interface Part {
    void of(int index, int from, int to);
  }

  private void inParts(int rows, Part part) {
    int parts = (rows + chunk - 1) / chunk;
    Tasks.map(
        parts < PARTS_FOR_THREADS ? 1 : threads,
        parts,
        index -> {
          int from = index * chunk;
          part.of(index, from, Math.min(rows, from + chunk));
          return true;
        });
  }

  private double[][] ofEachMember(Evaluation evaluation) {
    double[][] results = new double[members.size()][];
    for (int m = 0; m < results.length; m++) {
      try (Operations ops = members.get(m).evaluate()) {
        results[m] = toDouble(evaluation.of(ops));
      }
    }
    return results;
  }

  /**
   * The log-density of targets given one context.
   *
   * @param target N x D
   * @param context L values
   * @return N values, -Infinity outside the support and for unknown categories
   */
  public double[] logProb(double[][] target, double[] context) {
    double[] result = new double[target.length];
    Coordinates.Context given = coordinates.context(context);
    float[] seen = toFloat(given.scaled());
    inParts(target.length, (part, from, to) -> logProb(target, given, seen, from, to, result));
    return result;
  }

  private void logProb(
      double[][] target,
      Coordinates.Context given,
      float[] seen,
      int from,
      int to,
      double[] result) {
    int count = to - from;
    double[] jacobian = new double[count];
    float[] points = new float[count * coordinates.seen()];
    for (int i = 0; i < count; i++) {
      jacobian[i] = prepare(target[from + i], from + i, given, points, i);
    }
    double[][] logs =
        ofEachMember(
            ops -> {
              Tensor point = ops.constant(points, count, coordinates.seen());
              Tensor one = ops.constant(seen, 1, contexts());
              return ops.values(model.logProb(ops, point, one));
            });
    mix(logs, jacobian, result, from);
  }

  /**
   * The log-density of each target given the context of the same row.
   *
   * @param target N x D
   * @param context N x L
   * @return N values, -Infinity outside the support and for unknown categories
   */
  public double[] logProb(double[][] target, double[][] context) {
    if (target.length != context.length) {
      throw new IllegalArgumentException(
          target.length + " targets but " + context.length + " contexts; give as many of each");
    }
    double[] result = new double[target.length];
    inParts(target.length, (part, from, to) -> logProb(target, context, from, to, result));
    return result;
  }

  private void logProb(double[][] target, double[][] context, int from, int to, double[] result) {
    int count = to - from;
    double[] jacobian = new double[count];
    float[] points = new float[count * coordinates.seen()];
    float[] seen = new float[count * contexts()];
    for (int i = 0; i < count; i++) {
      Coordinates.Context given = coordinates.context(context[from + i]);
      jacobian[i] = prepare(target[from + i], from + i, given, points, i);
      System.arraycopy(toFloat(given.scaled()), 0, seen, i * contexts(), contexts());
    }
    double[][] logs =
        ofEachMember(
            ops -> {
              Tensor point = ops.constant(points, count, coordinates.seen());
              Tensor pairs = ops.constant(seen, count, contexts());
              return ops.values(model.logProb(ops, point, pairs));
            });
    mix(logs, jacobian, result, from);
  }

  /** Writes a target as the networks see it; -Infinity where it cannot have a density. */
  private double prepare(
      double[] target, int row, Coordinates.Context given, float[] points, int at) {
    if (target.length != targets()) {
      throw new IllegalArgumentException(
          "row " + row + " has " + target.length + " values, but the density is over " + targets());
    }
    if (!coordinates.contains(target, given)) {
      return Double.NEGATIVE_INFINITY;
    }
    int width = coordinates.seen();
    double[] seen = new double[width];
    double logDeterminant = coordinates.forward(target, given, seen);
    for (int d = 0; d < width; d++) {
      points[at * width + d] = (float) seen[d];
    }
    return logDeterminant;
  }

  /**
   * The log-density of targets as a function of the context: sum<sub>m</sub> log q(t<sub>m</sub> |
   * c), with its gradient in c.
   *
   * @param targets M x D, inside the support
   * @return the sum over them, -Infinity where one is not above its lower bounds
   */
  public TrialSum sumOver(double[][] targets) {
    return sumOver(targets, new double[0][]);
  }

  /**
   * The log-density of targets as a function of the first values of the context, the others being
   * known for each target: sum<sub>m</sub> log q(t<sub>m</sub> | c, d<sub>m</sub>), with its
   * gradient in c.
   *
   * @param targets M x D, inside the support
   * @param conditions M x K, the last K values of the L values of each target's context; no row if
   *     none are known
   * @return the sum over them, a function of L - K values
   */
  public TrialSum sumOver(double[][] targets, double[][] conditions) {
    return new TrialSum(
        new DensityTerms(model, coordinates, targets, conditions), members, threads);
  }

  /**
   * The log-densities of targets that belong to groups with contexts of their own, log
   * q(t<sub>m</sub> | c<sub>g(m)</sub>), with their gradients in the contexts.
   *
   * @param targets M x D, inside the support
   * @param groups the number of groups, G
   * @param group the group of each target, M indices from 0
   * @return the log-densities for contexts of all groups, -Infinity where a target is not above its
   *     lower bounds
   */
  public GroupedTrials grouped(double[][] targets, int groups, int[] group) {
    GroupedTerms terms =
        CategoryTerms.fit(coordinates)
            ? new CategoryTerms(model, coordinates, targets, groups, group)
            : new GroupedDensityTerms(model, coordinates, targets, groups, group);
    return new GroupedTrials(terms, members, threads);
  }

  /**
   * Draws targets given one context.
   *
   * @param context L values
   * @param count the number of draws, N
   * @param seed decides the draws
   * @return N x D
   */
  public double[][] sample(double[] context, int count, long seed) {
    double[][] result = new double[count][];
    Coordinates.Context given = coordinates.context(context);
    float[] seen = toFloat(given.scaled());
    inParts(
        count,
        (part, from, to) -> sample(RandomStreams.of(seed, part), given, seen, from, to, result));
    return result;
  }

  private void sample(
      RandomGenerator random,
      Coordinates.Context given,
      float[] seen,
      int from,
      int to,
      double[][] result) {
    int draws = to - from;
    int[] member = new int[draws];
    int[] counts = new int[members.size()];
    for (int i = 0; i < draws; i++) {
      member[i] = counts.length == 1 ? 0 : random.nextInt(counts.length);
      counts[member[i]]++;
    }
    float[][] values = new float[counts.length][];
    for (int m = 0; m < values.length; m++) {
      values[m] = draw(m, seen, 1, counts[m], random);
    }
    int[] used = new int[counts.length];
    for (int i = 0; i < draws; i++) {
      result[from + i] = restored(values[member[i]], used[member[i]]++, given);
    }
  }

  private float[] draw(int member, float[] seen, int count, int draws, RandomGenerator random) {
    if (count * draws == 0) {
      return new float[0];
    }
    try (Operations ops = members.get(member).evaluate()) {
      Tensor given = ops.constant(seen, count, contexts());
      return ops.values(model.sample(ops, given, draws, random));
    }
  }

  /**
   * Draws a target given each of several contexts.
   *
   * @param contexts N x L
   * @param seed decides the draws
   * @return N x D, each row given the context of its own
   */
  public double[][] sample(double[][] contexts, long seed) {
    double[][] result = new double[contexts.length][];
    inParts(
        contexts.length,
        (part, from, to) -> sample(RandomStreams.of(seed, part), contexts, from, to, result));
    return result;
  }

  private void sample(
      RandomGenerator random, double[][] contexts, int from, int to, double[][] result) {
    int[] member = new int[to - from];
    Arrays.setAll(member, i -> members.size() == 1 ? 0 : random.nextInt(members.size()));
    for (int m = 0; m < members.size(); m++) {
      int own = m;
      int[] rows = IntStream.range(from, to).filter(row -> member[row - from] == own).toArray();
      List<Coordinates.Context> given = new ArrayList<>();
      float[] seen = new float[rows.length * contexts()];
      for (int i = 0; i < rows.length; i++) {
        given.add(coordinates.context(contexts[rows[i]]));
        System.arraycopy(toFloat(given.get(i).scaled()), 0, seen, i * contexts(), contexts());
      }
      float[] values = draw(m, seen, rows.length, 1, random);
      for (int i = 0; i < rows.length; i++) {
        result[rows[i]] = restored(values, i, given.get(i));
      }
    }
  }

  private double[] restored(float[] values, int row, Coordinates.Context given) {
    double[] seen = new double[coordinates.seen()];
    for (int d = 0; d < seen.length; d++) {
      seen[d] = values[row * seen.length + d];
    }
    return coordinates.inverse(seen, given);
  }

  /**
   * Values and gradients of the log-density in unconstrained space, log q(z | c) where z is the
   * unconstrained target; there is none where columns are categorical.
   *
   * @param unconstrained N x D
   * @param context L values
   * @param gradients receives N x D
   * @return N values
   */
  public double[] logProbGradient(
      double[][] unconstrained, double[] context, double[][] gradients) {
    int count = unconstrained.length;
    int width = coordinates.bijection().dimension();
    Coordinates.Context given = coordinates.context(context);
    float[] seen = toFloat(given.scaled());
    float[] points = new float[count * width];
    double[] jacobian = new double[count];
    double[] v = new double[width];
    for (int i = 0; i < count; i++) {
      jacobian[i] = coordinates.forwardUnconstrained(unconstrained[i], given, v);
      for (int d = 0; d < width; d++) {
        points[i * width + d] = (float) v[d];
      }
    }
    float[][] slopes = new float[members.size()][];
    int[] member = {0};
    double[][] logs =
        ofEachMember(
            ops -> {
              Tensor point = ops.variable(points, count, width);
              Tensor one = ops.constant(seen, 1, contexts());
              Tensor value = model.logProb(ops, point, one);
              ops.backward(value);
              slopes[member[0]++] = ops.gradient(point);
              return ops.values(value);
            });
    double[] result = new double[count];
    mix(logs, jacobian, result, 0);
    for (int i = 0; i < count; i++) {
      double[] gradient = gradients[i];
      Arrays.fill(gradient, 0);
      for (int m = 0; m < logs.length; m++) {
        double share = Math.exp(logs[m][i] + jacobian[i] - result[i]) / logs.length;
        for (int d = 0; d < width; d++) {
          gradient[d] += share * slopes[m][i * width + d];
        }
      }
      coordinates.pullBack(unconstrained[i], given, gradient);
    }
    return result;
  }

  /** The log of the mean of the members' densities, with the Jacobian added. */
  private static void mix(double[][] logs, double[] jacobian, double[] result, int from) {
    for (int i = 0; i < jacobian.length; i++) {
      double max = Double.NEGATIVE_INFINITY;
      for (double[] member : logs) {
        max = Math.max(max, member[i]);
      }
      double sum = 0;
      for (double[] member : logs) {
        sum += Math.exp(member[i] - max);
      }
      double log = max == Double.NEGATIVE_INFINITY ? max : max + Math.log(sum / logs.length);
      result[from + i] = jacobian[i] == Double.NEGATIVE_INFINITY ? jacobian[i] : log + jacobian[i];
    }
  }

  private static double[] toDouble(float[] values) {
    double[] result = new double[values.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = values[i];
    }
    return result;
  }

  private static float[] toFloat(double[] values) {
    float[] result = new float[values.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) values[i];
    }
    return result;
  }
}
