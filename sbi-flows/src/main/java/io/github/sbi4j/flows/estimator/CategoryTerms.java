package io.github.sbi4j.flows.estimator;

import io.github.sbi4j.flows.potential.GroupedTerms;
import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.Tensor;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The log-probabilities of M targets that are one category each, given the context of their group:
 * a row for each group with a term for each category, so that networks see a group once, however
 * many targets it has.
 */
final class CategoryTerms implements GroupedTerms {
  private final DensityModel model;
  private final Coordinates coordinates;
  private final int groups;
  private final int width;
  private final int[] terms;

  CategoryTerms(
      DensityModel model, Coordinates coordinates, double[][] targets, int groups, int[] group) {
    this.model = model;
    this.coordinates = coordinates;
    this.groups = groups;
    double[] categories = coordinates.columns().categories(0);
    this.width = categories.length;
    this.terms = new int[targets.length];
    Arrays.setAll(
        terms, m -> group[m] * width + Arrays.binarySearch(categories, targets[m][0] + 0.0));
  }

  /** Whether targets are one category each. */
  static boolean fit(Coordinates coordinates) {
    return coordinates.dimension() == 1 && coordinates.columns().oneHot() > 0;
  }

  @Override
  public int trials() {
    return terms.length;
  }

  @Override
  public int groups() {
    return groups;
  }

  @Override
  public int rows() {
    return groups;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int group(int row) {
    return row;
  }

  @Override
  public int term(int trial) {
    return terms[trial];
  }

  @Override
  public Block block(double[][] parameters, int from, int to) {
    return new CategoryBlock(parameters);
  }

  private final class CategoryBlock implements Block {
    private final double[][] parameters;
    private final float[] contexts;
    private final int columns;
    private @Nullable Tensor context;

    CategoryBlock(double[][] parameters) {
      this.parameters = parameters;
      this.columns = coordinates.contexts().columns();
      this.contexts = new float[parameters.length * columns];
      for (int i = 0; i < parameters.length; i++) {
        double[] scaled = coordinates.context(parameters[i]).scaled();
        for (int c = 0; c < columns; c++) {
          contexts[i * columns + c] = (float) scaled[c];
        }
      }
    }

    @Override
    public double offset(int term) {
      return 0;
    }

    @Override
    public Tensor terms(Operations ops, int member, boolean differentiable) {
      Tensor each =
          differentiable
              ? ops.variable(contexts, parameters.length, columns)
              : ops.constant(contexts, parameters.length, columns);
      context = each;
      return model.logProbabilities(ops, each);
    }

    @Override
    public void addGradient(Operations ops, double[][] gradients) {
      float[] ofContexts = ops.gradient(Objects.requireNonNull(context));
      double[] gradient = new double[columns];
      for (int i = 0; i < parameters.length; i++) {
        for (int c = 0; c < columns; c++) {
          gradient[c] = ofContexts[i * columns + c];
        }
        coordinates.contexts().pullBackFunction(parameters[i], gradient);
        for (int c = 0; c < columns; c++) {
          gradients[i][c] += gradient[c];
        }
      }
    }
  }
}
