package io.github.sbi4j.flows.estimator;

import io.github.sbi4j.flows.potential.PairTerms;
import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.Tensor;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The log-densities of M targets for many contexts.
 *
 * <p>Networks see v = F<sup>-1</sup> u - F<sup>-1</sup> (A c + b). The first part is computed once
 * a target, the second once a context, both in double, so that only a subtraction is left for each
 * pair. A target may come with the last values of its contexts, its conditions, which stay; each
 * pair then has a context of its own.
 */
final class DensityTerms implements PairTerms {
  private final DensityModel model;
  private final Coordinates coordinates;
  private final int width;
  private final int contexts;
  private final double[][] whitened;
  private final double[] offsets;
  private final double[][] conditions;

  /** The conditions are M x K; no row if there are none. */
  DensityTerms(
      DensityModel model, Coordinates coordinates, double[][] targets, double[][] conditions) {
    this.model = model;
    this.coordinates = coordinates;
    this.width = coordinates.seen();
    this.contexts = coordinates.contexts().columns();
    this.whitened = new double[targets.length][width];
    this.offsets = new double[targets.length];
    this.conditions = conditions;
    for (int i = 0; i < targets.length; i++) {
      offsets[i] = coordinates.whiten(targets[i], whitened[i]);
    }
  }

  @Override
  public int trials() {
    return whitened.length;
  }

  @Override
  public double offset(int trial) {
    return offsets[trial];
  }

  @Override
  public Block block(double[][] parameters, int from, int to) {
    return new DensityBlock(parameters, from, to);
  }

  /** The context of a row of parameters and a target. */
  private double[] context(double[] parameters, int target) {
    if (conditions.length == 0) {
      return parameters;
    }
    double[] joined = Arrays.copyOf(parameters, contexts);
    double[] condition = conditions[target];
    System.arraycopy(condition, 0, joined, parameters.length, condition.length);
    return joined;
  }

  private final class DensityBlock implements Block {
    private final int targets;

    /** How many targets in succession have the same context. */
    private final int shared;

    private final double[][] given;
    private final float[] points;
    private final float[] seen;
    private @Nullable Tensor point;
    private @Nullable Tensor context;

    DensityBlock(double[][] parameters, int from, int to) {
      this.targets = to - from;
      this.shared = conditions.length == 0 ? targets : 1;
      int pairs = parameters.length * targets;
      this.given = new double[pairs / shared][];
      this.points = new float[pairs * width];
      this.seen = new float[given.length * contexts];
      for (int i = 0, at = 0; i < given.length; i++) {
        int first = from + i * shared % targets;
        given[i] = context(parameters[i * shared / targets], first);
        Coordinates.Context context = coordinates.context(given[i]);
        double[] mean = coordinates.whitenedMean(context);
        for (int c = 0; c < contexts; c++) {
          seen[i * contexts + c] = (float) context.scaled()[c];
        }
        for (int m = first; m < first + shared; m++) {
          for (int j = 0; j < width; j++) {
            points[at++] = (float) (whitened[m][j] - mean[j]);
          }
        }
      }
    }

    @Override
    public Tensor terms(Operations ops, int member, boolean differentiable) {
      Tensor pairs = tensor(ops, points, given.length * shared, width, differentiable);
      Tensor each = tensor(ops, seen, given.length, contexts, differentiable);
      point = pairs;
      context = each;
      return model.logProb(ops, pairs, each, shared);
    }

    private static Tensor tensor(
        Operations ops, float[] values, int rows, int columns, boolean differentiable) {
      return differentiable
          ? ops.variable(values, rows, columns)
          : ops.constant(values, rows, columns);
    }

    @Override
    public void addGradient(Operations ops, double[][] gradients) {
      float[] ofPoints = ops.gradient(Objects.requireNonNull(point));
      float[] ofContexts = ops.gradient(Objects.requireNonNull(context));
      double[] ofPoint = new double[width];
      double[] ofContext = new double[contexts];
      for (int i = 0, at = 0; i < given.length; i++) {
        Arrays.fill(ofPoint, 0);
        for (int m = 0; m < shared; m++) {
          for (int j = 0; j < width; j++) {
            ofPoint[j] += ofPoints[at++];
          }
        }
        for (int c = 0; c < contexts; c++) {
          ofContext[c] = ofContexts[i * contexts + c];
        }
        coordinates.pullBackContext(given[i], ofPoint, ofContext);
        double[] gradient = gradients[i * shared / targets];
        for (int d = 0; d < gradient.length; d++) {
          gradient[d] += ofContext[d];
        }
      }
    }
  }
}
