package io.github.sbi4j.flows.tensor.cpu.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each kind of kernels that this JVM has, against double precision. */
class KernelsTest {
  /** A prime, so that mantissas and exponents of all kinds come by. */
  private static final long STRIDE = 10_007;

  private static Stream<Kernels> kernels() {
    Kernels best = Kernels.get();
    Kernels scalar = new ScalarKernels();
    return best.getClass() == scalar.getClass() ? Stream.of(scalar) : Stream.of(best, scalar);
  }

  /** A function over runs. */
  @FunctionalInterface
  private interface Function {
    void apply(float[] x, int xAt, float[] y, int yAt, int n);
  }

  private record Case(
      String name,
      java.util.function.Function<Kernels, Function> kernel,
      double ulps,
      DoubleUnaryOperator exact) {}

  private static Stream<Case> cases() {
    return Stream.of(
        new Case("exp", k -> k::exp, 2, Math::exp),
        new Case("log", k -> k::log, 1, Math::log),
        new Case("tanh", k -> k::tanh, 5, Math::tanh),
        new Case("sigmoid", k -> k::sigmoid, 3, v -> 1 / (1 + Math.exp(-v))),
        new Case(
            "softplus",
            k -> k::softplus,
            4,
            v -> Math.max(v, 0) + Math.log1p(Math.exp(-Math.abs(v)))),
        new Case("expm1", k -> k::expm1, 6, Math::expm1));
  }

  @TestFactory
  Stream<DynamicTest> functionsKeepTheirErrorsOverAllFloats() {
    return kernels()
        .flatMap(
            k ->
                cases()
                    .map(
                        c ->
                            DynamicTest.dynamicTest(
                                k.name() + ": " + c.name,
                                () -> checkAllFloats(c, c.kernel.apply(k)))));
  }

  private static void checkAllFloats(Case c, Function function) {
    int n = 1 << 12;
    float[] x = new float[n];
    float[] y = new float[n];
    for (long bits = 0; bits < 1L << 32; bits += n * STRIDE) {
      for (int i = 0; i < n; i++) {
        x[i] = Float.intBitsToFloat((int) (bits + i * STRIDE));
      }
      function.apply(x, 0, y, 0, n);
      for (int i = 0; i < n; i++) {
        check(c, x[i], y[i]);
      }
    }
    float[] special = {
      0f,
      -0f,
      Float.MIN_VALUE,
      -Float.MIN_VALUE,
      Float.MIN_NORMAL,
      Float.MAX_VALUE,
      -Float.MAX_VALUE,
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY,
      Float.NaN,
      1,
      -1,
      88.72f,
      88.73f,
      -87.34f,
      -103.9f
    };
    float[] results = new float[special.length];
    function.apply(special, 0, results, 0, special.length);
    for (int i = 0; i < special.length; i++) {
      check(c, special[i], results[i]);
    }
  }

  private static void check(Case c, float x, float y) {
    double exact = c.exact.applyAsDouble(x);
    float rounded = (float) exact;
    if (Float.isNaN(rounded) || Float.isInfinite(rounded)) {
      if (Float.isInfinite(rounded) && !Double.isInfinite(exact)) {
        // Just beyond the largest float: either is within the error.
        assertThat(Math.abs(y)).as("%s of %s", c.name, x).isGreaterThan(3.402e38f);
      } else {
        assertThat(Float.compare(y, rounded)).as("%s of %s is %s", c.name, x, y).isZero();
      }
      return;
    }
    double tolerance = c.ulps * Math.ulp(rounded);
    if (!(Math.abs(y - exact) <= tolerance)) {
      assertThat((double) y).as("%s of %s", c.name, x).isCloseTo(exact, within(tolerance));
    }
  }

  private static float[] random(int n, long seed) {
    Random random = new Random(seed);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  @TestFactory
  Stream<DynamicTest> productsOfAllShapes() {
    return kernels().map(k -> DynamicTest.dynamicTest(k.name(), () -> checkProducts(k)));
  }

  private static void checkProducts(Kernels kernels) {
    for (int outputs : new int[] {1, 2, 3, 4, 5, 11}) {
      for (int inputs : new int[] {1, 2, 5, 8, 13}) {
        for (int vectors : new int[] {1, 2, 3, 4, 5, 7}) {
          int n = vectors * kernels.lanes();
          checkProduct(kernels, outputs, inputs, n, inputs, 1);
          checkProduct(kernels, outputs, inputs, n, 1, outputs);
        }
      }
    }
  }

  private static void checkProduct(
      Kernels kernels, int outputs, int inputs, int n, int wOut, int wIn) {
    float[] w = random(3 + outputs * inputs, 1);
    float[] x = random(5 + inputs * n, 2);
    float[] y = random(7 + outputs * n, 3);
    float[] product = y.clone();
    kernels.multiply(outputs, inputs, n, w, 3, wOut, wIn, x, 5, n, product, 7, n);
    float[] outer = w.clone();
    kernels.outer(outputs, inputs, n, y, 7, n, x, 5, n, outer, 3, wOut, wIn);
    for (int o = 0; o < outputs; o++) {
      for (int j = 0; j < n; j++) {
        double sum = y[7 + o * n + j];
        for (int i = 0; i < inputs; i++) {
          sum += w[3 + o * wOut + i * wIn] * x[5 + i * n + j];
        }
        assertThat((double) product[7 + o * n + j]).isCloseTo(sum, within(1e-4));
      }
      for (int i = 0; i < inputs; i++) {
        double sum = w[3 + o * wOut + i * wIn];
        for (int j = 0; j < n; j++) {
          sum += y[7 + o * n + j] * x[5 + i * n + j];
        }
        assertThat((double) outer[3 + o * wOut + i * wIn]).isCloseTo(sum, within(1e-4));
      }
    }
    assertThat(product).startsWith(y[0], y[1], y[2], y[3], y[4], y[5], y[6]);
  }

  @TestFactory
  Stream<DynamicTest> sums() {
    return kernels()
        .map(
            k ->
                DynamicTest.dynamicTest(
                    k.name(),
                    () -> {
                      float[] x = random(1003, 4);
                      double squares = 0;
                      double sum = 0;
                      for (int i = 0; i < x.length; i++) {
                        squares += (double) x[i] * x[i];
                        sum += i >= 3 ? x[i] : 0;
                      }
                      int n = 1000 / k.lanes() * k.lanes();
                      for (int i = 3 + n; i < x.length; i++) {
                        sum -= x[i];
                      }
                      assertThat(k.sumOfSquares(x, x.length)).isCloseTo(squares, within(1e-2));
                      float[] to = {1, 2, 3, 4, 5};
                      k.sums(1, n, x, 3, n, to, 1, 2);
                      assertThat((double) to[1]).isCloseTo(2 + sum, within(1e-3));
                      assertThat(to[3]).isEqualTo(4);
                      assertThat(k.sumOfSquares(new float[] {Float.NaN}, 1)).isNaN();
                    }));
  }
}
