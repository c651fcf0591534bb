package io.github.sbi4j.flows.estimator;

import io.github.sbi4j.flows.potential.PairTerms;
import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The log-densities of M targets for many contexts.
 *
 * <p>Networks see v = F<sup>-1</sup> u - F<sup>-1</sup> (A c + b). The first part is computed once
 * a target, unless a lower bound of it depends on the context, the second once a context, both in
 * double, so that only a subtraction is left for each pair. A target may come with the last values
 * of its contexts, its conditions, which stay. Targets of the same categories and conditions are
 * evaluated together.
 */
final class DensityTerms implements PairTerms {
  private final DensityModel model;
  private final Coordinates coordinates;
  private final int width;
  private final int contexts;
  private final TrialGroups groups;
  private final double[][] targets;
  private final double[][] conditions;
  private final @Nullable Whitened ofAnyContext;

  /** The conditions are M x K; no row if there are none. */
  DensityTerms(
      DensityModel model, Coordinates coordinates, double[][] targets, double[][] conditions) {
    this.model = model;
    this.coordinates = coordinates;
    this.width = coordinates.seen();
    this.contexts = coordinates.contexts().columns();
    this.groups =
        TrialGroups.of(
            IntStream.range(0, targets.length)
                .mapToObj(
                    m ->
                        List.of(
                            coordinates.columns().categoriesOf(targets[m]),
                            condition(conditions, m)))
                .toList());
    this.targets = groups.arranged(targets);
    this.conditions = conditions.length == 0 ? conditions : groups.arranged(conditions);
    this.ofAnyContext =
        coordinates.lowerBounds().isEmpty()
            ? whitened(0, targets.length, coordinates.context(new double[contexts]))
            : null;
  }

  private static List<Double> condition(double[][] conditions, int target) {
    return conditions.length == 0 ? List.of() : Arrays.stream(conditions[target]).boxed().toList();
  }

  @Override
  public int[] groupEnds() {
    return groups.ends();
  }

  /**
   * The first part of some targets, their log-determinants, and what they are above their lower
   * bounds, null below these.
   */
  private record Whitened(
      double[][] values, double[] logDeterminants, Coordinates.@Nullable Distances[] distances) {}

  private Whitened whitened(int from, int to, Coordinates.Context context) {
    double[][] values = new double[to - from][width];
    double[] logDeterminants = new double[to - from];
    var distances = new Coordinates.@Nullable Distances[to - from];
    for (int m = from, i = 0; m < to; m++, i++) {
      if (coordinates.lowerBounds().allow(targets[m], context.values())) {
        Coordinates.Distances own = coordinates.distances(targets[m], context);
        distances[i] = own;
        logDeterminants[i] = coordinates.whiten(targets[m], own, values[i]);
      } else {
        logDeterminants[i] = Double.NEGATIVE_INFINITY;
      }
    }
    return new Whitened(values, logDeterminants, distances);
  }

  @Override
  public int trials() {
    return targets.length;
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
    private final int from;
    private final int count;

    /** How many targets in succession have the same context. */
    private final int shared;

    private final Coordinates.Context[] given;
    private final float[] points;
    private final double[] offsets;

    /** From lower bounds that depend on the context; null where a pair cannot occur. */
    private final Coordinates.@Nullable Distances[] distances;

    private final float[] seen;
    private @Nullable Tensor point;
    private @Nullable Tensor context;

    DensityBlock(double[][] parameters, int from, int to) {
      this.from = from;
      this.count = to - from;
      this.shared = groups.areAlike() ? count : 1;
      int pairs = parameters.length * count;
      this.given = new Coordinates.Context[pairs / shared];
      this.points = new float[pairs * width];
      this.offsets = new double[pairs];
      this.distances = new Coordinates.Distances[ofAnyContext == null ? pairs : 0];
      this.seen = new float[given.length * contexts];
      for (int i = 0, at = 0; i < given.length; i++) {
        int first = from + i * shared % count;
        given[i] = coordinates.context(context(parameters[i * shared / count], first));
        double[] mean = coordinates.whitenedMean(given[i]);
        for (int c = 0; c < contexts; c++) {
          seen[i * contexts + c] = (float) given[i].scaled()[c];
        }
        boolean own = ofAnyContext == null;
        Whitened whitened = own ? whitened(first, first + shared, given[i]) : ofAnyContext;
        for (int m = 0, row = own ? 0 : first; m < shared; m++, row++) {
          offsets[i * shared + m] = whitened.logDeterminants[row];
          if (own) {
            distances[i * shared + m] = whitened.distances[row];
          }
          for (int j = 0; j < width; j++) {
            points[at++] = (float) (whitened.values[row][j] - mean[j]);
          }
        }
      }
    }

    @Override
    public double offset(int pair) {
      return offsets[pair];
    }

    @Override
    public Tensor terms(Operations ops, int member, boolean differentiable) {
      Tensor pairs = tensor(ops, points, offsets.length, width, differentiable);
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
      for (int i = 0; i < given.length; i++) {
        Arrays.fill(ofPoint, 0);
        for (int at = i * shared * width; at < (i + 1) * shared * width; at++) {
          ofPoint[at % width] += ofPoints[at];
        }
        for (int c = 0; c < contexts; c++) {
          ofContext[c] = ofContexts[i * contexts + c];
        }
        coordinates.pullBackContext(given[i].values(), ofPoint, ofContext);
        double[] gradient = gradients[i * shared / count];
        for (int d = 0; d < gradient.length; d++) {
          gradient[d] += ofContext[d];
        }
      }
      for (int pair = 0; pair < distances.length; pair++) {
        Coordinates.Distances from = distances[pair];
        if (from != null) {
          for (int j = 0; j < width; j++) {
            ofPoint[j] = ofPoints[pair * width + j];
          }
          coordinates.pullBackLowerBounds(from, ofPoint, gradients[pair / count]);
        }
      }
    }

    @Override
    public void addOffsetGradient(double[][] gradients) {
      for (int pair = 0; pair < distances.length; pair++) {
        Coordinates.Distances from = distances[pair];
        if (from != null) {
          coordinates.pullBackLowerBounds(from, gradients[pair / count]);
        }
      }
    }
  }
}
