package io.github.sbi4j.flows.estimator;

import io.github.sbi4j.flows.network.MultilayerPerceptron;
import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.ParameterLayout;
import io.github.sbi4j.flows.tensor.Tensor;
import io.github.sbi4j.flows.tensor.Transformed;
import java.util.random.RandomGenerator;

/** Shifts and scales each value by amounts that depend on the context alone. */
final class ConditionalAffine implements Transform {
  private static final double LOG_SCALE_LIMIT = 8;

  private final int targets;
  private final MultilayerPerceptron network;

  ConditionalAffine(
      ParameterLayout layout,
      String name,
      int targets,
      int contexts,
      Nsf settings,
      RandomGenerator random) {
    this.targets = targets;
    this.network =
        MultilayerPerceptron.create(
            layout,
            name,
            contexts,
            settings.hiddenFeatures(),
            settings.hiddenLayers(),
            2 * targets,
            settings.activation(),
            0,
            new float[2 * targets],
            random);
  }

  @Override
  public Transformed forward(Operations ops, Tensor target, Tensor context) {
    Tensor out = Transform.forEach(ops, network.apply(ops, context), target.rows());
    Tensor shift = ops.columns(out, 0, targets);
    return ops.affine(target, shift, ops.columns(out, targets, 2 * targets), LOG_SCALE_LIMIT);
  }

  @Override
  public Tensor inverse(Operations ops, Tensor point, Tensor context) {
    Tensor out = network.apply(ops, context);
    Tensor shift = ops.columns(out, 0, targets);
    return ops.affineInverse(point, shift, ops.columns(out, targets, 2 * targets), LOG_SCALE_LIMIT);
  }
}
