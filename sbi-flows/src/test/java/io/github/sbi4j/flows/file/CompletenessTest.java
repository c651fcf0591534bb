package io.github.sbi4j.flows.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sbi4j.flows.embedding.Convolution1d;
import io.github.sbi4j.flows.embedding.Embedding;
import io.github.sbi4j.flows.embedding.FullyConnected;
import io.github.sbi4j.flows.embedding.PermutationInvariant;
import io.github.sbi4j.flows.estimator.Coordinates;
import io.github.sbi4j.flows.estimator.DensityEstimator;
import io.github.sbi4j.flows.estimator.LinearGaussian;
import io.github.sbi4j.flows.estimator.Maf;
import io.github.sbi4j.flows.estimator.Mdn;
import io.github.sbi4j.flows.estimator.Mnle;
import io.github.sbi4j.flows.estimator.Nsf;
import io.github.sbi4j.flows.estimator.Standardization;
import io.github.sbi4j.flows.estimator.TargetColumns;
import io.github.sbi4j.flows.estimator.TruncatedGaussian;
import io.github.sbi4j.flows.posterior.DirectPosterior;
import io.github.sbi4j.flows.posterior.Likelihood;
import io.github.sbi4j.flows.posterior.Ratio;
import io.github.sbi4j.flows.ratio.Aalr;
import io.github.sbi4j.flows.ratio.Balanced;
import io.github.sbi4j.flows.ratio.Classifier;
import io.github.sbi4j.flows.ratio.ConditionalRatio;
import io.github.sbi4j.flows.ratio.Contrastive;
import io.github.sbi4j.flows.ratio.Linear;
import io.github.sbi4j.flows.ratio.Mlp;
import io.github.sbi4j.flows.ratio.RatioLoss;
import io.github.sbi4j.flows.ratio.Resnet;
import io.github.sbi4j.flows.ratio.Sre;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is added to a class that is saved must be added to its file: here it is noticed. */
class CompletenessTest {
  private static List<String> fields(Class<?> type) {
    return Arrays.stream(type.getDeclaredFields())
        .filter(field -> !Modifier.isStatic(field.getModifiers()))
        .map(java.lang.reflect.Field::getName)
        .toList();
  }

  private static void assertSaved(Object settings, Fields saved, String... others) {
    Stream<String> all =
        Stream.of(saved.remove("kind").names(), List.of(others)).flatMap(List::stream);
    assertThat(all.toList()).containsExactlyInAnyOrderElementsOf(fields(settings.getClass()));
  }

  @Test
  void everySettingOfAnEstimatorIsSaved() {
    for (DensityEstimator estimator : List.of(Maf.defaults(), Nsf.defaults(), Mdn.defaults())) {
      assertSaved(estimator, EstimatorCodec.encode(estimator));
    }
    // These two are beside it.
    assertSaved(
        Mnle.defaults(), EstimatorCodec.encode(Mnle.defaults()), "columns", "categoryCounts");
  }

  @Test
  void everySettingOfAClassifierAndALossIsSaved() {
    for (Classifier classifier : List.of(Resnet.defaults(), Mlp.defaults(), Linear.defaults())) {
      assertSaved(classifier, ClassifierCodec.encode(classifier));
    }
    for (RatioLoss loss :
        List.of(Sre.defaults(), Aalr.defaults(), Contrastive.defaults(), Balanced.defaults())) {
      assertSaved(loss, LossCodec.encode(loss));
    }
  }

  @Test
  void everySettingOfAnEmbeddingIsSaved() {
    for (Embedding embedding :
        List.of(
            FullyConnected.defaults(), Convolution1d.defaults(), PermutationInvariant.defaults())) {
      assertSaved(embedding, EmbeddingCodec.encode(embedding));
    }
  }

  /** All of these are written by codecs, but for what is computed from them or is not a result. */
  @Test
  void nothingIsKnownThatIsNotSaved() {
    assertThat(fields(Coordinates.class))
        .containsExactlyInAnyOrder(
            "support",
            "columns",
            "lowerBounds",
            "bijection",
            "ofFree",
            "ofBounded",
            "targets",
            "contexts",
            "regression");
    assertThat(fields(TargetColumns.class))
        .containsExactlyInAnyOrder("kinds", "categories", "discrete", "others", "oneHot");
    assertThat(fields(Standardization.class))
        .containsExactlyInAnyOrder("location", "scale", "compressed", "constant");
    assertThat(fields(LinearGaussian.class))
        .containsExactlyInAnyOrder(
            "targets", "contexts", "slopes", "intercept", "factor", "logDeterminant");
    assertThat(fields(TruncatedGaussian.class))
        .containsExactlyInAnyOrder(
            "targets",
            "contexts",
            "slopes",
            "intercept",
            "couplings",
            "deviations",
            "lower",
            "upper",
            "logPrecision");
    assertThat(fields(ConditionalRatio.class))
        .containsExactlyInAnyOrder(
            "model", "members", "parameters", "observations", "loss", "threads");
    assertThat(fields(DirectPosterior.class))
        .containsExactlyInAnyOrder(
            "density", "prior", "range", "seed", "provenance", "learnedFor", "conditioned");
    assertThat(fields(Likelihood.class))
        .containsExactlyInAnyOrder("density", "prior", "range", "conditions", "provenance");
    assertThat(fields(Ratio.class))
        .containsExactlyInAnyOrder("ratio", "prior", "range", "conditions", "provenance");
  }
}
