package io.github.sbi4j.analysis.plot;

import io.github.sbi4j.core.sample.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Observed time series beside what a model predicts, a panel for each series.
 *
 * <p>The picture: bands over time that hold 50 % and 90 % of the predictions at each time, a line
 * at their median, thin grey lines for a few single predictions, and dots at the observed values.
 */
public final class TimeSeriesPlot extends PanelFigure<TimeSeriesPlot> {
  private static final double[] SHARES = {0.05, 0.25, 0.5, 0.75, 0.95};

  /** N x T predictions and T observations, which are NaN where there is none. */
  private record Series(double[][] predicted, double[] observed) {}

  private final double[] times;
  private final List<Series> series;
  private final int shown;

  private TimeSeriesPlot(Look look, double[] times, List<Series> series, int shown) {
    super(look);
    this.times = times;
    this.series = series;
    this.shown = shown;
  }

  /**
   * A plot of the predictions of one series.
   *
   * @param times the T times, ascending
   * @param predicted N predictions of T values, at least two
   * @return the plot
   * @throws IllegalArgumentException if the times do not ascend, there are fewer predictions, one
   *     has not T values or a value is not finite
   */
  public static TimeSeriesPlot of(double[] times, double[][] predicted) {
    return of(times, predicted, missing(times.length));
  }

  /**
   * A plot of the predictions of one series and what was observed.
   *
   * @param times the T times, ascending
   * @param predicted N predictions of T values, at least two
   * @param observed the T observed values; NaN where nothing was observed
   * @return the plot
   * @throws IllegalArgumentException if the times do not ascend, there are fewer predictions, one
   *     has not T values, or a value is infinite or a predicted one NaN
   */
  public static TimeSeriesPlot of(double[] times, double[][] predicted, double[] observed) {
    double[] checked = Inputs.ascending("times", times, 2);
    Series first = series(checked, predicted, observed);
    return new TimeSeriesPlot(Look.of(List.of("")), checked, List.of(first), 3);
  }

  private static double[] missing(int count) {
    double[] result = new double[count];
    Arrays.fill(result, Double.NaN);
    return result;
  }

  private static Series series(double[] times, double[][] predicted, double[] observed) {
    if (predicted.length < 2) {
      throw Inputs.problem("got %d predictions; a plot needs at least 2", predicted.length);
    }
    if (observed.length != times.length) {
      throw Inputs.problem(
          "got %d observed values for %d times; give one each, NaN where nothing was observed",
          observed.length, times.length);
    }
    for (int t = 0; t < observed.length; t++) {
      if (Double.isInfinite(observed[t])) {
        throw Inputs.problem(
            "the observed value at index %d is %s; give a number, or NaN where nothing was observed",
            t, observed[t]);
      }
    }
    return new Series(
        Inputs.rows("predictions", predicted, times.length, "times"), observed.clone());
  }

  /**
   * A copy with one more series at the same times, in a panel of its own.
   *
   * @param predicted N predictions of T values, at least two
   * @param observed the T observed values; NaN where nothing was observed
   * @return the copy, with the series numbered; {@link #labels} gives names
   * @throws IllegalArgumentException if there are fewer predictions, one has not T values, or a
   *     value is infinite or a predicted one NaN
   */
  public TimeSeriesPlot add(double[][] predicted, double[] observed) {
    List<Series> more = new ArrayList<>(series);
    more.add(series(times, predicted, observed));
    List<String> names = new ArrayList<>(look().labels());
    if (series.size() == 1 && names.get(0).isEmpty()) {
      names.set(0, "series 1");
    }
    names.add("series " + more.size());
    return new TimeSeriesPlot(look().withNames(List.copyOf(names)), times, more, shown);
  }

  /**
   * A copy that shows another number of single predictions.
   *
   * @param count how many, 3 unless set
   * @return the copy
   * @throws IllegalArgumentException if it is negative
   */
  public TimeSeriesPlot draws(int count) {
    if (count < 0) {
      throw Inputs.problem("the number of predictions to show must not be negative, got %d", count);
    }
    return new TimeSeriesPlot(look(), times, series, count);
  }

  @Override
  TimeSeriesPlot with(Look changed) {
    return new TimeSeriesPlot(changed, times, series, shown);
  }

  @Override
  int count() {
    return series.size();
  }

  @Override
  int mostInARow() {
    return count() <= 4 ? 1 : count() <= 10 ? 2 : 3;
  }

  @Override
  int chartWidth() {
    return count() <= 4 ? 640 : count() <= 10 ? 430 : 340;
  }

  @Override
  int chartHeight() {
    return count() == 1 ? 330 : 190;
  }

  @Override
  List<Legend.Entry> legend() {
    List<Legend.Entry> entries = new ArrayList<>();
    entries.add(new Legend.Entry("predicted, 50 % and 90 %", Style.series(0), Legend.Key.AREA));
    if (shown > 0) {
      entries.add(new Legend.Entry("single predictions", Style.REFERENCE, Legend.Key.LINE));
    }
    if (series.stream().anyMatch(one -> !Arrays.stream(one.observed()).allMatch(Double::isNaN))) {
      entries.add(new Legend.Entry("observed", Style.series(1), Legend.Key.DOT));
    }
    return entries;
  }

  @Override
  List<Chart> charts() {
    List<Chart> charts = new ArrayList<>();
    for (int s = 0; s < series.size(); s++) {
      double[][] predicted = series.get(s).predicted();
      double[] observed = series.get(s).observed();
      List<String> names = IntStream.range(0, times.length).mapToObj(t -> "t" + t).toList();
      double[][] q = Samples.copyOf(names, predicted).quantiles(SHARES);
      double[][] singles = new double[Math.min(shown, predicted.length)][];
      for (int k = 0; k < singles.length; k++) {
        singles[k] = predicted[(int) ((long) k * predicted.length / singles.length)];
      }
      List<Layer> layers = new ArrayList<>();
      layers.add(Layers.band(times, q[0], q[4], Style.tint(Style.series(0), 0.2)));
      layers.add(Layers.band(times, q[1], q[3], Style.tint(Style.series(0), 0.45)));
      for (double[] single : singles) {
        layers.add(Layers.line(times, single, Style.REFERENCE, Style.THIN));
      }
      layers.add(Layers.line(times, q[2], Style.series(0), Style.LINE));
      double radius = times.length > 150 ? 1.6 : times.length > 60 ? 2.2 : 3;
      layers.add(Layers.dots(times, observed, Style.series(1), radius));
      double[][] all = Arrays.copyOf(singles, singles.length + 3);
      all[singles.length] = q[0];
      all[singles.length + 1] = q[4];
      all[singles.length + 2] = observed;
      double margin = 0.015 * (times[times.length - 1] - times[0]);
      charts.add(
          new Chart(
              look().labels().get(s),
              look().xLabelOr("time"),
              look().yLabelOr(series.size() == 1 ? "value" : ""),
              Scale.of(times[0] - margin, times[times.length - 1] + margin),
              Scale.around(all),
              layers));
    }
    return charts;
  }
}
