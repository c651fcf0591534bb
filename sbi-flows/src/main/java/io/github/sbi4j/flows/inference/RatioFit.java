package io.github.sbi4j.flows.inference;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.progress.ProgressListener;
import io.github.sbi4j.flows.embedding.BesideConditions;
import io.github.sbi4j.flows.embedding.Embedding;
import io.github.sbi4j.flows.estimator.Standardization;
import io.github.sbi4j.flows.posterior.Ratio;
import io.github.sbi4j.flows.ratio.Classifier;
import io.github.sbi4j.flows.ratio.ConditionalRatio;
import io.github.sbi4j.flows.ratio.GaussianRatio;
import io.github.sbi4j.flows.ratio.RatioLoss;
import io.github.sbi4j.flows.ratio.RatioModel;
import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.Table;
import io.github.sbi4j.flows.tensor.Tensor;
import io.github.sbi4j.flows.training.MemberReport;
import io.github.sbi4j.flows.training.Trainer;
import io.github.sbi4j.flows.training.Training;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The classifiers of one neural ratio estimation. */
final class RatioFit extends Fit {
  /** The classifier with what its inputs go through first. */
  record Model(Classifier classifier, Embedding parameters, Embedding observations) {
    RatioModel build(int d, int l, long seed, @Nullable GaussianRatio start) {
      return new RatioModel(classifier, parameters, observations, d, l, seed, start);
    }

    /** Observations come after K conditions, which their embedding does not see. */
    Model beside(int conditions) {
      Embedding beside = BesideConditions.of(observations, conditions);
      return new Model(classifier, parameters, beside);
    }
  }

  /** More rows than these add nothing to what a ratio starts from. */
  private static final int MOST_ROWS_OF_START = 100_000;

  private final Distribution prior;
  private final RatioLoss ratioLoss;
  private final Partners partners;
  private final Standardization parameters;
  private final Standardization observations;
  private final RatioModel model;
  private final Networks networks;
  private @Nullable Table parameterTable;
  private @Nullable Table observationTable;

  RatioFit(
      Distribution prior,
      Model declared,
      RatioLoss loss,
      Networks.Settings ensemble,
      Training training,
      TrainingRows rows) {
    super(rows);
    Model settings = declared.beside(conditions().size());
    this.prior = prior;
    this.ratioLoss = loss;
    this.partners = new Partners(ensemble.seed());
    this.parameters = Standardization.fit(rows.parameters(), settings.parameters());
    this.observations = Standardization.fit(rows.trials(), settings.observations());
    refuseConstantParameters(prior, parameters);
    noteObservedContexts(observations);
    int d = parameters.columns();
    int l = observations.columns();
    boolean quadratic =
        RatioModel.hasQuadraticTerms(
            settings.classifier(), settings.parameters(), settings.observations(), d + l);
    this.model = settings.build(d, l, ensemble.memberSeed(0), null);
    this.networks =
        new Networks(
            ensemble,
            member -> {
              // Rows held out must not know the start: its loss there would look better than it is,
              // and training that improves on it would be thrown away.
              int[] known = Trainer.trainingRows(rows.size(), training, member);
              return settings.build(d, l, member, quadratic ? start(rows, known) : null).layout();
            },
            this::loss,
            quadratic && loss.isSumOverRows());
  }

  private GaussianRatio start(TrainingRows rows, int[] known) {
    int[] some = Arrays.copyOf(known, Math.min(known.length, MOST_ROWS_OF_START));
    return GaussianRatio.fit(
        scaled(parameters, rows.parameters(), some), scaled(observations, rows.trials(), some));
  }

  private Tensor loss(Operations ops, int[] batch) {
    Table theta = Objects.requireNonNull(parameterTable);
    int atoms = Math.min(ratioLoss.atoms(), theta.rows());
    int[] others = partners.of(ops.training(), batch, atoms, theta.rows());
    Tensor x =
        model.observationFeatures(ops, ops.rows(Objects.requireNonNull(observationTable), batch));
    Tensor own = model.parameterFeatures(ops, ops.rows(theta, others));
    Tensor logits = model.logRatio(ops, own, ops.repeatRows(x, atoms));
    return ratioLoss.of(ops, ops.reshape(logits, batch.length, atoms));
  }

  @Override
  String meaningOfLeavingOut(TrainingRows rows) {
    return "; the posterior is then biased by 1 / p(valid | theta) unless simulations fail regardless of the parameters."
        + " Otherwise replace invalid values by a fixed value far from the valid ones, or narrow the prior to where"
        + " simulations succeed";
  }

  @Override
  List<MemberReport> train(TrainingRows rows, Training training, ProgressListener listener) {
    parameterTable = networks.table(rows.parameters(), parameters);
    observationTable = networks.table(rows.trials(), observations);
    return networks.train(new double[rows.size()], training, listener);
  }

  private static double[][] scaled(
      Standardization standardization, List<double[]> rows, int[] chosen) {
    double[][] result = new double[chosen.length][standardization.columns()];
    for (int i = 0; i < chosen.length; i++) {
      standardization.forward(rows.get(chosen[i]), result[i]);
    }
    return result;
  }

  Ratio ratio(List<String> observationNames) {
    ConditionalRatio ratio =
        new ConditionalRatio(model, networks.best(), parameters, observations, ratioLoss);
    return Ratio.of(ratio, prior, range(), conditions(), provenance(observationNames));
  }
}
