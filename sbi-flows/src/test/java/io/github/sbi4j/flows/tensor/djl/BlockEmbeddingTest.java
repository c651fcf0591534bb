package io.github.sbi4j.flows.tensor.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.SymbolBlock;
import ai.djl.nn.convolutional.Conv1d;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.pooling.Pool;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.ConstantInitializer;
import ai.djl.util.PairList;
import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.flows.Device;
import io.github.sbi4j.flows.embedding.EmbeddingChecks;
import io.github.sbi4j.flows.estimator.Mdn;
import io.github.sbi4j.flows.inference.SNPE;
import io.github.sbi4j.flows.posterior.Posterior;
import io.github.sbi4j.flows.tensor.AdamSettings;
import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.ParameterLayout;
import io.github.sbi4j.flows.training.Training;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BlockEmbeddingTest {
  private static Linear linear(int units) {
    return Linear.builder().setUnits(units).build();
  }

  private static SequentialBlock normalised() {
    return new SequentialBlock()
        .add(linear(6))
        .add(Activation::tanh)
        .add(BatchNorm.builder().build())
        .add(linear(3));
  }

  private static SequentialBlock recurrent() {
    return new SequentialBlock()
        .add(
            LSTM.builder()
                .setStateSize(4)
                .setNumLayers(1)
                .optBatchFirst(true)
                .optReturnState(false)
                .build())
        .add(Blocks.batchFlattenBlock())
        .add(linear(3));
  }

  @Test
  void everyWeightHasItsGradientWithBatchNorm() {
    new EmbeddingChecks(BlockEmbedding.of(normalised()), 4)
        .gradientsAgree(EmbeddingChecks.normal(12, 4, 1));
  }

  @Test
  void everyWeightHasItsGradientInARecurrentBlock() {
    BlockEmbedding embedding = BlockEmbedding.of(recurrent()).withInputShape(5, 2);
    new EmbeddingChecks(embedding, 10).gradientsAgree(EmbeddingChecks.normal(6, 10, 1));
  }

  @Test
  void everyWeightHasItsGradientInConvolutions() {
    SequentialBlock series =
        new SequentialBlock()
            .add(Conv1d.builder().setKernelShape(new Shape(3)).setFilters(4).build())
            .add(Activation::tanh)
            .add(Pool.globalAvgPool1dBlock())
            .add(linear(3));
    new EmbeddingChecks(BlockEmbedding.of(series).withInputShape(2, 8), 16)
        .gradientsAgree(EmbeddingChecks.normal(6, 16, 1));
    SequentialBlock image =
        new SequentialBlock()
            .add(Conv2d.builder().setKernelShape(new Shape(3, 3)).setFilters(2).build())
            .add(Activation::tanh)
            .add(Blocks.batchFlattenBlock())
            .add(linear(3));
    new EmbeddingChecks(BlockEmbedding.of(image).withInputShape(1, 5, 5), 25)
        .gradientsAgree(EmbeddingChecks.normal(6, 25, 1));
  }

  @Test
  void branchesMayShareABlock() {
    Linear shared = linear(3);
    ParallelBlock twice =
        new ParallelBlock(
            list -> new NDList(list.get(0).head().add(list.get(1).head())),
            List.of(shared, shared));
    EmbeddingChecks checks = new EmbeddingChecks(BlockEmbedding.of(twice), 4);
    assertThat(checks.layout().parameters()).hasSize(2);
    checks.gradientsAgree(EmbeddingChecks.normal(6, 4, 1));
  }

  @Test
  void theBlockGivesWhatItGivesByItself() throws Exception {
    SequentialBlock block = recurrent();
    try (NDManager manager = NDManager.newBaseManager(ai.djl.Device.cpu(), "PyTorch")) {
      block.initialize(manager, DataType.FLOAT32, new Shape(1, 5, 2));
      EmbeddingChecks checks =
          new EmbeddingChecks(BlockEmbedding.of(block).withInputShape(5, 2), 10);
      double[][] rows = EmbeddingChecks.normal(3, 10, 1);
      float[] flat = new float[30];
      for (int i = 0; i < 30; i++) {
        flat[i] = (float) rows[i / 10][i % 10];
      }
      NDArray input = manager.create(flat, new Shape(3, 5, 2));
      float[] expected =
          block
              .forward(new ParameterStore(manager, false), new NDList(input), false)
              .head()
              .toFloatArray();
      assertThat(checks.features(rows))
          .usingComparatorWithPrecision(1e-6f)
          .containsExactly(expected);
    }
  }

  @Test
  void runningStatisticsChangeInTrainingOnly() {
    EmbeddingChecks checks = new EmbeddingChecks(BlockEmbedding.of(normalised()), 4);
    double[][] rows = EmbeddingChecks.normal(50, 4, 1);
    float[] before = checks.weights().toArray();
    float[] first = checks.features(rows);
    assertThat(checks.features(rows)).isEqualTo(first);
    assertThat(checks.weights().toArray()).isEqualTo(before);

    checks.train(rows);
    float[] after = checks.weights().toArray();
    checks
        .layout()
        .parameters()
        .forEach(
            p -> {
              float[] old = Arrays.copyOfRange(before, p.offset(), p.offset() + p.size());
              float[] now = Arrays.copyOfRange(after, p.offset(), p.offset() + p.size());
              if (p.trainable()) {
                assertThat(now).as(p.name()).isEqualTo(old);
              } else {
                assertThat(now).as(p.name()).isNotEqualTo(old);
              }
            });
    assertThat(checks.layout().parameters().stream().filter(p -> !p.trainable())).hasSize(2);
    assertThat(checks.features(rows)).isNotEqualTo(first);

    // They end at the mean and variance of what comes in, so that evaluation does as training does.
    float[] trained = new float[0];
    for (int i = 0; i < 80; i++) {
      trained = checks.train(rows);
    }
    assertThat(checks.features(rows)).usingComparatorWithPrecision(0.05f).containsExactly(trained);
  }

  @Test
  void overflowDoesNotReachTheStatistics() {
    EmbeddingChecks checks = new EmbeddingChecks(BlockEmbedding.of(normalised()), 2);
    checks.train(new double[] {1, 1e30}, new double[] {-1e38, 1e38}, new double[] {Double.NaN, 0});
    for (float value : checks.weights().toArray()) {
      assertThat(value).isFinite();
    }
  }

  @Test
  void weightDecayLeavesStatisticsAlone() {
    EmbeddingChecks checks = new EmbeddingChecks(BlockEmbedding.of(normalised()), 4);
    checks.train(EmbeddingChecks.normal(10, 4, 1));
    float[] before = checks.weights().toArray();
    checks
        .weights()
        .adam(new AdamSettings(0.9, 0.999, 1e-8, 0.5))
        .step(0.1, Double.POSITIVE_INFINITY);
    float[] after = checks.weights().toArray();
    assertThat(Arrays.copyOfRange(after, 42, 54)).isEqualTo(Arrays.copyOfRange(before, 42, 54));
    assertThat(after[0]).isNotEqualTo(before[0]);
  }

  @Test
  void firstWeightsDependOnTheSeedAlone() {
    SequentialBlock block = normalised();
    float[] first = new EmbeddingChecks(BlockEmbedding.of(block), 4).layout().initialValues();
    float[] again = new EmbeddingChecks(BlockEmbedding.of(block), 4).layout().initialValues();
    float[] other =
        new EmbeddingChecks(BlockEmbedding.of(normalised()), 4).layout().initialValues();
    assertThat(again).isEqualTo(first);
    assertThat(other).isEqualTo(first);
    ParameterLayout layout = new ParameterLayout();
    BlockEmbedding.of(block).build(4, layout, new Random(99));
    assertThat(layout.initialValues()).isNotEqualTo(first);
    // Weights within 1 / sqrt(4), biases 0; scale 1, shift 0, running mean 0 and variance 1.
    for (int i = 0; i < 24; i++) {
      assertThat(first[i]).isBetween(-0.5f, 0.5f).isNotZero();
    }
    assertThat(Arrays.copyOfRange(first, 24, 30)).containsOnly(0);
    assertThat(Arrays.copyOfRange(first, 30, 36)).containsOnly(1);
    assertThat(Arrays.copyOfRange(first, 36, 48)).containsOnly(0);
    assertThat(Arrays.copyOfRange(first, 48, 54)).containsOnly(1);
  }

  @Test
  void theCallersValuesAndInitializersAreUsed() {
    Linear given = linear(2);
    given.setInitializer(new ConstantInitializer(0.25f), Parameter.Type.WEIGHT);
    float[] values = new EmbeddingChecks(BlockEmbedding.of(given), 2).layout().initialValues();
    assertThat(values).containsExactly(0.25f, 0.25f, 0.25f, 0.25f, 0, 0);

    Linear loaded = linear(2);
    try (NDManager manager = NDManager.newBaseManager(ai.djl.Device.cpu(), "PyTorch")) {
      loaded.initialize(manager, DataType.FLOAT32, new Shape(1, 2));
      loaded.freezeParameters(true, parameter -> parameter.getType() == Parameter.Type.BIAS);
      float[] own = loaded.getParameters().get(0).getValue().getArray().toFloatArray();
      EmbeddingChecks checks = new EmbeddingChecks(BlockEmbedding.of(loaded), 2);
      assertThat(Arrays.copyOf(checks.layout().initialValues(), 4)).isEqualTo(own);
      assertThat(checks.layout().parameters().get(0).trainable()).isTrue();
      assertThat(checks.layout().parameters().get(1).trainable()).isFalse();
      checks.gradientsAgree(EmbeddingChecks.normal(5, 2, 1));
    }
  }

  @Test
  void dropoutIsOffInEvaluation() {
    SequentialBlock block =
        new SequentialBlock().add(linear(8)).add(Dropout.builder().optRate(0.5f).build());
    EmbeddingChecks checks = new EmbeddingChecks(BlockEmbedding.of(block), 4);
    double[][] rows = EmbeddingChecks.normal(4, 4, 1);
    assertThat(checks.features(rows)).doesNotContain(0).isEqualTo(checks.features(rows));
    assertThat(checks.train(rows)).contains(0);
  }

  @Test
  void nothingIsLeftInNativeMemory() {
    for (BlockEmbedding embedding :
        List.of(
            BlockEmbedding.of(normalised()), BlockEmbedding.of(recurrent()).withInputShape(2, 2))) {
      EmbeddingChecks checks = new EmbeddingChecks(embedding, 4);
      double[][] rows = EmbeddingChecks.normal(8, 4, 1);
      checks.train(rows);
      checks.features(rows);
      NDManager shared = DjlEngine.cpu().manager();
      NDManager own = ((DjlWeights) checks.weights()).manager();
      int sharedBefore = shared.getManagedArrays().size();
      int ownBefore = own.getManagedArrays().size();
      for (int i = 0; i < 20; i++) {
        checks.train(rows);
        checks.features(rows);
      }
      assertThat(shared.getManagedArrays()).hasSize(sharedBefore);
      assertThat(own.getManagedArrays()).hasSize(ownBefore);
    }
  }

  /** The mean of eight values is the parameter; two members train on one block at once. */
  @Test
  void aBlockIsTrainedJointly() {
    Random random = new Random(1);
    double[][] theta = new double[1000][1];
    double[][] x = new double[theta.length][8];
    for (int i = 0; i < theta.length; i++) {
      theta[i][0] = 2 * random.nextDouble() - 1;
      for (int j = 0; j < 8; j++) {
        x[i][j] = theta[i][0] + random.nextGaussian();
      }
    }
    SequentialBlock block =
        new SequentialBlock()
            .add(linear(10))
            .add(BatchNorm.builder().build())
            .add(Activation::relu)
            .add(linear(2));
    Posterior posterior =
        SNPE.with(BoxUniform.of(new double[] {-1}, new double[] {1}))
            .device(Device.torch())
            .densityEstimator(
                Mdn.defaults().withComponents(1).withHiddenFeatures(10).withHiddenLayers(1))
            .embedding(BlockEmbedding.of(block))
            .training(Training.defaults().withMaxEpochs(20).withLearningRate(3e-3))
            .ensemble(2)
            .seed(1)
            .appendSimulations(theta, x)
            .train()
            .buildPosterior();
    double squares = 0;
    for (int i = 0; i < 50; i++) {
      double truth = -0.98 + 0.04 * i;
      double[] observed = new double[8];
      for (int j = 0; j < 8; j++) {
        observed[j] = truth + random.nextGaussian();
      }
      double mean = posterior.given(observed).sample(200).mean()[0];
      squares += (mean - truth) * (mean - truth) / 50;
    }
    // The exact posterior mean has an error of 0.29 here, the prior mean one of 0.58.
    assertThat(Math.sqrt(squares)).isBetween(0.2, 0.4);
  }

  @Test
  void channelsShareTheirScale() {
    BlockEmbedding embedding = BlockEmbedding.of(linear(2)).withInputShape(2, 3);
    assertThat(embedding.columnGroups(6)).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(embedding.withChannelAxis(0).columnGroups(6)).containsExactly(0, 0, 0, 1, 1, 1);
    assertThat(embedding.withChannelAxis(1).columnGroups(6)).containsExactly(0, 1, 2, 0, 1, 2);
    assertThat(embedding).hasToString("BlockEmbedding[block=Linear, inputShape=[2, 3]]");
    assertThat(BlockEmbedding.of(linear(2)))
        .hasToString("BlockEmbedding[block=Linear, inputShape=vector]");
  }

  @Test
  void badSettingsAreNamed() {
    BlockEmbedding embedding = BlockEmbedding.of(linear(2));
    assertThatThrownBy(() -> embedding.withInputShape(2, 0))
        .hasMessageContaining("positive sizes, but is [2, 0]");
    assertThatThrownBy(embedding::withInputShape).hasMessageContaining("but is []");
    assertThatThrownBy(() -> embedding.withChannelAxis(-1))
        .hasMessageContaining("at least 0, but is -1");
    assertThatThrownBy(() -> embedding.withInputShape(2, 3).withChannelAxis(2).columnGroups(6))
        .hasMessageContaining("channel axis is 2, but the input shape [2, 3] has axes 0 to 1");
    assertThatThrownBy(() -> new EmbeddingChecks(embedding.withInputShape(2, 3), 7))
        .hasMessageContaining("[2, 3] holds 6 values, but an observation has 7");
  }

  @Test
  void blocksThatCannotServeAreRefused() {
    SequentialBlock image =
        new SequentialBlock()
            .add(Conv2d.builder().setKernelShape(new Shape(3, 3)).setFilters(2).build());
    refused(
        image, 25, "SequentialBlock cannot take observations of shape [25]", "set withInputShape");

    Linear used = linear(2);
    new EmbeddingChecks(BlockEmbedding.of(used), 4);
    refused(used, 5, "Linear cannot take observations of shape [5]", "a block of its own");

    refused(
        new LambdaBlock(list -> new NDList(list.head().sum())),
        3,
        "LambdaBlock cannot take",
        "it gives an array of shape ()");
    refused(
        new OwnArray(),
        3,
        "does not take its parameter scale from the ParameterStore",
        "freeze the parameter");
  }

  @Test
  void aBlockWithWeightsInsideTheEngineIsRefused() {
    try (NDManager manager = NDManager.newBaseManager(ai.djl.Device.cpu(), "PyTorch")) {
      SequentialBlock block =
          new SequentialBlock().add(SymbolBlock.newInstance(manager)).add(linear(2));
      refused(
          block,
          3,
          "PtSymbolBlock holds its weights inside the engine",
          "build the network of DJL's blocks");
    }
  }

  private static void refused(ai.djl.nn.Block block, int inputs, String... parts) {
    assertThatThrownBy(() -> new EmbeddingChecks(BlockEmbedding.of(block), inputs))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(parts);
  }

  @Test
  void gradientsReachTheObservation() {
    EmbeddingChecks checks = new EmbeddingChecks(BlockEmbedding.of(linear(1)), 2);
    float[] weights = checks.weights().toArray();
    try (Operations ops = checks.weights().evaluate()) {
      var input = ops.variable(new float[] {1, 2}, 1, 2);
      ops.backward(checks.network().apply(ops, input));
      assertThat(ops.gradient(input)[1]).isCloseTo(weights[1], within(1e-6f));
    }
  }

  /** Reads its parameter past the store, as a block of the user's might. */
  private static final class OwnArray extends AbstractBlock {
    private final Parameter scale =
        addParameter(
            Parameter.builder()
                .setName("scale")
                .setType(Parameter.Type.GAMMA)
                .optShape(new Shape(1))
                .build());

    @Override
    protected NDList forwardInternal(
        ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
      return new NDList(inputs.head().mul(scale.getArray()));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
      return inputShapes;
    }
  }
}
