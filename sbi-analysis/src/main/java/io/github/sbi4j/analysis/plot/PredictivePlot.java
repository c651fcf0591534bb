package io.github.sbi4j.analysis.plot;

import io.github.sbi4j.core.sample.Samples;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Observed statistics beside what a model predicts, each in units of its predicted standard
 * deviation.
 *
 * <p>The picture: a row for each statistic, with a pale bar for the interval that holds 90 % of the
 * predictions, a dark one for 50 %, a white line at the median and a dot at the observed value,
 * orange where it lies outside the 90 %. Zero is the mean of the predictions. Observations more
 * than eight standard deviations away are arrows at the border with their distance.
 */
public final class PredictivePlot extends PanelFigure<PredictivePlot> {
  private static final double FARTHEST = 8;
  private static final double[] SHARES = {0.05, 0.25, 0.5, 0.75, 0.95};

  /** L x 5 standardised quantiles. */
  private final double[][] quantiles;

  /** L standardised observations. */
  private final double[] observed;

  private PredictivePlot(Look look, double[][] quantiles, double[] observed) {
    super(look);
    this.quantiles = quantiles;
    this.observed = observed;
  }

  /**
   * A plot of predictions and an observation.
   *
   * @param predicted N predictions of L statistics, for example simulated from posterior draws
   * @param observed the L observed statistics
   * @return the plot
   * @throws IllegalArgumentException if there are fewer than two predictions, not L observed values
   *     or a value is not finite
   */
  public static PredictivePlot of(Samples predicted, double... observed) {
    new SampleSet("predictions", predicted);
    double[] checked =
        Inputs.finite("observed values", observed, predicted.columns(), "predicted statistics");
    double[] mean = predicted.mean();
    double[] sd = predicted.sd();
    double[][] found = predicted.quantiles(SHARES);
    double[][] quantiles = new double[checked.length][SHARES.length];
    double[] distances = new double[checked.length];
    for (int l = 0; l < checked.length; l++) {
      for (int q = 0; q < SHARES.length; q++) {
        quantiles[l][q] = standardised(found[q][l], mean[l], sd[l]);
      }
      distances[l] = standardised(checked[l], mean[l], sd[l]);
    }
    return new PredictivePlot(Look.of(predicted.names()), quantiles, distances);
  }

  /** Zero at the mean; infinite off the mean of a constant statistic. */
  private static double standardised(double value, double mean, double sd) {
    if (sd > 1e-12 * Math.abs(mean)) {
      return (value - mean) / sd;
    }
    boolean same = Math.abs(value - mean) <= 1e-9 * Math.abs(mean);
    return same ? 0 : Math.copySign(Double.POSITIVE_INFINITY, value - mean);
  }

  @Override
  PredictivePlot with(Look changed) {
    return new PredictivePlot(changed, quantiles, observed);
  }

  @Override
  int count() {
    return 1;
  }

  @Override
  int chartWidth() {
    return 560;
  }

  @Override
  int chartHeight() {
    return 55 + Math.max(3, observed.length) * 22;
  }

  private boolean outside(int l) {
    return observed[l] < quantiles[l][0] || observed[l] > quantiles[l][SHARES.length - 1];
  }

  @Override
  List<Legend.Entry> legend() {
    List<Legend.Entry> entries = new ArrayList<>();
    entries.add(new Legend.Entry("predicted, 50 % and 90 %", Style.series(0), Legend.Key.AREA));
    entries.add(new Legend.Entry("observed", Style.TRUTH, Legend.Key.DOT));
    for (int l = 0; l < observed.length; l++) {
      if (outside(l)) {
        entries.add(new Legend.Entry("outside 90 %", Style.series(1), Legend.Key.DOT));
        break;
      }
    }
    return entries;
  }

  @Override
  List<Chart> charts() {
    List<String> upwards = new ArrayList<>(look().labels());
    Collections.reverse(upwards);
    double end = 3;
    for (int l = 0; l < observed.length; l++) {
      end = Math.max(end, Math.min(FARTHEST, Math.abs(observed[l])));
      end = Math.max(end, Math.abs(quantiles[l][0]));
      end = Math.max(end, Math.abs(quantiles[l][SHARES.length - 1]));
    }
    return List.of(
        new Chart(
            "",
            look().xLabelOr("(value − predicted mean) / predicted sd"),
            look().yLabelOr(""),
            Scale.of(-1.1 * end, 1.1 * end),
            Scale.categories(upwards),
            List.of(Layers.vertical(0, Style.REFERENCE, Style.DASHED), this::rows)));
  }

  private void rows(Graphics2D graphics, Axis x, Axis y) {
    double height = Math.min(12, 0.6 * y.length() / observed.length);
    for (int l = 0; l < observed.length; l++) {
      double middle = y.at(observed.length - 1.0 - l);
      double[] ends = new double[SHARES.length];
      for (int q = 0; q < ends.length; q++) {
        ends[q] = x.at(quantiles[l][q]);
      }
      graphics.setColor(Style.tint(Style.series(0), 0.3));
      graphics.fill(bar(ends[0], ends[4], middle, height));
      graphics.setColor(Style.tint(Style.series(0), 0.75));
      graphics.fill(bar(ends[1], ends[3], middle, height));
      graphics.setColor(Style.BACKGROUND);
      graphics.setStroke(Style.LINE);
      graphics.draw(new Line2D.Double(ends[2], middle - height / 2, ends[2], middle + height / 2));
      graphics.setColor(outside(l) ? Style.series(1) : Style.TRUTH);
      if (Math.abs(observed[l]) > FARTHEST) {
        arrow(graphics, x, middle, observed[l]);
      } else {
        graphics.fill(Layers.dot(x.at(observed[l]), middle, 3.6));
      }
    }
  }

  private static Rectangle2D bar(double from, double to, double middle, double height) {
    return new Rectangle2D.Double(from, middle - height / 2, to - from, height);
  }

  /** A mark at the border that points outwards, with the distance beside it. */
  private static void arrow(Graphics2D graphics, Axis x, double middle, double value) {
    double side = Math.signum(value);
    double tip = (side > 0 ? x.to() : x.from()) - 3 * side;
    Path2D head = new Path2D.Double();
    head.moveTo(tip, middle);
    head.lineTo(tip - 9 * side, middle - 4.5);
    head.lineTo(tip - 9 * side, middle + 4.5);
    head.closePath();
    graphics.fill(head);
    String text =
        Double.isInfinite(value)
            ? "constant"
            : String.format(Locale.ROOT, Math.abs(value) < 1e5 ? "%.0f" : "%.0e", value)
                .replace('-', '−');
    double width = Text.width(graphics, Style.TICK, text);
    graphics.setFont(Style.TICK);
    double left = side > 0 ? tip - 13 - width : tip + 13;
    graphics.drawString(text, (float) left, (float) (middle + 3.6));
  }
}
