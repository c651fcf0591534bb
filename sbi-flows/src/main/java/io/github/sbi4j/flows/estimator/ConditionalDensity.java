package io.github.sbi4j.flows.estimator;

import io.github.sbi4j.core.distribution.Bijection;
import io.github.sbi4j.core.distribution.Support;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.Tensor;
import io.github.sbi4j.flows.tensor.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A trained conditional density q(t | c) behind plain arrays: one network or the equally weighted mixture of several.
 *
 * <p>A target t is mapped to unconstrained space by the bijection of its support and standardised; a context is standardised. All
 * log-densities are those of t in its own units: log q(t | c) = log q<sub>u</sub>(u | c) + log |du/dt|. Immutable; may be used from many
 * threads.
 */
public final class ConditionalDensity {
  private static final int CHUNK = 2000;

  private final DensityModel model;
  private final List<Weights> members;
  private final Support support;
  private final Bijection bijection;
  private final Standardization targets;
  private final Standardization contexts;

  /**
   * Puts together what training gave.
   *
   * @param model the networks
   * @param members the weights of each member of the mixture, at least one
   * @param support where targets lie; all of R^D if they were not mapped
   * @param targets standardises unconstrained targets
   * @param contexts standardises contexts
   */
  public ConditionalDensity(
      DensityModel model,
      List<Weights> members,
      Support support,
      Standardization targets,
      Standardization contexts) {
    this.model = model;
    this.members = List.copyOf(members);
    this.support = support;
    this.bijection = support.bijection();
    this.targets = targets;
    this.contexts = contexts;
  }

  /** {@return the networks} */
  public DensityModel model() {
    return model;
  }

  /** The number of target values, D. */
  public int targets() {
    return targets.columns();
  }

  /** The number of context values, L. */
  public int contexts() {
    return contexts.columns();
  }

  /** The support of the targets. */
  public Support support() {
    return support;
  }

  /** The map between targets and unconstrained space. */
  public Bijection bijection() {
    return bijection;
  }

  /** How unconstrained targets are standardised. */
  public Standardization targetStandardization() {
    return targets;
  }

  /** How contexts are standardised. */
  public Standardization contextStandardization() {
    return contexts;
  }

  /** The weights of each member. */
  public List<Weights> members() {
    return members;
  }

  /**
   * The log-density of targets given one context.
   *
   * @param target N x D
   * @param context L values
   * @return N values, -Infinity outside the support
   */
  public double[] logProb(double[][] target, double[] context) {
    double[] result = new double[target.length];
    float[] given = standardized(context);
    for (int from = 0; from < target.length; from += CHUNK) {
      int count = Math.min(CHUNK, target.length - from);
      double[] jacobian = new double[count];
      float[] points = prepare(target, from, count, jacobian);
      double[][] logs = new double[members.size()][];
      for (int m = 0; m < logs.length; m++) {
        try (Operations ops = members.get(m).evaluate()) {
          Tensor point = ops.constant(points, count, targets());
          Tensor one = ops.constant(given, 1, contexts());
          logs[m] = toDouble(ops.values(model.logProb(ops, point, one, count)));
        }
      }
      mix(logs, jacobian, result, from);
    }
    return result;
  }

  /**
   * The log-density of each target given the context of the same row.
   *
   * @param target N x D
   * @param context N x L
   * @return N values, -Infinity outside the support
   */
  public double[] logProb(double[][] target, double[][] context) {
    if (target.length != context.length) {
      throw new IllegalArgumentException(
          target.length + " targets but " + context.length + " contexts; give as many of each");
    }
    double[] result = new double[target.length];
    for (int from = 0; from < target.length; from += CHUNK) {
      int count = Math.min(CHUNK, target.length - from);
      double[] jacobian = new double[count];
      float[] points = prepare(target, from, count, jacobian);
      float[] given = new float[count * contexts()];
      for (int i = 0; i < count; i++) {
        System.arraycopy(standardized(context[from + i]), 0, given, i * contexts(), contexts());
      }
      double[][] logs = new double[members.size()][];
      for (int m = 0; m < logs.length; m++) {
        try (Operations ops = members.get(m).evaluate()) {
          Tensor point = ops.constant(points, count, targets());
          Tensor pairs = ops.constant(given, count, contexts());
          logs[m] = toDouble(ops.values(model.logProb(ops, point, pairs)));
        }
      }
      mix(logs, jacobian, result, from);
    }
    return result;
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
    float[] given = standardized(context);
    for (int from = 0, chunk = 0; from < count; from += CHUNK, chunk++) {
      int draws = Math.min(CHUNK, count - from);
      RandomGenerator random = RandomStreams.of(seed, chunk);
      if (members.size() == 1) {
        drawInto(result, from, draws, 0, given, random);
      } else {
        drawFromMixture(result, from, draws, given, random);
      }
    }
    return result;
  }

