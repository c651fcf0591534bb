package io.github.sbi4j.flows.estimator;

import io.github.sbi4j.flows.potential.GroupedTerms;
import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.Tensor;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The log-densities of M targets, each given the context of its group; see DensityTerms. */
final class GroupedDensityTerms implements GroupedTerms {
  private final DensityModel model;
  private final Coordinates coordinates;
  private final double[][] targets;
  private final int groups;
  private final int seen;
  private final TrialCells cells;
  private final double @Nullable [][] whitened;
  private final double[] logDeterminants;

  GroupedDensityTerms(
      DensityModel model, Coordinates coordinates, double[][] targets, int groups, int[] group) {
    this.model = model;
    this.coordinates = coordinates;
    this.targets = targets;
    this.groups = groups;
    this.seen = coordinates.seen();
    this.cells = TrialCells.of(targets, group, m -> coordinates.columns().categoriesOf(targets[m]));
    this.logDeterminants = new double[targets.length];
    this.whitened = coordinates.lowerBounds().isEmpty() ? new double[targets.length][seen] : null;
    if (whitened != null) {
      Coordinates.Context any = coordinates.context(new double[coordinates.contexts().columns()]);
      for (int m = 0; m < targets.length; m++) {
        logDeterminants[m] = coordinates.whiten(targets[m], any, whitened[m]);
      }
    }
  }

  @Override
  public int trials() {
    return targets.length;
  }

  @Override
  public int groups() {
    return groups;
  }

  @Override
  public int rows() {
    return cells.rows();
  }

  @Override
  public int width() {
    return cells.width();
  }

  @Override
  public int group(int row) {
    return cells.group(row);
  }

  @Override
  public int term(int trial) {
    return cells.place(trial);
  }

  @Override
  public Block block(double[][] parameters, int from, int to) {
    return new DensityBlock(parameters, from, to);
  }

  private final class DensityBlock implements Block {
    private final int first;
    private final int places;
    private final int width = cells.width();
    private final Coordinates.Context[] given;
    private final float[] points;
    private final double[] offsets;

    /** From lower bounds that depend on the context; null where a term cannot occur. */
    private final Coordinates.@Nullable Distances[] distances;

    private final float[] contexts;
    private @Nullable Tensor point;
    private @Nullable Tensor context;

    DensityBlock(double[][] parameters, int from, int to) {
      this.first = from * width;
      this.places = (to - from) * width;
      this.given = new Coordinates.Context[parameters.length];
      this.offsets = new double[given.length * width];
      this.distances = new Coordinates.Distances[whitened == null ? offsets.length : 0];
      this.points = new float[offsets.length * seen];
      int columns = coordinates.contexts().columns();
      this.contexts = new float[given.length * columns];
      double[] own = new double[seen];
      for (int i = 0, term = 0; i < given.length; i++) {
        given[i] = coordinates.context(parameters[i]);
        for (int c = 0; c < columns; c++) {
          contexts[i * columns + c] = (float) given[i].scaled()[c];
        }
        double[] mean = coordinates.whitenedMean(given[i]);
        for (int w = 0; w < width; w++, term++) {
          int trial = trial(term);
          double[] values = whitened == null ? own : whitened[trial];
          offsets[term] = whitened == null ? whiten(term, given[i], own) : logDeterminants[trial];
          for (int j = 0; j < seen; j++) {
            points[term * seen + j] = (float) (values[j] - mean[j]);
          }
        }
      }
    }

    private int trial(int term) {
      return cells.trial(first + term % places);
    }

    private double whiten(int term, Coordinates.Context seenWith, double[] result) {
      double[] target = targets[trial(term)];
      if (coordinates.lowerBounds().allow(target, seenWith.values())) {
        Coordinates.Distances from = coordinates.distances(target, seenWith);
        distances[term] = from;
        return coordinates.whiten(target, from, result);
      }
      // The categories alone, because those of a row have to agree.
      Arrays.fill(result, 0);
      coordinates.columns().encode(target, result);
      return Double.NEGATIVE_INFINITY;
    }

    @Override
    public double offset(int term) {
      return offsets[term];
    }

    @Override
    public Tensor terms(Operations ops, int member, boolean differentiable) {
      int columns = coordinates.contexts().columns();
      Tensor each;
      Tensor of;
      if (differentiable) {
        of = ops.variable(points, offsets.length, seen);
        each = ops.variable(contexts, given.length, columns);
      } else {
        of = ops.constant(points, offsets.length, seen);
        each = ops.constant(contexts, given.length, columns);
      }
      point = of;
      context = each;
      return model.logProb(ops, of, each, width);
    }

    @Override
    public void addGradient(Operations ops, double[][] gradients) {
      float[] ofPoints = ops.gradient(Objects.requireNonNull(point));
      float[] ofContexts = ops.gradient(Objects.requireNonNull(context));
      double[] ofPoint = new double[seen];
      double[] ofContext = new double[coordinates.contexts().columns()];
      for (int i = 0; i < given.length; i++) {
        Arrays.fill(ofPoint, 0);
        for (int at = i * width * seen; at < (i + 1) * width * seen; at++) {
          ofPoint[at % seen] += ofPoints[at];
        }
        for (int c = 0; c < ofContext.length; c++) {
          ofContext[c] = ofContexts[i * ofContext.length + c];
        }
        coordinates.pullBackContext(given[i].values(), ofPoint, ofContext);
        for (int d = 0; d < ofContext.length; d++) {
          gradients[i][d] += ofContext[d];
        }
      }
      for (int term = 0; term < distances.length; term++) {
        Coordinates.Distances from = distances[term];
        if (from != null) {
          for (int j = 0; j < seen; j++) {
            ofPoint[j] = ofPoints[term * seen + j];
          }
          coordinates.pullBackLowerBounds(from, ofPoint, gradients[term / width]);
        }
      }
    }

    @Override
    public void addOffsetGradient(float[] weights, double[][] gradients) {
      double[] gradient = new double[coordinates.contexts().columns()];
      for (int term = 0; term < distances.length; term++) {
        Coordinates.Distances from = distances[term];
        if (weights[term] != 0 && from != null) {
          Arrays.fill(gradient, 0);
          coordinates.pullBackLowerBounds(from, gradient);
          for (int d = 0; d < gradient.length; d++) {
            gradients[term / width][d] += weights[term] * gradient[d];
          }
        }
      }
    }
  }
}
