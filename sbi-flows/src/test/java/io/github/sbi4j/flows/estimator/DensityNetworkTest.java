package io.github.sbi4j.flows.estimator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.flows.Device;
import io.github.sbi4j.flows.embedding.Embedding;
import io.github.sbi4j.flows.tensor.Activation;
import io.github.sbi4j.flows.tensor.Engine;
import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.Tensor;
import io.github.sbi4j.flows.tensor.Weights;
import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every estimator has to do, whatever its weights; they are drawn large so that nothing is
 * near the identity.
 */
class DensityNetworkTest {
  private static final Engine ENGINE = Device.cpu().engine();
  private static final int CONTEXTS = 3;

  private record Case(DensityModel model, Weights weights, int targets) {
    static Case of(DensityEstimator estimator, int targets, long seed) {
      DensityModel model =
          DensityModel.build(estimator, Embedding.identity(), targets, CONTEXTS, seed);
      float[] values = model.layout().initialValues();
      float[] masks = model.layout().masks();
      Random random = new Random(seed);
      for (int i = 0; i < values.length; i++) {
        values[i] += (float) (0.15 * random.nextGaussian()) * masks[i];
      }
      return new Case(model, ENGINE.weights(model.layout(), values), targets);
    }

    float[] logProb(float[] target, float[] context, int rows) {
      try (Operations ops = weights.evaluate()) {
        Tensor t = ops.constant(target, rows, targets);
        Tensor c = ops.constant(context, rows, CONTEXTS);
        return ops.values(model.logProb(ops, t, c));
      }
    }

    float[] sample(float[] contexts, int count, int draws, long seed) {
      try (Operations ops = weights.evaluate()) {
        Tensor c = ops.constant(contexts, count, CONTEXTS);
        return ops.values(model.sample(ops, c, draws, new SplittableRandom(seed)));
      }
    }
  }

  static Stream<Arguments> estimators() {
    return Stream.of(
            Maf.defaults().withHiddenFeatures(20),
            Maf.defaults().withHiddenFeatures(8).withHiddenLayers(1).withTransforms(2),
            Nsf.defaults().withHiddenFeatures(20).withBins(6),
            Mdn.defaults().withComponents(3).withHiddenFeatures(20))
        .flatMap(e -> Stream.of(1, 2, 5).map(d -> Arguments.of(e, d)));
  }

  static Stream<Arguments> small() {
    return estimators().filter(a -> (int) a.get()[1] <= 2);
  }

