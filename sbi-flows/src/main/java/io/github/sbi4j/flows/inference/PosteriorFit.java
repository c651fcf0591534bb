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
import io.github.sbi4j.flows.estimator.DensityModel;
import io.github.sbi4j.flows.estimator.Standardization;
import io.github.sbi4j.flows.file.Provenance;
import io.github.sbi4j.flows.posterior.DirectPosterior;
import io.github.sbi4j.flows.posterior.ObservationRange;
import io.github.sbi4j.flows.tensor.Engine;
import io.github.sbi4j.flows.tensor.RowLoss;
import io.github.sbi4j.flows.tensor.Table;
import io.github.sbi4j.flows.tensor.Tensor;
import io.github.sbi4j.flows.tensor.Weights;
import io.github.sbi4j.flows.training.EnsembleTrainer;
import io.github.sbi4j.flows.training.Trainer;
import io.github.sbi4j.flows.training.Training;
import io.github.sbi4j.flows.training.TrainingReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The networks of one neural posterior estimation and how they were trained so far. */
final class PosteriorFit {
  private static final Logger LOG = LoggerFactory.getLogger(SNPE.class);
  private static final int FEWEST_ROWS = 10;

  private final Distribution prior;
  private final DensityEstimator estimator;
  private final Embedding embedding;
  private final Engine engine;
  private final long seed;
  private final Coordinates coordinates;
  private final ObservationRange range;
  private final List<String> warnings = new ArrayList<>();
  private final DensityModel model;
  private final List<Trainer> trainers = new ArrayList<>();
  private @Nullable Table targetTable;
  private @Nullable Table contextTable;
  private @Nullable TrainingReport report;
  private String dataHash = "";
  private String settings = "";

  PosteriorFit(
      Distribution prior,
      DensityEstimator estimator,
      Embedding embedding,
      Device device,
      long seed,
      int ensemble,
      boolean unconstrained,
      TrainingRows rows) {
    this.prior = prior;
    this.estimator = estimator;
    this.embedding = embedding;
    this.seed = seed;
    checkEnough(rows);
    Support support = unconstrained ? prior.support() : Support.real(prior.dimension());
    double[][] observations = rows.observations();
    this.coordinates = Coordinates.fit(support, rows.parameters(), observations, embedding);
    this.range = ObservationRange.of(observations);
    noteColumns();
    this.engine = device.engine();
    int width = observations[0].length;
    this.model = DensityModel.build(estimator, embedding, prior.dimension(), width, memberSeed(0));
    for (int k = 0; k < ensemble; k++) {
      DensityModel start =
          k == 0
              ? model
              : DensityModel.build(estimator, embedding, prior.dimension(), width, memberSeed(k));
      Weights weights = engine.weights(model.layout(), start.layout().initialValues());
      trainers.add(new Trainer(engine, weights, loss(), memberSeed(k)));
    }
  }

  private static void checkEnough(TrainingRows rows) {
    if (rows.appended() == 0) {
      throw new IllegalStateException(
          "there are no simulations to train on: call appendSimulations before train");
    }
    if (rows.size() < FEWEST_ROWS) {
      throw new IllegalStateException(
          "only "
              + rows.size()
              + " of "
              + rows.appended()
              + " simulations are valid, left out: "
              + rows.leftOut()
              + "; at least "
              + FEWEST_ROWS
              + " are needed, a thousand or more give a useful posterior");
    }
  }

  private void noteColumns() {
    Standardization targets = coordinates.targets();
    Standardization contexts = coordinates.contexts();
    List<Integer> constantParameters = targets.constantColumns();
    if (!constantParameters.isEmpty()) {
      String name = prior.names().get(constantParameters.get(0));
      throw new IllegalStateException(
          "parameter "
              + name
              + " has the same value in every simulation, so nothing can be learned of it; draw it from the prior"
              + " or leave it out");
    }
    if (contexts.constantColumns().size() == contexts.columns()) {
      throw new IllegalStateException(
          "every observed value is the same in all simulations, so they say nothing of the parameters; check the simulator");
    }
    if (!contexts.constantColumns().isEmpty()) {
      warn(
          "observed columns "
              + contexts.constantColumns()
              + " are constant and carry no information");
    }
    if (!contexts.compressedColumns().isEmpty()) {
      warn(
          "observed columns "
              + contexts.compressedColumns()
              + " have values more than ten interquartile ranges from the median; they are scaled by it and drawn in by asinh");
    }
  }

  private void warn(String text) {
    warnings.add(text);
    LOG.warn(text);
  }

  private long memberSeed(int member) {
    return RandomStreams.key(seed, member);
  }

  private RowLoss loss() {
    return (ops, batch) -> {
      Tensor target = ops.rows(table(targetTable), batch);
      Tensor context = ops.rows(table(contextTable), batch);
      return ops.scale(model.logProb(ops, target, context), -1);
    };
  }

  private static Table table(@Nullable Table table) {
    return java.util.Objects.requireNonNull(table);
  }

  void train(TrainingRows rows, Training training, ProgressListener listener) {
    long begin = System.nanoTime();
    double[][] parameters = rows.parameters();
    double[] offsets = new double[parameters.length];
    float[] theta = new float[parameters.length * prior.dimension()];
    double[][] observations = rows.observations();
    float[] x = new float[observations.length * observations[0].length];
    double[] seen = new double[prior.dimension()];
    for (int i = 0; i < parameters.length; i++) {
      Coordinates.Context context = coordinates.context(observations[i]);
      offsets[i] = -coordinates.forward(parameters[i], context, seen);
      put(seen, theta, i);
      put(context.scaled(), x, i);
    }
    targetTable = engine.table(theta, parameters.length, prior.dimension());
    contextTable = engine.table(x, observations.length, observations[0].length);
    List<String> notes = new ArrayList<>(warnings);
    Map<String, Integer> leftOut = rows.leftOut();
    if (!leftOut.isEmpty()) {
      String text =
          leftOut.values().stream().mapToInt(Integer::intValue).sum()
              + " of "
              + rows.appended()
              + " simulations are left out: "
              + leftOut;
      notes.add(text);
      LOG.warn(text);
    }
    var members = EnsembleTrainer.run(trainers, offsets, training, listener);
    double seconds = (System.nanoTime() - begin) / 1e9;
    report = new TrainingReport(members, seconds, parameters.length, leftOut, notes);
    dataHash = Provenance.hash(parameters, observations);
    settings = training.toString();
  }

  private static void put(double[] row, float[] table, int index) {
    for (int j = 0; j < row.length; j++) {
      table[index * row.length + j] = (float) row[j];
    }
  }

  TrainingReport report() {
    return java.util.Objects.requireNonNull(report);
  }

  DirectPosterior posterior(List<String> observationNames) {
    List<Weights> members = new ArrayList<>();
    for (Trainer trainer : trainers) {
      members.add(engine.weights(model.layout(), trainer.best().toArray()));
    }
    ConditionalDensity density = new ConditionalDensity(model, members, coordinates);
    TrainingReport trained = report();
    Provenance provenance =
        new Provenance(
            trained.rowsUsed(),
            dataHash,
            observationNames,
            trained.epochs(),
            trained.bestValidationLoss(),
            settings);
    return DirectPosterior.of(density, prior, range, seed, provenance);
  }
}
