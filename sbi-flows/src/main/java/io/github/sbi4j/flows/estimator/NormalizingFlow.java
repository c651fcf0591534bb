package io.github.sbi4j.flows.estimator;

import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.Tensor;
import io.github.sbi4j.flows.tensor.Transformed;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A normalizing flow: transforms one after the other onto a standard normal base.
 *
 * <p>log q(t | c) = log N(f(t; c); 0, I) + log |det df/dt| (Rezende and Mohamed 2015).
 */
final class NormalizingFlow implements DensityNetwork {
  private final int targets;
  private final int contexts;
  private final List<Transform> transforms;

  NormalizingFlow(int targets, int contexts, List<Transform> transforms) {
    this.targets = targets;
    this.contexts = contexts;
    this.transforms = List.copyOf(transforms);
  }

  @Override
  public int targets() {
    return targets;
  }

  @Override
  public int contexts() {
    return contexts;
  }

  /** What depends on the context alone is computed once for all its targets. */
  @Override
  public Tensor logProb(Operations ops, Tensor target, Tensor context, int draws) {
    return logProb(ops, target, context);
  }

  @Override
  public Tensor logProb(Operations ops, Tensor target, Tensor context) {
    Tensor point = target;
    Tensor logDeterminant = null;
    for (Transform transform : transforms) {
      Tensor from = point;
      List<Tensor> step =
          ops.stage(
              () -> {
                Transformed to = transform.forward(ops, from, context);
                return List.of(to.value(), to.logDeterminant());
              });
      point = step.get(0);
      logDeterminant = logDeterminant == null ? step.get(1) : ops.add(logDeterminant, step.get(1));
    }
    Tensor base = ops.standardNormalLogProb(point);
    return logDeterminant == null ? base : ops.add(base, logDeterminant);
  }

  @Override
  public Tensor sample(Operations ops, Tensor context, int draws, RandomGenerator random) {
    int rows = context.rows() * draws;
    float[] noise = new float[rows * targets];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) random.nextGaussian();
    }
    Tensor point = ops.constant(noise, rows, targets);
    Tensor repeated = context.rows() == 1 ? context : ops.repeatRows(context, draws);
    for (int i = transforms.size() - 1; i >= 0; i--) {
      Transform transform = transforms.get(i);
      Tensor from = point;
      point = ops.stage(() -> List.of(transform.inverse(ops, from, repeated))).get(0);
    }
    return point;
  }
}
