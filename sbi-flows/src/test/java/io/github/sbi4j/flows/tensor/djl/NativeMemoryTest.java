package io.github.sbi4j.flows.tensor.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.flows.Device;
import io.github.sbi4j.flows.embedding.Embedding;
import io.github.sbi4j.flows.estimator.DensityEstimator;
import io.github.sbi4j.flows.estimator.DensityModel;
import io.github.sbi4j.flows.estimator.Maf;
import io.github.sbi4j.flows.estimator.Mdn;
import io.github.sbi4j.flows.estimator.Nsf;
import io.github.sbi4j.flows.inference.SNPE;
import io.github.sbi4j.flows.posterior.DirectPosterior;
import io.github.sbi4j.flows.tensor.AdamSettings;
import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.Optimizer;
import io.github.sbi4j.flows.tensor.Tensor;
import io.github.sbi4j.flows.tensor.Weights;
import io.github.sbi4j.flows.training.Schedule;
import io.github.sbi4j.flows.training.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Training and sampling leave no native memory behind. */
class NativeMemoryTest {
  private static final Distribution PRIOR = BoxUniform.of(new double[] {0, 0}, new double[] {1, 1});
  private static final int ROWS = 1000;
  private static final int BATCH = 50;
  private static final int STEPS_AN_EPOCH = ROWS * 9 / 10 / BATCH;

  static Stream<DensityEstimator> estimators() {
    return Stream.of(
        Maf.defaults().withTransforms(1).withHiddenFeatures(10),
        Nsf.defaults().withTransforms(2).withHiddenFeatures(10),
        Mdn.defaults().withHiddenFeatures(10));
  }

  private static SNPE inference(DensityEstimator estimator) {
    Random random = new Random(1);
    double[][] theta = PRIOR.sample(ROWS, 1).toArray();
    double[][] x = new double[ROWS][2];
    for (int i = 0; i < ROWS; i++) {
      x[i][0] = theta[i][0] + 0.1 * random.nextGaussian();
      x[i][1] = theta[i][1] * theta[i][0];
    }
    return SNPE.with(PRIOR)
        .densityEstimator(estimator)
        .device(Device.torch())
        .appendSimulations(theta, x);
  }

  private static void use(SNPE inference, int steps, int calls) {
    Training training =
        Training.defaults()
            .withBatchSize(BATCH)
            .withSchedule(Schedule.CONSTANT)
            .withPatience(100_000)
            .withMaxEpochs(Math.max(1, steps / STEPS_AN_EPOCH));
    DirectPosterior posterior =
        inference.training(training).resume().buildPosterior().given(0.5, 0.2);
    double[][] theta = {{0.5, 0.5}};
    for (int i = 0; i < calls; i++) {
      posterior.sample(10, i);
      posterior.logProb(theta);
    }
    posterior.map();
  }

  private static int arrays(NDManager manager) {
    return manager.getManagedArrays().size();
  }

  private static void step(DensityModel model, Weights weights, Optimizer adam, float[] values) {
    try (Operations ops = weights.record()) {
      Tensor rows = ops.constant(values, BATCH, 2);
      ops.backward(ops.mean(model.logProb(ops, rows, rows)));
    }
    adam.step(-1e-4, 5);
  }

  /**
   * Arrays belong to the manager of the weights or the engine that they were computed from. Both
   * keep constants, each once: after a first use of every operation not one array may be added.
   */
  @ParameterizedTest
  @MethodSource("estimators")
  void stepsAndDrawsLeaveNoArrayBehind(DensityEstimator estimator) {
    DensityModel model = DensityModel.build(estimator, Embedding.identity(), 2, 2, 1);
    DjlEngine engine = DjlEngine.cpu();
    DjlWeights weights =
        (DjlWeights) engine.weights(model.layout(), model.layout().initialValues());
    Weights average = engine.weights(model.layout(), model.layout().initialValues());
    Optimizer adam = weights.adam(AdamSettings.DEFAULTS);
    float[] values = new float[BATCH * 2];
    Random random = new Random(1);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    int owned = 0;
    int shared = 0;
    for (int i = 0; i < 150; i++) {
      step(model, weights, adam, values);
      average.blend(weights, 0.5);
      try (Operations ops = weights.evaluate()) {
        Tensor variable = ops.variable(values, BATCH, 2);
        ops.backward(model.logProb(ops, variable, ops.constant(values, BATCH, 2)));
        assertThat(ops.gradient(variable)).hasSize(values.length);
        ops.values(model.sample(ops, ops.constant(new float[2], 1, 2), 10, random));
      }
      if (i == 1) {
        owned = arrays(weights.manager());
        shared = arrays(engine.manager());
      }
    }
    assertThat(arrays(weights.manager())).isEqualTo(owned).isPositive();
    assertThat(arrays(engine.manager())).isEqualTo(shared).isPositive();
  }

  /**
   * A batch of 50 rows of 10 float32 features is 2 kB and a step makes about a hundred arrays:
   * losing one in a step and one in a call would cost 2 000 x 2 kB + 20 000 x 64 B = 5 MB at the
   * very least, losing all of them 400 MB. The heap is fixed by the first half of the work, which
   * grows it and compiles the code; what then still moves is the noise of allocators, below 30 MB.
   */
  @Test
  @Tag("slow")
  @EnabledOnOs(OS.LINUX)
  void residentMemoryStaysFlat() throws IOException {
    SNPE inference = inference(Maf.defaults().withTransforms(2).withHiddenFeatures(10));
    use(inference, 2000, 10_000);
    System.gc();
    long before = residentKilobytes();
    use(inference, 2000, 10_000);
    System.gc();
    assertThat(residentKilobytes() - before).isLessThan(30_000);
  }

  private static long residentKilobytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
