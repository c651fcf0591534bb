package io.github.sbi4j.flows.training;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The settings of the training loop. */
public final class Training {
  private static final int STEPS_PER_EPOCH = 20;
  private static final int SMALLEST_BATCH = 20;
  private static final int LARGEST_BATCH = 200;
  private static final Training DEFAULTS =
      new Training(null, 2e-3, Schedule.PLATEAU, 0.1, 20, 2000, 5, 0, 0.99, null, null);

  private final @Nullable Integer batchSize;
  private final double learningRate;
  private final Schedule schedule;
  private final double validationFraction;
  private final int patience;
  private final int maxEpochs;
  private final double maxGradientNorm;
  private final double weightDecay;
  private final double averaging;
  private final @Nullable Duration timeBudget;
  private final @Nullable Integer threads;

  private Training(
      @Nullable Integer batchSize,
      double learningRate,
      Schedule schedule,
      double validationFraction,
      int patience,
      int maxEpochs,
      double maxGradientNorm,
      double weightDecay,
      double averaging,
      @Nullable Duration timeBudget,
      @Nullable Integer threads) {
    this.batchSize = batchSize == null ? null : atLeast("batchSize", batchSize, 1);
    this.learningRate = positive("learningRate", learningRate);
    this.schedule = schedule;
    this.validationFraction = fraction("validationFraction", validationFraction);
    this.patience = atLeast("patience", patience, 1);
    this.maxEpochs = atLeast("maxEpochs", maxEpochs, 1);
    this.maxGradientNorm = positiveOrInfinite("maxGradientNorm", maxGradientNorm);
    this.weightDecay = notNegative("weightDecay", weightDecay);
    this.averaging = share("averaging", averaging);
    this.timeBudget = timeBudget;
    this.threads = threads == null ? null : atLeast("threads", threads, 1);
  }

  /** {@return the default settings} */
  public static Training defaults() {
    return DEFAULTS;
  }

  /**
   * {@return the number of rows of each step, if set}
   *
   * <p>Unless set it is a twentieth of the training rows, at least 20 and at most 200: few rows
   * need many steps an epoch, and small batches also keep a flow from overfitting them.
   */
  public OptionalInt batchSize() {
    return batchSize == null ? OptionalInt.empty() : OptionalInt.of(batchSize);
  }

  /** The number of rows of each step for a number of training rows. */
  int batchSizeFor(int trainingRows) {
    int automatic =
        Math.max(SMALLEST_BATCH, Math.min(LARGEST_BATCH, trainingRows / STEPS_PER_EPOCH));
    return Math.min(trainingRows, batchSize == null ? automatic : batchSize);
  }

  /** {@return the learning rate to start from} */
  public double learningRate() {
    return learningRate;
  }

  /** {@return how the learning rate changes} */
  public Schedule schedule() {
    return schedule;
  }

  /** {@return the share of rows held out to judge the fit} */
  public double validationFraction() {
    return validationFraction;
  }

  /**
   * {@return the number of epochs without improvement after which training ends, or the learning
   * rate falls}
   */
  public int patience() {
    return patience;
  }

  /** {@return the largest number of epochs} */
  public int maxEpochs() {
    return maxEpochs;
  }

  /** {@return the global norm at which gradients are clipped; infinity for none} */
  public double maxGradientNorm() {
    return maxGradientNorm;
  }

  /** {@return the decoupled decay of the weights} */
  public double weightDecay() {
    return weightDecay;
  }

  /**
   * {@return the decay of the exponential average of the weights that is validated and kept; 0 for
   * the weights themselves}
   */
  public double averaging() {
    return averaging;
  }

  /** {@return the wall-clock time after which training ends with what it has, if any} */
  public Optional<Duration> timeBudget() {
    return Optional.ofNullable(timeBudget);
  }

  /** {@return the largest number of threads, if set; all processors otherwise} */
  public OptionalInt threads() {
    return threads == null ? OptionalInt.empty() : OptionalInt.of(threads);
  }

  int threadsOrAll() {
    return threads == null ? Runtime.getRuntime().availableProcessors() : threads;
  }

  /**
   * {@return these settings with another value of {@link #batchSize()}}
   *
   * @param batchSize at least 1
   */
  public Training withBatchSize(int batchSize) {
    return new Training(
        batchSize,
        learningRate,
        schedule,
        validationFraction,
        patience,
        maxEpochs,
        maxGradientNorm,
        weightDecay,
        averaging,
        timeBudget,
        threads);
  }

  /**
   * {@return these settings with another value of {@link #learningRate()}}
   *
   * @param learningRate positive
   */
  public Training withLearningRate(double learningRate) {
    return new Training(
        batchSize,
        learningRate,
        schedule,
        validationFraction,
        patience,
        maxEpochs,
        maxGradientNorm,
        weightDecay,
        averaging,
        timeBudget,
        threads);
  }

