package io.github.sbi4j.flows.variational;

import io.github.sbi4j.core.progress.ProgressListener;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The settings of a variational fit. */
public final class VariationalSettings {
  private static final VariationalSettings DEFAULTS =
      new VariationalSettings(3_000, 256, 0.005, 4_000, null, ProgressListener.NONE);

  private final int steps;
  private final int draws;
  private final double learningRate;
  private final int qualityDraws;
  private final @Nullable Duration timeBudget;
  private final ProgressListener progress;

  private VariationalSettings(
      int steps,
      int draws,
      double learningRate,
      int qualityDraws,
      @Nullable Duration timeBudget,
      ProgressListener progress) {
    this.steps = atLeast("steps", steps, 1);
    this.draws = atLeast("draws", draws, 2);
    this.qualityDraws = atLeast("qualityDraws", qualityDraws, 100);
    if (!(learningRate > 0 && learningRate < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "learningRate is " + learningRate + ", expected a positive finite number");
    }
    this.learningRate = learningRate;
    this.timeBudget = timeBudget;
    this.progress = progress;
  }

  private static int atLeast(String name, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(name + " is " + value + ", expected at least " + least);
    }
    return value;
  }

  /** {@return the default settings: at most 3 000 steps of 256 draws} */
  public static VariationalSettings defaults() {
    return DEFAULTS;
  }

  /**
   * {@return the largest number of steps of the Gaussian, and again of the flow; a fit ends earlier
   * where its bound has come to rest}
   */
  public int steps() {
    return steps;
  }

  /** {@return the number of draws a step} */
  public int draws() {
    return draws;
  }

  /** {@return the step size of a flow's weights at the beginning; Gaussians have none} */
  public double learningRate() {
    return learningRate;
  }

  /** {@return the number of fresh draws by which the fit is judged} */
  public int qualityDraws() {
    return qualityDraws;
  }

  /** {@return the time after which a fit ends with what it has; empty for none} */
  public Optional<Duration> timeBudget() {
    return Optional.ofNullable(timeBudget);
  }

  /** {@return what hears of the progress} */
  public ProgressListener progress() {
    return progress;
  }

  /**
   * {@return these settings with another value of {@link #steps()}}
   *
   * @param steps at least 1
   */
  public VariationalSettings withSteps(int steps) {
    return new VariationalSettings(steps, draws, learningRate, qualityDraws, timeBudget, progress);
  }

  /**
   * {@return these settings with another value of {@link #draws()}}
   *
   * @param draws at least 2; rounded up to whole groups of an importance-weighted bound
   */
  public VariationalSettings withDraws(int draws) {
    return new VariationalSettings(steps, draws, learningRate, qualityDraws, timeBudget, progress);
  }

  /**
   * {@return these settings with another value of {@link #learningRate()}}
   *
   * @param learningRate positive
   */
  public VariationalSettings withLearningRate(double learningRate) {
    return new VariationalSettings(steps, draws, learningRate, qualityDraws, timeBudget, progress);
  }

  /**
   * {@return these settings with another value of {@link #qualityDraws()}}
   *
   * @param qualityDraws at least 100
   */
  public VariationalSettings withQualityDraws(int qualityDraws) {
    return new VariationalSettings(steps, draws, learningRate, qualityDraws, timeBudget, progress);
  }

  /**
   * {@return these settings with another value of {@link #timeBudget()}}
   *
   * @param timeBudget from the start of the fit; results then depend on the speed of the machine
   */
  public VariationalSettings withTimeBudget(Duration timeBudget) {
    return new VariationalSettings(steps, draws, learningRate, qualityDraws, timeBudget, progress);
  }

  /**
   * {@return these settings with another value of {@link #progress()}}
   *
   * @param progress hears of every few steps
   */
  public VariationalSettings withProgress(ProgressListener progress) {
    return new VariationalSettings(steps, draws, learningRate, qualityDraws, timeBudget, progress);
  }

  @Override
  public String toString() {
    return "VariationalSettings[steps="
        + steps
        + ", draws="
        + draws
        + ", learningRate="
        + learningRate
        + ", qualityDraws="
        + qualityDraws
        + ", timeBudget="
        + timeBudget
        + "]";
  }
}
