package io.github.sbi4j.flows.estimator;

import io.github.sbi4j.flows.network.LinearLayer;
import io.github.sbi4j.flows.network.MultilayerPerceptron;
import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.ParameterLayout;
import io.github.sbi4j.flows.tensor.Tensor;
import io.github.sbi4j.flows.tensor.Transformed;
import java.util.random.RandomGenerator;

/**
 * Transforms some of the values by splines whose shapes depend on the other values and the context.
 *
 * <p>The values are rearranged, those that stay first; the next coupling rearranges them again and
 * nothing depends on their order.
 */
final class SplineCoupling implements Transform {
  /**
   * The raw derivative of a spline that makes the slope one, so that the transform begins as the
   * identity.
   */
  private static final float UNIT_SLOPE = (float) Math.log(Math.expm1(1 - 1e-3));

  private final int staying;
  private final int moving;
  private final int[] order;
  private final int[] back;
  private final int bins;
  private final double bound;
  private final MultilayerPerceptron network;

  SplineCoupling(
      ParameterLayout layout,
      String name,
      boolean[] transformed,
      int contexts,
      Nsf settings,
      RandomGenerator random) {
    int[] stay = Masks.indices(transformed, false);
    int[] move = Masks.indices(transformed, true);
    this.staying = stay.length;
    this.moving = move.length;
    this.order = new int[transformed.length];
    this.back = new int[transformed.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = i < staying ? stay[i] : move[i - staying];
      back[order[i]] = i;
    }
    this.bins = settings.bins();
    this.bound = settings.bound();
    int shape = 3 * bins - 1;
    float[] biases = new float[moving * shape];
    for (int i = 0; i < biases.length; i++) {
      biases[i] = i % shape >= 2 * bins ? UNIT_SLOPE : 0;
    }
    this.network =
        MultilayerPerceptron.create(
            layout,
            name,
            staying + contexts,
            settings.hiddenFeatures(),
            settings.hiddenLayers(),
            moving * shape,
            settings.activation(),
            0,
            biases,
            random);
  }

  @Override
  public Transformed forward(Operations ops, Tensor target, Tensor context) {
    if (staying == 0) {
      return spline(ops, target, network.last(ops, context));
    }
    Tensor arranged = ops.selectColumns(target, order);
    Tensor stay = ops.columns(arranged, 0, staying);
    Tensor move = ops.columns(arranged, staying, staying + moving);
    Tensor given = Transform.forEach(ops, context, target.rows());
    Transformed moved = spline(ops, move, network.last(ops, stay, given));
    Tensor value = ops.selectColumns(ops.concat(stay, moved.value()), back);
    return new Transformed(value, moved.logDeterminant());
  }

  @Override
  public Tensor inverse(Operations ops, Tensor point, Tensor context) {
    if (staying == 0) {
      return splineInverse(ops, point, network.last(ops, context));
    }
    Tensor arranged = ops.selectColumns(point, order);
    Tensor stay = ops.columns(arranged, 0, staying);
    Tensor move = ops.columns(arranged, staying, staying + moving);
    Tensor moved = splineInverse(ops, move, network.last(ops, stay, context));
    return ops.selectColumns(ops.concat(stay, moved), back);
  }

  private Transformed spline(Operations ops, Tensor move, LinearLayer.Operands shape) {
    return ops.spline(move, shape.input(), shape.weight(), shape.bias(), bins, bound);
  }

  private Tensor splineInverse(Operations ops, Tensor moved, LinearLayer.Operands shape) {
    return ops.splineInverse(moved, shape.input(), shape.weight(), shape.bias(), bins, bound);
  }
}
