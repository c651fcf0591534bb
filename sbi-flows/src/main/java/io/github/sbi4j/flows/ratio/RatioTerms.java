package io.github.sbi4j.flows.ratio;

import io.github.sbi4j.flows.estimator.Standardization;
import io.github.sbi4j.flows.potential.PairTerms;
import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.Tensor;
import io.github.sbi4j.flows.tensor.Weights;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** log r of M trials for many parameters; the trials' features are computed once. */
final class RatioTerms implements PairTerms {
  private final RatioModel model;
  private final Standardization parameters;
  private final int trials;
  private final float[][] features;

  RatioTerms(
      RatioModel model,
      List<Weights> members,
      Standardization parameters,
      Standardization observations,
      double[][] x) {
    this.model = model;
    this.parameters = parameters;
    this.trials = x.length;
    this.features = features(model, members, observations, x);
  }

  /** The features of trials for each member, K x (M F). */
  static float[][] features(
      RatioModel model, List<Weights> members, Standardization observations, double[][] x) {
    int trials = x.length;
    int width = observations.columns();
    int outputs = model.observationFeatures();
    float[][] features = new float[members.size()][trials * outputs];
    int chunk = members.get(0).rowsAtOnce();
    for (int from = 0; from < trials; from += chunk) {
      int count = Math.min(trials, from + chunk) - from;
      float[] seen = new float[count * width];
      for (int i = 0; i < count; i++) {
        write(observations, x[from + i], seen, i);
      }
      for (int k = 0; k < features.length; k++) {
        try (Operations ops = members.get(k).evaluate()) {
          float[] part =
              ops.values(model.observationFeatures(ops, ops.constant(seen, count, width)));
          System.arraycopy(part, 0, features[k], from * outputs, part.length);
        }
      }
    }
    return features;
  }

  static void write(Standardization standardization, double[] row, float[] table, int at) {
    double[] scaled = new double[row.length];
    standardization.forward(row, scaled);
    for (int j = 0; j < scaled.length; j++) {
      table[at * scaled.length + j] = (float) scaled[j];
    }
  }

  @Override
  public int trials() {
    return trials;
  }

  @Override
  public Block block(double[][] theta, int from, int to) {
    return new RatioBlock(theta, from, to);
  }

  private final class RatioBlock implements Block {
    private final double[][] theta;
    private final int from;
    private final int to;
    private final float[] seen;
    private @Nullable Tensor variable;

    RatioBlock(double[][] theta, int from, int to) {
      this.theta = theta;
      this.from = from;
      this.to = to;
      this.seen = new float[theta.length * parameters.columns()];
      for (int i = 0; i < theta.length; i++) {
        write(parameters, theta[i], seen, i);
      }
    }

    @Override
    public double offset(int pair) {
      return 0;
    }

    @Override
    public Tensor terms(Operations ops, int member, boolean differentiable) {
      int rows = theta.length;
      Tensor point =
          differentiable
              ? ops.variable(seen, rows, parameters.columns())
              : ops.constant(seen, rows, parameters.columns());
      variable = point;
      int width = model.observationFeatures();
      int count = (to - from) * width;
      float[] x = new float[rows * count];
      for (int i = 0; i < rows; i++) {
        System.arraycopy(features[member], from * width, x, i * count, count);
      }
      Tensor own = ops.repeatRows(model.parameterFeatures(ops, point), to - from);
      return model.logRatio(ops, own, ops.constant(x, rows * (to - from), width));
    }

    @Override
    public void addGradient(Operations ops, double[][] gradients) {
      RatioTerms.addGradient(
          parameters, theta, ops.gradient(Objects.requireNonNull(variable)), gradients);
    }
  }

  /** Adds the gradient with respect to parameters to be had from that of standardised ones. */
  static void addGradient(
      Standardization parameters, double[][] theta, float[] slopes, double[][] gradients) {
    int width = parameters.columns();
    double[] gradient = new double[width];
    for (int i = 0; i < theta.length; i++) {
      for (int d = 0; d < width; d++) {
        gradient[d] = slopes[i * width + d];
      }
      parameters.pullBackFunction(theta[i], gradient);
      for (int d = 0; d < width; d++) {
        gradients[i][d] += gradient[d];
      }
    }
  }
}
