package io.github.sbi4j.flows.estimator;

import io.github.sbi4j.flows.network.LinearLayer;
import io.github.sbi4j.flows.tensor.Activation;
import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.ParameterLayout;
import io.github.sbi4j.flows.tensor.Tensor;
import io.github.sbi4j.flows.tensor.Transformed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A masked affine autoregressive transform (Germain et al. 2015, Papamakarios et al. 2017).
 *
 * <p>Values are taken in their own or in reversed order. Hidden unit j has a degree from 0 to D -
 * 1, rising with j, and sees the first deg(j) values; the output for the value of rank r sees
 * hidden units of degree up to r, the values before it directly, and the context directly. Units of
 * degree 0 see the context alone, so that every output, the first included, depends on the context.
 */
final class AutoregressiveTransform implements Transform {
  private static final double LOG_SCALE_LIMIT = 5;

  private final int targets;
  private final int contexts;
  private final boolean reversed;
  private final int[] unitsUpTo;
  private final List<LinearLayer> hidden;
  private final LinearLayer output;

  AutoregressiveTransform(
      ParameterLayout layout,
      String name,
      int targets,
      int contexts,
      Maf settings,
      boolean reversed,
      RandomGenerator random) {
    this.targets = targets;
    this.contexts = contexts;
    this.reversed = reversed;
    int units = Math.max(settings.hiddenFeatures(), targets);
    int[] degrees = new int[units];
    for (int j = 0; j < units; j++) {
      degrees[j] = j * targets / units;
    }
    this.unitsUpTo = new int[targets];
    for (int degree : degrees) {
      Arrays.fill(unitsUpTo, degree, targets, unitsUpTo[degree] + 1);
    }
    this.hidden = new ArrayList<>();
    for (int i = 0; i < settings.hiddenLayers(); i++) {
      int inputs = i == 0 ? targets + contexts : units;
      float[] mask = i == 0 ? inputMask(degrees) : hiddenMask(degrees);
      hidden.add(
          LinearLayer.create(
              layout,
              name + ".hidden." + i,
              inputs,
              units,
              settings.activation(),
              1,
              mask,
              null,
              random));
    }
    this.output =
        LinearLayer.create(
            layout,
            name + ".output",
            units + targets + contexts,
            2 * targets,
            Activation.IDENTITY,
            0,
            outputMask(degrees),
            new float[2 * targets],
            random);
  }

  /** The place of a value in the order, from 0, and just so the value at a place. */
  private int rank(int value) {
    return reversed ? targets - 1 - value : value;
  }

  private float[] inputMask(int[] degrees) {
    int inputs = targets + contexts;
    float[] mask = new float[degrees.length * inputs];
    for (int j = 0; j < degrees.length; j++) {
      for (int k = 0; k < inputs; k++) {
        mask[j * inputs + k] = k >= targets || rank(k) < degrees[j] ? 1 : 0;
      }
    }
    return mask;
  }

  private static float[] hiddenMask(int[] degrees) {
    int units = degrees.length;
    float[] mask = new float[units * units];
    for (int j = 0; j < units; j++) {
      for (int k = 0; k < units; k++) {
        mask[j * units + k] = degrees[k] <= degrees[j] ? 1 : 0;
      }
    }
    return mask;
  }

  private float[] outputMask(int[] degrees) {
    int units = degrees.length;
    int inputs = units + targets + contexts;
    float[] mask = new float[2 * targets * inputs];
    for (int o = 0; o < 2 * targets; o++) {
      int rank = rank(o % targets);
      for (int k = 0; k < inputs; k++) {
        boolean seen =
            k < units ? degrees[k] <= rank : k >= units + targets || rank(k - units) < rank;
        mask[o * inputs + k] = seen ? 1 : 0;
      }
    }
    return mask;
  }

  @Override
  public Transformed forward(Operations ops, Tensor target, Tensor contexts) {
    Tensor context = Transform.forEach(ops, contexts, target.rows());
    Tensor h = hidden.get(0).apply(ops, target, context);
    for (LinearLayer layer : hidden.subList(1, hidden.size())) {
      h = layer.apply(ops, h);
    }
    Tensor out = output.apply(ops, ops.concat(h, target), context);
    Tensor shift = ops.columns(out, 0, targets);
    Tensor rawLogScale = ops.columns(out, targets, 2 * targets);
    return ops.affine(target, shift, rawLogScale, LOG_SCALE_LIMIT);
  }

  /**
   * Inverts value by value. Hidden units are computed once, when the last value that they see is
   * known, so that the whole inversion costs about one forward pass and not D.
   */
  @Override
  public Tensor inverse(Operations ops, Tensor point, Tensor context) {
    AutoregressiveInversion inversion =
        new AutoregressiveInversion(ops, hidden, output, context, point.rows(), targets, reversed);
    for (int rank = 0; rank < targets; rank++) {
      inversion.growTo(unitsUpTo[rank]);
      int value = rank(rank);
      Tensor shift = inversion.output(value);
      Tensor rawLogScale = inversion.output(targets + value);
      Tensor own = ops.columns(point, value, value + 1);
      inversion.know(ops.affineInverse(own, shift, rawLogScale, LOG_SCALE_LIMIT));
    }
    return inversion.known();
  }
}