  /**
   * {@return these settings with another value of {@link #schedule()}}
   *
   * @param schedule how the learning rate changes
   */
  public Training withSchedule(Schedule schedule) {
    return new Training(
        batchSize,
        learningRate,
        schedule,
        validationFraction,
        patience,
        maxEpochs,
        maxGradientNorm,
        weightDecay,
        averaging,
        timeBudget,
        threads);
  }

  /**
   * {@return these settings with another value of {@link #validationFraction()}}
   *
   * @param validationFraction between 0 and 1, exclusive
   */
  public Training withValidationFraction(double validationFraction) {
    return new Training(
        batchSize,
        learningRate,
        schedule,
        validationFraction,
        patience,
        maxEpochs,
        maxGradientNorm,
        weightDecay,
        averaging,
        timeBudget,
        threads);
  }

  /**
   * {@return these settings with another value of {@link #patience()}}
   *
   * @param patience at least 1
   */
  public Training withPatience(int patience) {
    return new Training(
        batchSize,
        learningRate,
        schedule,
        validationFraction,
        patience,
        maxEpochs,
        maxGradientNorm,
        weightDecay,
        averaging,
        timeBudget,
        threads);
  }

  /**
   * {@return these settings with another value of {@link #maxEpochs()}}
   *
   * @param maxEpochs at least 1
   */
  public Training withMaxEpochs(int maxEpochs) {
    return new Training(
        batchSize,
        learningRate,
        schedule,
        validationFraction,
        patience,
        maxEpochs,
        maxGradientNorm,
        weightDecay,
        averaging,
        timeBudget,
        threads);
  }

  /**
   * {@return these settings with another value of {@link #maxGradientNorm()}}
   *
   * @param maxGradientNorm positive, or infinity for no clipping
   */
  public Training withMaxGradientNorm(double maxGradientNorm) {
    return new Training(
        batchSize,
        learningRate,
        schedule,
        validationFraction,
        patience,
        maxEpochs,
        maxGradientNorm,
        weightDecay,
        averaging,
        timeBudget,
        threads);
  }

  /**
   * {@return these settings with another value of {@link #weightDecay()}}
   *
   * @param weightDecay zero or positive
   */
  public Training withWeightDecay(double weightDecay) {
    return new Training(
        batchSize,
        learningRate,
        schedule,
        validationFraction,
        patience,
        maxEpochs,
        maxGradientNorm,
        weightDecay,
        averaging,
        timeBudget,
        threads);
  }

  /**
   * {@return these settings with another value of {@link #averaging()}}
   *
   * @param averaging at least 0 and below 1
   */
  public Training withAveraging(double averaging) {
    return new Training(
        batchSize,
        learningRate,
        schedule,
        validationFraction,
        patience,
        maxEpochs,
        maxGradientNorm,
        weightDecay,
        averaging,
        timeBudget,
        threads);
  }

  /**
   * {@return these settings with another value of {@link #timeBudget()}}
   *
   * @param timeBudget from the start of training; the epoch that runs when it is spent is finished
   */
  public Training withTimeBudget(Duration timeBudget) {
    return new Training(
        batchSize,
        learningRate,
        schedule,
        validationFraction,
        patience,
        maxEpochs,
        maxGradientNorm,
        weightDecay,
        averaging,
        timeBudget,
        threads);
  }

  /**
   * A copy with another number of threads; results do not depend on it.
   *
   * @param threads the largest number, at least one
   * @return the copy
   */
  public Training withThreads(int threads) {
    return new Training(
        batchSize,
        learningRate,
        schedule,
        validationFraction,
        patience,
        maxEpochs,
        maxGradientNorm,
        weightDecay,
        averaging,
        timeBudget,
        threads);
  }

  private static int atLeast(String name, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(name + " must be at least " + least + ", but is " + value);
    }
    return value;
  }

  private static double positive(String name, double value) {
    return inside(
        name, value, value > 0 && value < Double.POSITIVE_INFINITY, "positive and finite");
  }

  private static double positiveOrInfinite(String name, double value) {
    return inside(name, value, value > 0, "positive");
  }

  private static double notNegative(String name, double value) {
    return inside(name, value, value >= 0 && value < Double.POSITIVE_INFINITY, "zero or positive");
  }

  private static double fraction(String name, double value) {
    return inside(name, value, value > 0 && value < 1, "between 0 and 1, exclusive");
  }

  private static double share(String name, double value) {
    return inside(name, value, value >= 0 && value < 1, "at least 0 and below 1");
  }

  private static double inside(String name, double value, boolean valid, String expected) {
    if (!valid) {
      throw new IllegalArgumentException(name + " must be " + expected + ", but is " + value);
    }
    return value;
  }

  @Override
  public String toString() {
    return "Training[batchSize="
        + (batchSize == null ? "automatic" : batchSize.toString())
        + ", learningRate="
        + learningRate
        + ", schedule="
        + schedule
        + ", validationFraction="
        + validationFraction
        + ", patience="
        + patience
        + ", maxEpochs="
        + maxEpochs
        + ", maxGradientNorm="
        + maxGradientNorm
        + ", weightDecay="
        + weightDecay
        + ", averaging="
        + averaging
        + ", timeBudget="
        + timeBudget
        + "]";
  }
}
