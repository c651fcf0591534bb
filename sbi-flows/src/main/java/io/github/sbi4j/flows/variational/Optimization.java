package io.github.sbi4j.flows.variational;

import io.github.sbi4j.core.progress.Progress;
import io.github.sbi4j.core.random.RandomStreams;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Steps until the bound has come to rest at the smallest of four rates, each a third of the one
 * before.
 *
 * <p>The bound rests where its means over two windows of steps differ by less than their noise. It
 * may fall as well as rise: for other objectives than the bound itself it is only a witness.
 */
final class Optimization {
  private static final double NEXT_RATE = 0.3;
  private static final int RATES = 4;

  /** Before, a flow may only not have begun to leave the Gaussian. */
  private static final int FEWEST_WINDOWS = 4;

  private static final double TOLERANCE = 1e-3;

  private final VariationalSettings settings;
  private final long begin = System.nanoTime();
  private final List<Double> curve = new ArrayList<>();

  Optimization(VariationalSettings settings) {
    this.settings = settings;
  }

  /** The mean log weight of each step's draws so far. */
  List<Double> curve() {
    return curve;
  }

  double seconds() {
    return (System.nanoTime() - begin) / 1e9;
  }

  /**
   * Runs a fitter.
   *
   * @return true if it came to rest
   */
  boolean run(Fitter fitter, int window, long seed) {
    double[] before = new double[0];
    double[] now = new double[window];
    double rate = 1;
    int rates = 1;
    for (int step = 0; step < settings.steps() && !stopped(); step++) {
      double[] logWeights = fitter.step(rate, RandomStreams.of(seed, step));
      double bound = LogWeights.meanOfFinite(logWeights);
      if (Double.isNaN(bound)) {
        throw new IllegalStateException(
            "none of "
                + logWeights.length
                + " draws of the approximation has a positive density under the target in step "
                + (step + 1)
                + "; give more draws, or check the target's values and gradients");
      }
      curve.add(bound);
      now[step % window] = bound;
      if ((step + 1) % window != 0) {
        continue;
      }
      report(step + 1, bound);
      if (step + 1 >= FEWEST_WINDOWS * window && rests(before, now)) {
        if (rates == RATES) {
          return true;
        }
        rates++;
        rate *= NEXT_RATE;
      }
      before = now.clone();
    }
    return false;
  }

  private boolean stopped() {
    return Thread.currentThread().isInterrupted()
        || settings.timeBudget().map(budget -> seconds() > budget.toNanos() / 1e9).orElse(false);
  }

  private static boolean rests(double[] before, double[] now) {
    double difference = mean(now) - mean(before);
    double error = Math.sqrt((variance(before) + variance(now)) / now.length);
    return Math.abs(difference) <= 2 * error + TOLERANCE;
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value / values.length;
    }
    return sum;
  }

  private static double variance(double[] values) {
    double mean = mean(values);
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return sum / (values.length - 1);
  }

  private void report(int steps, double bound) {
    String detail = String.format(Locale.ROOT, "evidence lower bound %.4f", bound);
    settings
        .progress()
        .onProgress(
            new Progress(
                "variational fit", steps, -1, Duration.ofNanos((long) (seconds() * 1e9)), detail));
  }
}
