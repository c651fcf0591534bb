package io.github.sbi4j.flows.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.flows.Device;
import io.github.sbi4j.flows.embedding.Convolution1d;
import io.github.sbi4j.flows.embedding.Embedding;
import io.github.sbi4j.flows.embedding.FullyConnected;
import io.github.sbi4j.flows.embedding.PermutationInvariant;
import io.github.sbi4j.flows.estimator.DensityEstimator;
import io.github.sbi4j.flows.estimator.DensityModel;
import io.github.sbi4j.flows.estimator.Maf;
import io.github.sbi4j.flows.estimator.Mdn;
import io.github.sbi4j.flows.estimator.Nsf;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The engine in plain Java and PyTorch's compute the same. */
class EngineAgreementTest {
  private static final Engine CPU = Device.cpu().engine();
  private static final Engine TORCH = Device.torch().engine();

  private static Stream<Arguments> models() {
    Embedding identity = Embedding.identity();
    return Stream.of(
        Arguments.of(Maf.defaults(), identity, 3, 2, 1),
        Arguments.of(Maf.defaults(), identity, 10, 10, 200),
        Arguments.of(Maf.defaults().withActivation(Activation.RELU), identity, 1, 3, 17),
        Arguments.of(Maf.defaults().withActivation(Activation.GELU), identity, 2, 1, 9),
        Arguments.of(Maf.defaults().withActivation(Activation.ELU), identity, 2, 40, 33),
        Arguments.of(Nsf.defaults(), identity, 1, 2, 5),
        Arguments.of(Nsf.defaults(), identity, 2, 2, 1),
        Arguments.of(Nsf.defaults(), identity, 5, 8, 101),
        Arguments.of(Mdn.defaults(), identity, 1, 1, 3),
        Arguments.of(Mdn.defaults(), identity, 4, 7, 65),
        Arguments.of(Nsf.defaults(), FullyConnected.defaults(), 3, 30, 20),
        Arguments.of(Maf.defaults(), Convolution1d.defaults(), 2, 50, 13),
        Arguments.of(Nsf.defaults(), PermutationInvariant.defaults().withFeatures(2), 2, 20, 11));
  }

  private static float[] random(int n, long seed) {
    Random random = new Random(seed);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** The initial weights moved, so that no layer is zero and no bin like another. */
  private static float[] moved(DensityModel model) {
    float[] values = model.layout().initialValues();
    float[] masks = model.layout().masks();
    float[] noise = random(values.length, 3);
    for (int i = 0; i < values.length; i++) {
      values[i] += 0.1f * noise[i] * masks[i];
    }
    return values;
  }

  private record Result(float[] logProb, float[] ofTarget, float[] weights) {}

  private static Result evaluated(
      Engine engine, DensityModel model, float[] target, float[] context, int rows) {
    Weights weights = engine.weights(model.layout(), moved(model));
    int targets = target.length / rows;
    int contexts = context.length / rows;
    float[] logProb;
    float[] ofTarget;
    try (Operations ops = weights.record()) {
      Tensor point = ops.variable(target, rows, targets);
      Tensor seen = ops.constant(context, rows, contexts);
      Tensor value = model.logProb(ops, point, seen);
      logProb = ops.values(value);
      ops.backward(ops.mean(value));
      ofTarget = ops.gradient(point);
    }
    // With so large an epsilon Adam's step is the gradient itself.
    weights.adam(new AdamSettings(0, 0, 1e6, 0)).step(1e6, Double.POSITIVE_INFINITY);
    return new Result(logProb, ofTarget, weights.toArray());
  }

  @ParameterizedTest(name = "{0} {1}, D {2}, L {3}, B {4}")
  @MethodSource("models")
  void valuesAndGradients(
      DensityEstimator estimator, Embedding embedding, int targets, int contexts, int rows) {
    DensityModel model = DensityModel.build(estimator, embedding, targets, contexts, 1);
    float[] target = random(rows * targets, 1);
    float[] context = random(rows * contexts, 2);
    Result ours = evaluated(CPU, model, target, context, rows);
    Result theirs = evaluated(TORCH, model, target, context, rows);
    assertClose(ours.logProb, theirs.logProb);
    assertClose(ours.ofTarget, theirs.ofTarget);
    assertClose(ours.weights, theirs.weights);
    assertThat(theirs.weights).isNotEqualTo(moved(model));
  }

  /**
   * To what rounding leaves where a spline is steep: of six seeds of the larger network, on scalar
   * loops and on vectors, beside three instruction sets of PyTorch, the worst was 4.4e-5.
   */
  private static void assertClose(float[] actual, float[] expected) {
    double scale = 0;
    for (float value : expected) {
      scale = Math.max(scale, Math.abs(value));
    }
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) actual[i]).as("at %d", i).isCloseTo(expected[i], within(1e-4 * scale));
    }
  }

  @Test
  void samplesOfTheSameNoise() {
    for (DensityEstimator estimator : new DensityEstimator[] {Maf.defaults(), Nsf.defaults()}) {
      DensityModel model = DensityModel.build(estimator, Embedding.identity(), 4, 3, 1);
      float[][] draws = new float[2][];
      for (int e = 0; e < 2; e++) {
        Weights weights = (e == 0 ? CPU : TORCH).weights(model.layout(), moved(model));
        try (Operations ops = weights.evaluate()) {
          Tensor context = ops.constant(random(3, 4), 1, 3);
          draws[e] = ops.values(model.sample(ops, context, 77, new Random(5)));
        }
      }
      assertClose(draws[0], draws[1]);
    }
  }

  /** Targets that follow the contexts, or there would be nothing but rounding to learn. */
  private static float[] following(float[] context, int contexts, int targets, long seed) {
    int rows = context.length / contexts;
    float[] target = random(rows * targets, seed);
    for (int i = 0; i < rows; i++) {
      for (int d = 0; d < targets; d++) {
        target[i * targets + d] += context[i * contexts + d % contexts];
      }
    }
    return target;
  }

  /** The same batches from the same weights: a hundred losses within a thousandth. */
  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("models")
  void trainingFollowsTheSameCurve(
      DensityEstimator estimator, Embedding embedding, int targets, int contexts, int rows) {
    DensityModel model = DensityModel.build(estimator, embedding, targets, contexts, 1);
    int batch = 200;
    float[] seen = random(2000 * contexts, 7);
    float[] sought = following(seen, contexts, targets, 6);
    double[][] curves = new double[2][100];
    for (int e = 0; e < 2; e++) {
      Engine engine = e == 0 ? CPU : TORCH;
      Weights weights = engine.weights(model.layout(), model.layout().initialValues());
      Optimizer adam = weights.adam(AdamSettings.DEFAULTS);
      Table target = engine.table(sought, 2000, targets);
      Table context = engine.table(seen, 2000, contexts);
      Random random = new Random(8);
      try (Workers workers = engine.workers(2)) {
        for (int step = 0; step < 100; step++) {
          int[] indices = random.ints(batch, 0, 2000).toArray();
          curves[e][step] =
              workers.gradient(
                  weights,
                  indices,
                  (ops, part) ->
                      ops.scale(
                          model.logProb(ops, ops.rows(target, part), ops.rows(context, part)), -1));
          adam.step(2e-4, 5);
        }
      }
    }
    for (int step = 0; step < 100; step++) {
      assertThat(curves[0][step]).as("step %d", step).isCloseTo(curves[1][step], within(1e-3));
    }
    assertThat(Arrays.stream(curves[0]).distinct().count()).isGreaterThan(90);
  }
}
