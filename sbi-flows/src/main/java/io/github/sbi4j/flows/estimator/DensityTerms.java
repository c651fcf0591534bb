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
 * pair.
 */
final class DensityTerms implements PairTerms {
  private final DensityModel model;
  private final Coordinates coordinates;
  private final int width;
  private final int contexts;
  private final double[][] whitened;
  private final double[] offsets;

  DensityTerms(DensityModel model, Coordinates coordinates, double[][] targets) {
    this.model = model;
    this.coordinates = coordinates;
    this.width = coordinates.seen();
    this.contexts = coordinates.contexts().columns();
    this.whitened = new double[targets.length][width];
    this.offsets = new double[targets.length];
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

  private final class DensityBlock implements Block {
    private final double[][] parameters;
    private final int targets;
    private final float[] points;
    private final float[] seen;
    private @Nullable Tensor point;
    private @Nullable Tensor context;

    DensityBlock(double[][] parameters, int from, int to) {
      this.parameters = parameters;
      this.targets = to - from;
      this.points = new float[parameters.length * targets * width];
      this.seen = new float[parameters.length * contexts];
      for (int i = 0, at = 0; i < parameters.length; i++) {
        Coordinates.Context given = coordinates.context(parameters[i]);
        double[] mean = coordinates.whitenedMean(given);
        for (int c = 0; c < contexts; c++) {
          seen[i * contexts + c] = (float) given.scaled()[c];
        }
        for (int m = from; m < to; m++) {
          for (int j = 0; j < width; j++) {
            points[at++] = (float) (whitened[m][j] - mean[j]);
          }
        }
      }
    }

    @Override
    public Tensor terms(Operations ops, int member, boolean differentiable) {
      int rows = parameters.length;
      Tensor pairs = tensor(ops, points, rows * targets, width, differentiable);
      Tensor given = tensor(ops, seen, rows, contexts, differentiable);
      point = pairs;
      context = given;
      return model.logProb(ops, pairs, given, targets);
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
      for (int i = 0, at = 0; i < parameters.length; i++) {
        Arrays.fill(ofPoint, 0);
        for (int m = 0; m < targets; m++) {
          for (int j = 0; j < width; j++) {
            ofPoint[j] += ofPoints[at++];
          }
        }
        for (int c = 0; c < contexts; c++) {
          ofContext[c] = ofContexts[i * contexts + c];
        }
        coordinates.pullBackContext(parameters[i], ofPoint, ofContext);
        for (int c = 0; c < contexts; c++) {
          gradients[i][c] += ofContext[c];
        }
      }
    }
  }
}
