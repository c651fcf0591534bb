package io.github.sbi4j.flows.inference;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Support;
import io.github.sbi4j.core.progress.ProgressListener;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.flows.Device;
import io.github.sbi4j.flows.embedding.Embedding;
import io.github.sbi4j.flows.estimator.ConditionalDensity;
import io.github.sbi4j.flows.estimator.Coordinates;
import io.github.sbi4j.flows.estimator.DensityEstimator;
import io.github.sbi4j.flows.estimator.PosteriorCoordinates;
import io.github.sbi4j.flows.posterior.DirectPosterior;
import io.github.sbi4j.flows.training.MemberReport;
import io.github.sbi4j.flows.training.Training;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The networks of one neural posterior estimation: targets are parameters. */
final class PosteriorFit extends Fit {
  /** What is learned, and how. */
  record Model(
      DensityEstimator estimator,
      Embedding embedding,
      boolean unconstrained,
      ProposalCorrection correction,
      @Nullable CalibrationKernel kernel) {}

  private static final double MOST_SKIPPED = 0.01;

  private final Distribution prior;
  private final long seed;
  private final DensityTrainer trainer;
  private final Device device;
  private @Nullable RoundsOfRows divisor;
  private final Model model;
  private Optional<double[]> learnedFor = Optional.empty();

  PosteriorFit(Distribution prior, Model model, Networks.Settings settings, TrainingRows rows) {
    super(rows);
    this.prior = prior;
    this.seed = settings.seed();
    this.device = settings.device();
    this.model = model;
    Coordinates coordinates =
        coordinates(prior, model)
            .fit(
                rows.parameters(),
                rows.observations(),
                model.embedding(),
                RandomStreams.key(seed, -1));
    refuseConstantParameters(prior, coordinates.targets());
    noteObservedContexts(coordinates.contexts());
    this.trainer = new DensityTrainer(model.estimator(), model.embedding(), coordinates, settings);
  }

  private static PosteriorCoordinates coordinates(Distribution prior, Model model) {
    if (!model.unconstrained()) {
      return PosteriorCoordinates.affine(prior, Support.real(prior.dimension()));
    }
    // Closed forms need Gaussians of unconstrained space to stay Gaussian.
    boolean closed =
        model.correction() instanceof NonAtomic || model.correction() instanceof PostHoc;
    return closed
        ? PosteriorCoordinates.affine(prior, prior.support())
        : PosteriorCoordinates.truncated(prior);
  }

  @Override
  String meaningOfLeavingOut(TrainingRows rows) {
    return rows.rounds().sequential() && model.correction() instanceof Atomic
        ? "; after the first round the posterior is then biased by 1 / p(valid | theta) unless simulations fail regardless"
            + " of the parameters. Otherwise replace invalid values by a fixed value far from the valid ones, or"
            + " narrow the prior to where simulations succeed"
        : "";
  }

  @Override
  List<MemberReport> train(TrainingRows rows, Training training, ProgressListener listener) {
    learnedFor = rows.rounds().observation();
    boolean sequential = rows.rounds().sequential();
    if (sequential && model.correction() instanceof Atomic atomic) {
      requireNoKernel();
      AtomicLoss loss = new AtomicLoss(trainer, prior, rows, atomic, seed);
      return trainer.train(loss, loss.offsets(), training, listener);
    }
    if (sequential && model.correction() instanceof NonAtomic) {
      return trainNonAtomic(rows, training, listener);
    }
    double[] weights = new double[rows.size()];
    Arrays.fill(weights, 1);
    divisor = null;
    if (sequential && model.correction() instanceof PostHoc) {
      divisor = rows.rounds();
    } else if (sequential) {
      weights = RowWeights.importance(prior, rows);
      noteEffectiveSize("importance weights", weights);
    }
    if (model.kernel() != null) {
      weights =
          RowWeights.product(weights, RowWeights.calibration(model.kernel(), rows.observations()));
      noteEffectiveSize("weights of the calibration kernel", weights);
    }
    return trainer.train(rows.parameters(), rows.observations(), weights, training, listener);
  }

  private List<MemberReport> trainNonAtomic(
      TrainingRows rows, Training training, ProgressListener listener) {
    requireNoKernel();
    NonAtomicLoss loss = new NonAtomicLoss(trainer, prior, rows);
    List<MemberReport> members = trainer.train(loss, loss.offsets(), training, listener);
    double skipped = loss.skippedShare();
    if (skipped > 0) {
      note(
          String.format(
              Locale.ROOT,
              "in %.2g of evaluations a product of components had no normaliser, and the row was skipped",
              skipped));
    }
    if (skipped <= MOST_SKIPPED) {
      return members;
    }
    note("so many that training went on with " + Atomic.defaults());
    AtomicLoss atomic = new AtomicLoss(trainer, prior, rows, Atomic.defaults(), seed);
    return trainer.train(atomic, atomic.offsets(), training, listener);
  }

  private void requireNoKernel() {
    if (model.kernel() != null) {
      throw new IllegalStateException(
          "a calibration kernel was set, but this correction compares parameters of different simulations, which"
              + " a weight of one of them would bias; use the correction ImportanceWeighted, or no kernel"
              + " after the first round");
    }
  }

  private void noteEffectiveSize(String what, double[] weights) {
    note(
        String.format(
            Locale.ROOT,
            "the %s of %d simulations are worth %.0f equally weighted ones",
            what,
            weights.length,
            RowWeights.effectiveSize(weights)));
  }

  DirectPosterior posterior(List<String> observationNames) {
    ConditionalDensity density = trainer.density();
    if (divisor != null) {
      int round = divisor.proposals().size() - 1;
      DividedDensity.Result divided =
          DividedDensity.of(density, prior, divisor.proposals().get(round), round, device);
      density = divided.density();
      if (divided.repaired() > 0) {
        warn(
            divided.repaired()
                + " components of the posterior learned nothing beyond the proposal in some direction, where"
                + " the prior stands in");
      }
    }
    DirectPosterior posterior =
        DirectPosterior.of(density, prior, range(), seed, provenance(observationNames));
    return learnedFor.map(posterior::learnedFor).orElse(posterior);
  }
}
