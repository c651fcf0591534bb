package io.github.sbi4j.flows.restriction;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.RestrictedPrior;
import io.github.sbi4j.core.progress.ProgressListener;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.flows.Device;
import io.github.sbi4j.flows.estimator.Standardization;
import io.github.sbi4j.flows.ratio.Classifier;
import io.github.sbi4j.flows.ratio.ClassifierNetwork;
import io.github.sbi4j.flows.ratio.Resnet;
import io.github.sbi4j.flows.tensor.Engine;
import io.github.sbi4j.flows.tensor.ParameterLayout;
import io.github.sbi4j.flows.tensor.RowLoss;
import io.github.sbi4j.flows.tensor.Table;
import io.github.sbi4j.flows.tensor.Tensor;
import io.github.sbi4j.flows.tensor.Weights;
import io.github.sbi4j.flows.training.MemberReport;
import io.github.sbi4j.flows.training.Trainer;
import io.github.sbi4j.flows.training.Training;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Learns from which parameters simulations are valid, and restricts the prior to them (Deistler,
 * Macke and Goncalves 2022, PNAS 119). Not thread-safe.
 *
 * <p>A classifier is trained by binary cross-entropy in which valid and invalid simulations have
 * the same total weight, however rare either is. A fifth of the simulations is held out, and the
 * threshold is chosen by the outputs for the m valid ones among them: for an allowed share a of
 * false negatives it is their k-th smallest, k being the largest number with k &le; a (m + 1), so
 * that a valid simulation is lost with a probability of k / (m + 1) on average, whatever the
 * classifier. Where that is none, as for a = 0, it lies below all of them by the mean distance that
 * the smallest have from the rest.
 *
 * <p>The restricted prior loses nothing that matters to inference from valid observations as long
 * as no valid simulation is lost. Its simulations may fail too: parameters stay from which some are
 * valid.
 */
public final class RestrictionEstimator {
  private static final int FEWEST_OF_EACH = 20;
  private static final int HOLD_OUT_EVERY = 5;

  private final Distribution prior;
  private final List<Row> rows = new ArrayList<>();
  private int valid;
  private Predicate<double[]> criterion = x -> true;
  private double allowedFalseNegatives;
  private Classifier classifier = Resnet.defaults();
  private Training training = Training.defaults();
  private ProgressListener listener = ProgressListener.NONE;
  private Device device = Device.cpu();
  private long seed = 1;
  private @Nullable ValidRegion region;

  /** Parameters, what became of them, and whether they are to choose the threshold. */
  private record Row(double[] parameters, boolean valid, boolean heldOut) {}

  private RestrictionEstimator(Distribution prior) {
    this.prior = prior.checked();
  }

  /**
   * {@return an estimator for a prior of D values, which may be restricted already}
   *
   * @param prior the prior that the parameters are drawn from
   */
  public static RestrictionEstimator with(Distribution prior) {
    return new RestrictionEstimator(prior);
  }

  /**
   * Sets which observations are valid; all unless set. An observation that is not finite is never
   * valid, and the criterion is not asked of it.
   *
   * @param criterion true for an observation of L finite values that is of use
   * @return this estimator
   * @throws IllegalStateException if simulations were appended before
   */
  public RestrictionEstimator criterion(Predicate<double[]> criterion) {
    if (!rows.isEmpty()) {
      throw new IllegalStateException(
          "simulations were judged before the criterion was set; set it before appendSimulations");
    }
    this.criterion = criterion;
    return this;
  }

  /**
   * Sets the share of valid simulations that may be lost; 0 unless set.
   *
   * @param share from 0 to less than 1; a greater one gives a smaller region
   * @return this estimator
   */
  public RestrictionEstimator allowedFalseNegatives(double share) {
    if (!(share >= 0 && share < 1)) {
      throw new IllegalArgumentException(
          "allowed false negatives are " + share + ", expected a share from 0 to less than 1");
    }
    this.allowedFalseNegatives = share;
    return this;
  }

  /**
   * Sets the classifier; {@link Resnet} unless set.
   *
   * @param classifier its settings
   * @return this estimator
   */
  public RestrictionEstimator classifier(Classifier classifier) {
    this.classifier = classifier;
    return this;
  }

  /**
   * Sets how the classifier is trained.
   *
   * @param training the settings of the training loop
   * @return this estimator
   */
  public RestrictionEstimator training(Training training) {
    this.training = training;
    return this;
  }

  /**
   * Sets who hears how far training is.
   *
   * @param listener hears of each epoch
   * @return this estimator
   */
  public RestrictionEstimator progress(ProgressListener listener) {
    this.listener = listener;
    return this;
  }

  /**
   * Sets where the classifier is trained and evaluated; the processor unless set.
   *
   * @param device the device
   * @return this estimator
   */
  public RestrictionEstimator device(Device device) {
    this.device = device;
    return this;
  }

  /**
   * Sets the seed of everything random.
   *
   * @param seed any number
   * @return this estimator
   */
  public RestrictionEstimator seed(long seed) {
    this.seed = seed;
    return this;
  }

