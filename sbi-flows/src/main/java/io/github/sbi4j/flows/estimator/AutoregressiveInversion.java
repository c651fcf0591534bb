package io.github.sbi4j.flows.estimator;

import io.github.sbi4j.flows.network.LinearLayer;
import io.github.sbi4j.flows.tensor.Activation;
import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.Tensor;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One inversion of an {@link AutoregressiveTransform} under way: the values known so far and the
 * hidden units that depend on them alone.
 *
 * <p>Units are in the order of their degrees, so those known are the first ones of each layer. The
 * known values lie side by side as in the target: the first ones, or the last ones of a reversed
 * order.
 */
final class AutoregressiveInversion {
  private final Operations ops;
  private final List<LinearLayer> layers;
  private final int targets;
  private final boolean reversed;
  private final int allUnits;
  private final Tensor[] weights;
  private final Tensor[] biases;
  private final Tensor outputWeight;
  private final Tensor firstFromContext;
  private final Tensor outputFromContext;
  private final @Nullable Tensor[] units;
  private int unitsKnown;
  private @Nullable Tensor known;

  AutoregressiveInversion(
      Operations ops,
      List<LinearLayer> hidden,
      LinearLayer output,
      Tensor context,
      int rows,
      int targets,
      boolean reversed) {
    this.ops = ops;
    this.layers = hidden;
    this.targets = targets;
    this.reversed = reversed;
    this.weights = new Tensor[hidden.size()];
    this.biases = new Tensor[hidden.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = ops.parameter(hidden.get(i).weight());
      biases[i] = ops.parameter(hidden.get(i).bias());
    }
    this.outputWeight = ops.parameter(output.weight());
    this.allUnits = hidden.get(0).outputs();
    this.units = new Tensor[hidden.size()];
    // What the context gives to every unit and output does not wait for any value.
    this.firstFromContext = fromContext(context, rows, weights[0], targets, biases[0]);
    Tensor outputBias = ops.parameter(output.bias());
    this.outputFromContext =
        fromContext(context, rows, outputWeight, allUnits + targets, outputBias);
  }

  /** The part of a layer that the context gives; its weights are the last columns. */
  private Tensor fromContext(Tensor context, int rows, Tensor weight, int from, Tensor bias) {
    Tensor own = ops.columns(weight, from, weight.columns());
    Tensor part = ops.linear(context, own, bias, Activation.IDENTITY);
    return ops.repeatRows(part, rows / context.rows());
  }

  /** Computes the units that the known values now allow: the first ones of each layer. */
  void growTo(int count) {
    int from = unitsKnown;
    if (count == from) {
      return;
    }
    unitsKnown = count;
    append(0, firstLayer(from, count));
    for (int i = 1; i < weights.length; i++) {
      Tensor rows = ops.columns(ops.selectRows(weights[i], from, count), 0, count);
      Tensor bias = ops.columns(biases[i], from, count);
      append(i, ops.linear(units(i - 1), rows, bias, layers.get(i).activation()));
    }
  }

  private Tensor firstLayer(int from, int to) {
    Tensor sum = ops.columns(firstFromContext, from, to);
    Tensor rows = ops.selectRows(weights[0], from, to);
    return ops.activate(plusKnown(sum, rows, 0), layers.get(0).activation());
  }

  /** One of the 2 D outputs, of whose inputs all are known. */
  Tensor output(int row) {
    Tensor weight = ops.selectRows(outputWeight, row, row + 1);
    Tensor fromUnits = ops.product(units(units.length - 1), ops.columns(weight, 0, unitsKnown));
    Tensor sum = ops.add(ops.columns(outputFromContext, row, row + 1), fromUnits);
    return plusKnown(sum, weight, allUnits);
  }

  /** Adds what the known values give through weights whose columns for values begin somewhere. */
  private Tensor plusKnown(Tensor sum, Tensor weight, int valuesFrom) {
    if (known == null) {
      return sum;
    }
    int from = valuesFrom + (reversed ? targets - known.columns() : 0);
    Tensor own = ops.columns(weight, from, from + known.columns());
    return ops.add(sum, ops.product(known, own));
  }

  /** Takes the next value, B x 1. */
  void know(Tensor value) {
    if (known == null) {
      known = value;
    } else {
      known = reversed ? ops.concat(value, known) : ops.concat(known, value);
    }
  }

  /** The values known so far, B of each. */
  Tensor known() {
    return Objects.requireNonNull(known);
  }

  private Tensor units(int layer) {
    return Objects.requireNonNull(units[layer]);
  }

  private void append(int layer, Tensor fresh) {
    Tensor before = units[layer];
    units[layer] = before == null ? fresh : ops.concat(before, fresh);
  }
}
