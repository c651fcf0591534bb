package io.github.sbi4j.benchmarks.speed;

import io.github.sbi4j.benchmarks.algorithm.NpeFit;
import io.github.sbi4j.flows.Device;
import io.github.sbi4j.flows.embedding.Embedding;
import io.github.sbi4j.flows.estimator.DensityModel;
import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.Tensor;
import io.github.sbi4j.flows.tensor.Weights;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * What a gradient-based sampler asks of a learned likelihood: the log-density of 20 observations of
 * ten values, each given ten parameters of its own, and its gradient in the parameters.
 */
final class LikelihoodGradient implements Workload {
  private static final int ROWS = 20;
  private static final int WIDTH = 10;
  private static final int CALLS = 200;

  private final String estimator;

  LikelihoodGradient(String estimator) {
    this.estimator = estimator;
  }

  @Override
  public Timing time(SpeedSettings settings) {
    DensityModel model =
        DensityModel.build(
            NpeFit.estimator(estimator), Embedding.identity(), WIDTH, WIDTH, settings.seed());
    Device device = Device.valueOf(settings.device().toUpperCase(Locale.ROOT));
    Weights weights = device.engine().weights(model.layout(), model.layout().initialValues());
    Random random = new Random(settings.seed());
    float[] observations = normal(random);
    float[] parameters = normal(random);
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("parameters", WIDTH);
    details.put("observations", WIDTH);
    details.put("rows", ROWS);
    details.put("calls", CALLS);
    Timing all =
        Timing.repeat(
            settings.repeats(),
            details,
            () -> {
              for (int i = 0; i < CALLS; i++) {
                gradient(model, weights, observations, parameters);
              }
            });
    return all.each(CALLS);
  }

  private static float[] gradient(
      DensityModel model, Weights weights, float[] observations, float[] parameters) {
    try (Operations ops = weights.evaluate()) {
      Tensor given = ops.variable(parameters, ROWS, WIDTH);
      ops.backward(model.logProb(ops, ops.constant(observations, ROWS, WIDTH), given));
      return ops.gradient(given);
    }
  }

  private static float[] normal(Random random) {
    float[] values = new float[ROWS * WIDTH];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