  /**
   * Appends simulations, those that failed too.
   *
   * @param simulations N rows with parameters drawn from the prior
   * @return this estimator
   * @throws IllegalArgumentException if there are not D parameters
   */
  public RestrictionEstimator appendSimulations(Simulations simulations) {
    if (simulations.parameters().columns() != prior.dimension()) {
      throw new IllegalArgumentException(
          "the simulations have the parameters "
              + simulations.parameters().names()
              + ", but the prior has "
              + prior.names());
    }
    for (int i = 0; i < simulations.size(); i++) {
      double[] x = simulations.observations().row(i);
      boolean finite = Arrays.stream(x).allMatch(Double::isFinite);
      boolean isValid = finite && criterion.test(x);
      int alike = isValid ? valid++ : rows.size() - valid;
      // One of each five, of the valid and the invalid ones apart, so that neither runs short.
      boolean heldOut = alike % HOLD_OUT_EVERY == 0;
      rows.add(new Row(simulations.parameters().row(i), isValid, heldOut));
    }
    return this;
  }

  /**
   * Trains the classifier from scratch on all simulations appended so far.
   *
   * @return this estimator
   * @throws IllegalStateException if fewer than twenty are valid or fewer than twenty invalid
   */
  public RestrictionEstimator train() {
    requireBoth();
    List<Row> trained = rows.stream().filter(row -> !row.heldOut).toList();
    double[][] parameters = trained.stream().map(Row::parameters).toArray(double[][]::new);
    Standardization standardization = Standardization.fit(parameters);
    ParameterLayout layout = new ParameterLayout();
    ClassifierNetwork network =
        classifier.build(prior.dimension(), layout, RandomStreams.of(seed, 0));
    Engine engine = device.engine();
    Weights weights = engine.weights(layout, layout.initialValues());
    float[] scaled = ValidRegion.scaled(standardization, parameters, 0, parameters.length);
    Table inputs = engine.table(scaled, parameters.length, prior.dimension());
    Table labels = engine.table(labels(trained), parameters.length, 2);
    RowLoss loss =
        (ops, batch) -> {
          Tensor label = ops.rows(labels, batch);
          Tensor logit = network.apply(ops, ops.rows(inputs, batch));
          Tensor wrong = ops.softplus(ops.multiply(ops.columns(label, 0, 1), logit));
          return ops.multiply(ops.columns(label, 1, 2), wrong);
        };
    Trainer trainer = new Trainer(engine, weights, loss, seed, false);
    MemberReport report = trainer.run(new double[parameters.length], training, listener);
    Weights best = engine.weights(layout, trainer.best().toArray());
    double[] ofValid = ValidRegion.logits(network, best, standardization, heldOut(true));
    double[] ofInvalid = ValidRegion.logits(network, best, standardization, heldOut(false));
    double threshold = threshold(ofValid, allowedFalseNegatives);
    RestrictionReport result =
        new RestrictionReport(
            rows.size(), valid, kept(ofValid, threshold), kept(ofInvalid, threshold), report);
    double logOdds = Math.log((double) valid / (rows.size() - valid));
    region = new ValidRegion(network, best, standardization, logOdds, threshold, result);
    return this;
  }

  private void requireBoth() {
    if (rows.isEmpty()) {
      throw new IllegalStateException(
          "there are no simulations to learn from: call appendSimulations before train");
    }
    if (rows.size() - valid < FEWEST_OF_EACH) {
      throw new IllegalStateException(
          (rows.size() - valid)
              + " of "
              + rows.size()
              + " simulations are invalid, too few to learn where they are; use the prior as it is, or simulate more");
    }
    if (valid < FEWEST_OF_EACH) {
      throw new IllegalStateException(
          valid
              + " of "
              + rows.size()
              + " simulations are valid, too few to learn where they are; simulate more, or make the prior narrower");
    }
  }

  private double[][] heldOut(boolean ofValid) {
    return rows.stream()
        .filter(row -> row.heldOut && row.valid == ofValid)
        .map(Row::parameters)
        .toArray(double[][]::new);
  }

  /** For each row the sign of a logit that is wrong, and its weight; N x 2. */
  private static float[] labels(List<Row> rows) {
    double share = rows.stream().filter(Row::valid).count() / (double) rows.size();
    float[] labels = new float[2 * rows.size()];
    for (int i = 0; i < rows.size(); i++) {
      boolean isValid = rows.get(i).valid;
      labels[2 * i] = isValid ? -1 : 1;
      labels[2 * i + 1] = (float) (0.5 / (isValid ? share : 1 - share));
    }
    return labels;
  }

  static double threshold(double[] ofValid, double allowed) {
    double[] sorted = ofValid.clone();
    Arrays.sort(sorted);
    int below = (int) Math.floor(allowed * (sorted.length + 1.0));
    if (below >= 1) {
      return sorted[below - 1];
    }
    int tail = Math.min(sorted.length - 1, Math.max(2, (int) Math.sqrt(sorted.length)));
    double excess = 0;
    for (int i = 0; i < tail; i++) {
      excess += (sorted[tail] - sorted[i]) / tail;
    }
    return sorted[0] - excess;
  }

  private static double kept(double[] logits, double threshold) {
    return Arrays.stream(logits).filter(l -> l >= threshold).count() / (double) logits.length;
  }

  /** {@return the region of valid simulations} */
  public ValidRegion region() {
    if (region == null) {
      throw new IllegalStateException(
          "nothing is trained yet: call appendSimulations and train first");
    }
    return region;
  }

  /** {@return the prior restricted to the region of valid simulations} */
  public RestrictedPrior restrictedPrior() {
    return RestrictedPrior.of(prior, region());
  }
}
