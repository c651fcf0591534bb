package io.github.sbi4j.flows.inference;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Support;
import io.github.sbi4j.core.progress.ProgressListener;
import io.github.sbi4j.flows.embedding.Embedding;
import io.github.sbi4j.flows.estimator.Coordinates;
import io.github.sbi4j.flows.estimator.DensityEstimator;
import io.github.sbi4j.flows.posterior.DirectPosterior;
import io.github.sbi4j.flows.training.MemberReport;
import io.github.sbi4j.flows.training.Training;
import java.util.List;
import java.util.Optional;

/** The networks of one neural posterior estimation: targets are parameters. */
final class PosteriorFit extends Fit {
  private final Distribution prior;
  private final long seed;
  private final DensityTrainer trainer;
  private final ProposalCorrection correction;
  private Optional<double[]> learnedFor = Optional.empty();

  PosteriorFit(
      Distribution prior,
      DensityEstimator estimator,
      Embedding embedding,
      Networks.Settings settings,
      boolean unconstrained,
      ProposalCorrection correction,
      TrainingRows rows) {
    super(rows);
    this.prior = prior;
    this.seed = settings.seed();
    this.correction = correction;
    Support support = unconstrained ? prior.support() : Support.real(prior.dimension());
    Coordinates coordinates =
        Coordinates.fit(support, rows.parameters(), rows.observations(), embedding);
    refuseConstantParameters(prior, coordinates.targets());
    noteObservedContexts(coordinates.contexts());
    this.trainer = new DensityTrainer(estimator, embedding, coordinates, settings);
  }

  @Override
  String meaningOfLeavingOut(TrainingRows rows) {
    return rows.rounds().sequential() && correction instanceof Atomic
        ? "; after the first round the posterior is then biased by 1 / p(valid | theta) unless simulations fail regardless"
            + " of the parameters. Otherwise replace invalid values by a fixed value far from the valid ones, or"
            + " narrow the prior to where simulations succeed"
        : "";
  }

  @Override
  List<MemberReport> train(TrainingRows rows, Training training, ProgressListener listener) {
    learnedFor = rows.rounds().observation();
    if (rows.rounds().sequential() && correction instanceof Atomic atomic) {
      AtomicLoss loss = new AtomicLoss(trainer, prior, rows, atomic, seed);
      return trainer.train(loss, loss.offsets(), training, listener);
    }
    return trainer.train(rows.parameters(), rows.observations(), training, listener);
  }

  DirectPosterior posterior(List<String> observationNames) {
    DirectPosterior posterior =
        DirectPosterior.of(trainer.density(), prior, range(), seed, provenance(observationNames));
    return learnedFor.map(posterior::learnedFor).orElse(posterior);
  }
}
