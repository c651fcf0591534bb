package io.github.sbi4j.core.mcmc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sbi4j.core.random.RandomStreams;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A kernel must leave its target as it is: exact draws are exact draws after a step. Kernels are
 * set so that they accept with moderate probability, where an error shows.
 */
class KernelInvarianceTest {
  private static final int DRAWS = 20_000;
  private static final int STEPS = 2;

  /** Nine statistics of three seeds of sixteen cases: a false alarm once in 4000 runs. */
  private static final double LIMIT = 5.0;

  record Case<T extends LogDensity>(
      String name, T target, Function<RandomGenerator, double[]> exact, Kernel<? super T> kernel) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case<?>> cases() {
    DifferentiableLogDensity gaussian = Targets.equicorrelated(3, 0.8);
    Function<RandomGenerator, double[]> gaussianDraw = r -> Targets.equicorrelated(3, 0.8, r);
    DifferentiableLogDensity banana = Targets.banana(0.7);
    Function<RandomGenerator, double[]> bananaDraw = r -> Targets.banana(0.7, r);
    DifferentiableLogDensity modes = Targets.bimodal(2, 0.3, 1.5);
    Function<RandomGenerator, double[]> modesDraw = r -> Targets.bimodal(2, 0.3, 1.5, r);
    DifferentiableLogDensity far = Targets.bimodal(2, 0.3, 3);
    Function<RandomGenerator, double[]> farDraw = r -> Targets.bimodal(2, 0.3, 3, r);
    Metric dense = DenseMetric.of(new double[][] {{1, 0.7}, {0.7, 2}});
    Metric identity = DiagonalMetric.identity(2);
    double[] narrow = {0.2, 0.5};
    // Nothing like the targets: a pool may make a kernel slow, not wrong.
    double[][] pool = {{-3, -2}, {3, 3}, {0, 1}, {0.5, -3}, {2, 2.5}};
    double[][] pool3 = {{-1, -2, 0}, {2, 2, 2}, {0, 1, 0.5}, {1, 1, 0}};
    DifferentiableLogDensity tight = Targets.equicorrelated(3, 0.95);
    Function<RandomGenerator, double[]> tightDraw = r -> Targets.equicorrelated(3, 0.95, r);
    double[] wide = {20, 7};
    return Stream.of(
        new Case<>("slice, narrow", banana, bananaDraw, SliceKernel.of(narrow, 8)),
        new Case<>("slice, wide", banana, bananaDraw, SliceKernel.of(wide, 8)),
        new Case<>("slice, no doubling", banana, bananaDraw, SliceKernel.of(narrow, 0)),
        new Case<>("slice, modes", modes, modesDraw, SliceKernel.of(new double[] {0.6, 1.1}, 3)),
        new Case<>("slice, gaps", far, farDraw, SliceKernel.of(new double[] {0.5, 1.3}, 8)),
        new Case<>("differential", banana, bananaDraw, DifferentialSliceKernel.of(pool)),
        new Case<>("differential, modes", far, farDraw, DifferentialSliceKernel.of(pool)),
        new Case<>("differential, tight", tight, tightDraw, DifferentialSliceKernel.of(pool3)),
        new Case<>("hmc", banana, bananaDraw, HmcKernel.of(0.6, identity, 2)),
        new Case<>("hmc, dense", modes, modesDraw, HmcKernel.of(1.1, dense, 3)),
        new Case<>("nuts", banana, bananaDraw, NutsKernel.of(0.3, identity, 10)),
        new Case<>("nuts, coarse", banana, bananaDraw, NutsKernel.of(0.9, identity, 10)),
        new Case<>("nuts, dense", banana, bananaDraw, NutsKernel.of(0.5, dense, 10)),
        new Case<>("nuts, depth 2", modes, modesDraw, NutsKernel.of(0.4, dense, 2)),
        new Case<>("nuts, modes", modes, modesDraw, NutsKernel.of(1.2, identity, 10)),
        new Case<>(
            "nuts, correlated",
            gaussian,
            gaussianDraw,
            NutsKernel.of(0.7, DiagonalMetric.identity(3), 10)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  <T extends LogDensity> void exactDrawsStayExact(Case<T> kernelCase) {
    for (int seed = 1; seed <= 3; seed++) {
      double[] scores = scores(kernelCase, seed);
      for (int k = 0; k < scores.length; k++) {
        assertThat(Math.abs(scores[k])).as("seed %d, statistic %d", seed, k).isLessThan(LIMIT);
      }
    }
  }

  /** The change of each statistic over the steps, in its standard errors. */
  private static <T extends LogDensity> double[] scores(Case<T> kernelCase, int seed) {
    double[][] changes = new double[9][DRAWS];
    for (int i = 0; i < DRAWS; i++) {
      RandomGenerator random = RandomStreams.of(seed, i);
      double[] before = kernelCase.exact().apply(random);
      ChainState state = state(kernelCase.kernel(), kernelCase.target(), before);
      double density = state.logDensity();
      for (int s = 0; s < STEPS; s++) {
        state = step(kernelCase.kernel(), kernelCase.target(), state, random);
      }
      double[] from = statistics(before, density);
      double[] to = statistics(state.position(), state.logDensity());
      for (int k = 0; k < from.length; k++) {
        changes[k][i] = to[k] - from[k];
      }
    }
    double[] result = new double[changes.length];
    for (int k = 0; k < result.length; k++) {
      double error = Math.sqrt(SplitChains.variance(changes[k]) / DRAWS);
      result[k] = SplitChains.mean(changes[k]) / error;
    }
    return result;
  }

  private static <T extends LogDensity, U extends T> ChainState state(
      Kernel<T> kernel, U target, double[] position) {
    return kernel.init(target, position);
  }

  private static <T extends LogDensity, U extends T> ChainState step(
      Kernel<T> kernel, U target, ChainState state, RandomGenerator random) {
    return kernel.step(target, state, random).state();
  }

  private static double[] statistics(double[] q, double logDensity) {
    double a = q[0];
    double b = q[1];
    return new double[] {
      a, b, a * a, b * b, a * b, Math.tanh(a - b), Math.sin(3 * b), Math.cos(2 * a), logDensity
    };
  }
}