  private static float[] normal(int count, long seed) {
    Random random = new Random(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  @ParameterizedTest(name = "{0}, {1} values")
  @MethodSource("small")
  void integratesToOne(DensityEstimator estimator, int targets) {
    Case it = Case.of(estimator, targets, 3);
    int side = targets == 1 ? 40_001 : 701;
    double reach = targets == 1 ? 60 : 25;
    double step = 2 * reach / (side - 1);
    float[] context = normal(CONTEXTS, 1);
    double sum = 0;
    float[] targetRows = new float[side * targets];
    float[] contextRows = new float[side * CONTEXTS];
    for (int i = 0; i < side; i++) {
      System.arraycopy(context, 0, contextRows, i * CONTEXTS, CONTEXTS);
    }
    for (int row = 0; row < (targets == 1 ? 1 : side); row++) {
      for (int i = 0; i < side; i++) {
        targetRows[i * targets] = (float) (-reach + i * step);
        if (targets == 2) {
          targetRows[i * 2 + 1] = (float) (-reach + row * step);
        }
      }
      for (float log : it.logProb(targetRows, contextRows, side)) {
        sum += Math.exp(log);
      }
    }
    // The grid resolves densities wider than a few steps; splines have kinks in the first
    // derivative.
    assertThat(sum * Math.pow(step, targets)).isCloseTo(1, within(5e-3));
  }

  /**
   * Every value depends on every part of the context, the first value of an autoregressive order
   * included.
   */
  @ParameterizedTest(name = "{0}, {1} values")
  @MethodSource("estimators")
  void everyValueReactsToTheContext(DensityEstimator estimator, int targets) {
    for (int seed = 0; seed < 20; seed++) {
      Case it = Case.of(estimator, targets, seed);
      float[] context = normal(CONTEXTS, seed);
      int draws = 50;
      float[] before = it.sample(context, 1, draws, 9);
      for (int j = 0; j < CONTEXTS; j++) {
        float[] moved = context.clone();
        moved[j] += 1;
        float[] after = it.sample(moved, 1, draws, 9);
        for (int d = 0; d < targets; d++) {
          double change = 0;
          for (int i = 0; i < draws; i++) {
            change = Math.max(change, Math.abs(after[i * targets + d] - before[i * targets + d]));
          }
          assertThat(change).as("seed %d, context %d, value %d", seed, j, d).isGreaterThan(1e-4);
        }
      }
    }
  }

  /**
   * Draws have the density that logProb says: E[f] over draws equals the importance-weighted E[f]
   * over a wide normal.
   */
  @ParameterizedTest(name = "{0}, {1} values")
  @MethodSource("small")
  void drawsFollowTheDensity(DensityEstimator estimator, int targets) {
    Case it = Case.of(estimator, targets, 5);
    float[] context = normal(CONTEXTS, 2);
    int draws = 20_000;
    float[] sample = it.sample(context, 1, draws, 4);
    double[] mean = new double[targets];
    double[] sd = new double[targets];
    for (int d = 0; d < targets; d++) {
      for (int i = 0; i < draws; i++) {
        mean[d] += sample[i * targets + d] / draws;
      }
      for (int i = 0; i < draws; i++) {
        sd[d] += Math.pow(sample[i * targets + d] - mean[d], 2) / draws;
      }
      sd[d] = Math.sqrt(sd[d]);
    }
    float[] wide = normal(draws * targets, 8);
    double[] logProposal = new double[draws];
    for (int i = 0; i < draws; i++) {
      for (int d = 0; d < targets; d++) {
        double n = wide[i * targets + d];
        wide[i * targets + d] = (float) (mean[d] + 2 * sd[d] * n);
        logProposal[i] += -0.5 * n * n - Math.log(2 * sd[d]) - 0.5 * Math.log(2 * Math.PI);
      }
    }
    float[] contexts = new float[draws * CONTEXTS];
    for (int i = 0; i < draws; i++) {
      System.arraycopy(context, 0, contexts, i * CONTEXTS, CONTEXTS);
    }
    float[] logs = it.logProb(wide, contexts, draws);
    double total = 0;
    double first = 0;
    double squared = 0;
    for (int i = 0; i < draws; i++) {
      double weight = Math.exp(logs[i] - logProposal[i]);
      total += weight;
      first += weight * wide[i * targets];
      squared += weight * weight;
    }
    double effective = total * total / squared;
    assertThat(effective).isGreaterThan(1000);
    // Six standard errors of both sides: a false alarm in far less than one of a million runs.
    double error = 6 * sd[0] * Math.sqrt(1 / effective + 1.0 / draws);
    assertThat(first / total).isCloseTo(mean[0], within(error));
    assertThat(total / draws).isCloseTo(1, within(0.1));
  }

  @ParameterizedTest(name = "{0}, {1} values")
  @MethodSource("estimators")
  void aBatchGivesWhatSinglesGive(DensityEstimator estimator, int targets) {
    Case it = Case.of(estimator, targets, 6);
    int rows = 7;
    float[] context = normal(rows * CONTEXTS, 4);
    // Draws of the density: far outside it rounding grows with the steepness of the tails.
    float[] target = it.sample(context, rows, 1, 3);
    float[] batch = it.logProb(target, context, rows);
    for (int i = 0; i < rows; i++) {
      float[] t = Arrays.copyOfRange(target, i * targets, (i + 1) * targets);
      float[] c = Arrays.copyOfRange(context, i * CONTEXTS, (i + 1) * CONTEXTS);
      assertThat(it.logProb(t, c, 1)[0])
          .isCloseTo(batch[i], within(1e-4f + 1e-5f * Math.abs(batch[i])));
    }
    assertThat(it.sample(context, rows, 4, 1)).hasSize(rows * 4 * targets);
    try (Operations ops = it.weights.evaluate()) {
      float[] first = Arrays.copyOf(context, CONTEXTS);
      float[] ofFirst = it.sample(first, 1, rows, 5);
      Tensor t = ops.constant(ofFirst, rows, targets);
      float[] shared = ops.values(it.model.logProb(ops, t, ops.constant(first, 1, CONTEXTS), rows));
      for (int i = 0; i < rows; i++) {
        float[] own = Arrays.copyOfRange(ofFirst, i * targets, (i + 1) * targets);
        float alone = it.logProb(own, first, 1)[0];
        assertThat(shared[i]).isCloseTo(alone, within(1e-4f + 1e-5f * Math.abs(alone)));
      }
    }
  }

  /** Draws for many contexts at once have the distribution of draws for each alone. */
  @ParameterizedTest(name = "{0}, {1} values")
  @MethodSource("estimators")
  void contextsAreNotMixedUp(DensityEstimator estimator, int targets) {
    Case it = Case.of(estimator, targets, 7);
    int draws = 4000;
    float[] contexts = normal(2 * CONTEXTS, 5);
    for (int j = 0; j < CONTEXTS; j++) {
      contexts[CONTEXTS + j] += 2;
    }
    float[] both = it.sample(contexts, 2, draws, 1);
    for (int c = 0; c < 2; c++) {
      float[] own = Arrays.copyOfRange(contexts, c * CONTEXTS, (c + 1) * CONTEXTS);
      float[] alone = it.sample(own, 1, draws, 2);
      for (int d = 0; d < targets; d++) {
        double[] a = column(both, c * draws, draws, targets, d);
        double[] b = column(alone, 0, draws, targets, d);
        // Two-sample Kolmogorov-Smirnov at a false-alarm rate of 1e-7 for each of the comparisons.
        assertThat(kolmogorovSmirnov(a, b))
            .isLessThan(Math.sqrt(-0.5 * Math.log(0.5e-7)) * Math.sqrt(2.0 / draws));
      }
    }
  }

  private static double[] column(float[] values, int from, int rows, int width, int d) {
    double[] column = new double[rows];
    for (int i = 0; i < rows; i++) {
      column[i] = values[(from + i) * width + d];
    }
    Arrays.sort(column);
    return column;
  }

  private static double kolmogorovSmirnov(double[] a, double[] b) {
    double largest = 0;
    for (int i = 0, j = 0; i < a.length && j < b.length; ) {
      if (a[i] <= b[j]) {
        i++;
      } else {
        j++;
      }
      largest = Math.max(largest, Math.abs((double) i / a.length - (double) j / b.length));
    }
    return largest;
  }

  /** Smooth ones, so that finite differences do not straddle the kinks of the rectifier. */
  static Stream<Arguments> smooth() {
    return Stream.of(
            Maf.defaults().withHiddenFeatures(20),
            Nsf.defaults().withHiddenFeatures(20).withBins(6).withActivation(Activation.TANH),
            Mdn.defaults().withComponents(3).withHiddenFeatures(20).withActivation(Activation.TANH))
        .flatMap(e -> Stream.of(1, 2, 5).map(d -> Arguments.of(e, d)));
  }

  /** Gradients of the weights against finite differences, for a few weights of each matrix. */
  @ParameterizedTest(name = "{0}, {1} values")
  @MethodSource("smooth")
  void weightsHaveTheirGradients(DensityEstimator estimator, int targets) {
    Case it = Case.of(estimator, targets, 8);
    // Few rows: the log-derivative of a spline has kinks at its knots, which a difference must not
    // straddle.
    int rows = 4;
    float[] target = normal(rows * targets, 3);
    float[] context = normal(rows * CONTEXTS, 4);
    float[] start = it.weights.toArray();
    float[] gradient = gradient(it, target, context, rows);
    Random random = new Random(1);
    float[] masks = it.model.layout().masks();
    for (var parameter : it.model.layout().parameters()) {
      for (int k = 0; k < 2; k++) {
        int at = parameter.offset() + random.nextInt(parameter.size());
        double numeric = difference(it, start, at, gradient[at], target, context, rows);
        if (masks[at] == 0) {
          assertThat(start[at]).isZero();
          continue;
        }
        assertThat((double) gradient[at])
            .as("%s at %d", parameter.name(), at - parameter.offset())
            .isCloseTo(numeric, within(0.05 + 0.05 * Math.abs(numeric)));
      }
    }
  }

  /**
   * The central difference of one of four widths that is nearest to the gradient: a wide one may
   * straddle a kink, a narrow one drowns in rounding, a wrong gradient agrees with none.
   */
  private static double difference(
      Case it, float[] start, int at, double gradient, float[] target, float[] context, int rows) {
    double nearest = Double.NaN;
    for (float width : new float[] {1e-2f, 3e-3f, 1e-3f, 3e-4f}) {
      double above = sum(it, start, at, width, target, context, rows);
      double below = sum(it, start, at, -width, target, context, rows);
      double numeric = (above - below) / (2 * width);
      if (!(Math.abs(numeric - gradient) >= Math.abs(nearest - gradient))) {
        nearest = numeric;
      }
    }
    return nearest;
  }

  private static float[] gradient(Case it, float[] target, float[] context, int rows) {
    // A step of Adam with huge epsilon and beta1 = 0 moves the weights by the gradient, scaled.
    Weights copy = ENGINE.weights(it.model.layout(), it.weights.toArray());
    var adam = copy.adam(new io.github.sbi4j.flows.tensor.AdamSettings(0, 0, 1e6, 0));
    try (Operations ops = copy.record()) {
      Tensor t = ops.constant(target, rows, it.targets);
      Tensor c = ops.constant(context, rows, CONTEXTS);
      ops.backward(it.model.logProb(ops, t, c));
    }
    adam.step(1e6, Double.POSITIVE_INFINITY);
    float[] moved = copy.toArray();
    float[] start = it.weights.toArray();
    for (int i = 0; i < moved.length; i++) {
      moved[i] = start[i] - moved[i];
    }
    return moved;
  }

  private static double sum(
      Case it, float[] start, int at, float change, float[] target, float[] context, int rows) {
    float[] values = start.clone();
    values[at] += change;
    Case changed = new Case(it.model, ENGINE.weights(it.model.layout(), values), it.targets);
    double sum = 0;
    for (float log : changed.logProb(target, context, rows)) {
      sum += log;
    }
    return sum;
  }
}