  private void drawInto(
      double[][] result, int from, int draws, int member, float[] given, RandomGenerator random) {
    float[] values = draw(member, given, draws, random);
    for (int i = 0; i < draws; i++) {
      result[from + i] = restored(values, i);
    }
  }

  private void drawFromMixture(
      double[][] result, int from, int draws, float[] given, RandomGenerator random) {
    int[] member = new int[draws];
    int[] counts = new int[members.size()];
    for (int i = 0; i < draws; i++) {
      member[i] = random.nextInt(members.size());
      counts[member[i]]++;
    }
    float[][] values = new float[members.size()][];
    for (int m = 0; m < values.length; m++) {
      values[m] = counts[m] == 0 ? new float[0] : draw(m, given, counts[m], random);
    }
    int[] used = new int[members.size()];
    for (int i = 0; i < draws; i++) {
      result[from + i] = restored(values[member[i]], used[member[i]]++);
    }
  }

  private float[] draw(int member, float[] given, int draws, RandomGenerator random) {
    try (Operations ops = members.get(member).evaluate()) {
      Tensor one = ops.constant(given, 1, contexts());
      return ops.values(model.sample(ops, one, draws, random));
    }
  }

  private double[] restored(float[] values, int row) {
    double[] point = new double[targets()];
    for (int d = 0; d < point.length; d++) {
      point[d] = values[row * point.length + d];
    }
    targets.inverse(point, point);
    double[] value = new double[point.length];
    bijection.inverse(point, value);
    return value;
  }

  /**
   * Values and gradients of the log-density in unconstrained space, log q(z | c) where z is the unconstrained target.
   *
   * @param unconstrained N x D
   * @param context L values
   * @param gradients receives N x D
   * @return N values
   */
  public double[] logProbGradient(
      double[][] unconstrained, double[] context, double[][] gradients) {
    int count = unconstrained.length;
    int width = targets();
    float[] points = new float[count * width];
    double[] jacobian = new double[count];
    double[] u = new double[width];
    for (int i = 0; i < count; i++) {
      jacobian[i] = targets.forward(unconstrained[i], u);
      for (int d = 0; d < width; d++) {
        points[i * width + d] = (float) u[d];
      }
    }
    float[] given = standardized(context);
    double[][] logs = new double[members.size()][];
    float[][] slopes = new float[members.size()][];
    for (int m = 0; m < logs.length; m++) {
      try (Operations ops = members.get(m).evaluate()) {
        Tensor point = ops.variable(points, count, width);
        Tensor one = ops.constant(given, 1, contexts());
        Tensor value = model.logProb(ops, point, one, count);
        ops.backward(value);
        logs[m] = toDouble(ops.values(value));
        slopes[m] = ops.gradient(point);
      }
    }
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
      targets.pullBack(unconstrained[i], gradient);
    }
    return result;
  }

  private float[] prepare(double[][] target, int from, int count, double[] jacobian) {
    int width = targets();
    float[] points = new float[count * width];
    double[] z = new double[width];
    for (int i = 0; i < count; i++) {
      double[] value = target[from + i];
      if (value.length != width) {
        throw new IllegalArgumentException(
            "row " + (from + i) + " has " + value.length + " values, but the density is over " + width);
      }
      if (!support.contains(value)) {
        jacobian[i] = Double.NEGATIVE_INFINITY;
        continue;
      }
      jacobian[i] = bijection.forward(value, z);
      jacobian[i] += targets.forward(z, z);
      for (int d = 0; d < width; d++) {
        points[i * width + d] = (float) z[d];
      }
    }
    return points;
  }

  private float[] standardized(double[] context) {
    if (context.length != contexts()) {
      throw new IllegalArgumentException(
          "the context has " + context.length + " values, but the density was trained with " + contexts());
    }
    double[] scaled = new double[context.length];
    contexts.forward(context, scaled);
    float[] result = new float[scaled.length];
    for (int j = 0; j < result.length; j++) {
      result[j] = (float) scaled[j];
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
}
