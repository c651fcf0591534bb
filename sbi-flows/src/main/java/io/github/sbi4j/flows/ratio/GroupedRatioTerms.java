package io.github.sbi4j.flows.ratio;

import io.github.sbi4j.flows.estimator.Standardization;
import io.github.sbi4j.flows.estimator.TrialCells;
import io.github.sbi4j.flows.potential.GroupedTerms;
import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.Tensor;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** log r of M trials, each for the parameters of its group; the trials' features are kept. */
final class GroupedRatioTerms implements GroupedTerms {
  private final RatioModel model;
  private final Standardization parameters;
  private final int groups;
  private final TrialCells cells;
  private final int trials;
  private final float[][] features;

  GroupedRatioTerms(
      RatioModel model,
      Standardization parameters,
      float[][] features,
      double[][] x,
      int groups,
      int[] group) {
    this.model = model;
    this.parameters = parameters;
    this.groups = groups;
    this.trials = x.length;
    this.features = features;
    this.cells = TrialCells.of(x, group, m -> 0);
  }

  @Override
  public int trials() {
    return trials;
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
  public Block block(double[][] theta, int from, int to) {
    return new RatioBlock(theta, from, to);
  }

  private final class RatioBlock implements Block {
    private final double[][] theta;
    private final int first;
    private final int places;
    private final float[] seen;
    private @Nullable Tensor variable;

    RatioBlock(double[][] theta, int from, int to) {
      this.theta = theta;
      this.first = from * cells.width();
      this.places = (to - from) * cells.width();
      this.seen = new float[theta.length * parameters.columns()];
      for (int i = 0; i < theta.length; i++) {
        RatioTerms.write(parameters, theta[i], seen, i);
      }
    }

    @Override
    public double offset(int term) {
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
      int terms = rows * cells.width();
      float[] x = new float[terms * width];
      for (int i = 0; i < terms; i++) {
        int trial = cells.trial(first + i % places);
        System.arraycopy(features[member], trial * width, x, i * width, width);
      }
      Tensor own = ops.repeatRows(model.parameterFeatures(ops, point), cells.width());
      return model.logRatio(ops, own, ops.constant(x, terms, width));
    }

    @Override
    public void addGradient(Operations ops, double[][] gradients) {
      RatioTerms.addGradient(
          parameters, theta, ops.gradient(Objects.requireNonNull(variable)), gradients);
    }
  }
}
