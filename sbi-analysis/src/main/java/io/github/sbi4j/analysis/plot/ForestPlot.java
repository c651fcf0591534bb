package io.github.sbi4j.analysis.plot;

import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The values of several groups below each other, under one model or several: a dot at the mean and
 * a line over the central 90 % of the draws.
 *
 * <p>With {@link #arrows} from the first model's means to the last one's, it is the picture of
 * shrinkage: how far a hierarchical model draws groups to their common mean, little where there are
 * many data and much where there are few.
 */
public final class ForestPlot extends PanelFigure<ForestPlot> {
  private static final double TAIL = 0.05;
  private static final int ROW = 46;

  /** One model's means and ends of intervals, a value for each group. */
  private record Series(String name, double[] means, double[] low, double[] high) {}

  private final List<Series> series;
  private final boolean arrows;
  private final @Nullable Double reference;

  private ForestPlot(Look look, List<Series> series, boolean arrows, @Nullable Double reference) {
    super(look);
    this.series = series;
    this.arrows = arrows;
    this.reference = reference;
  }

  /**
   * A plot of groups under one model.
   *
   * @param name the name of the model
   * @param groups the names of the G groups, from top to bottom
   * @param draws N rows with a value for each group, N x G
   * @return the plot
   * @throws IllegalArgumentException if there is no draw, rows do not have G values or one is not
   *     finite
   */
  public static ForestPlot of(String name, List<String> groups, double[][] draws) {
    return new ForestPlot(
        Look.of(groups), List.of(series(name, groups.size(), draws)), false, null);
  }

  private static Series series(String name, int groups, double[][] draws) {
    double[][] rows = Inputs.rows("draws of " + name, draws, groups, "groups");
    Series result = new Series(name, new double[groups], new double[groups], new double[groups]);
    for (int g = 0; g < groups; g++) {
      int group = g;
      double[] values = Arrays.stream(rows).mapToDouble(row -> row[group]).sorted().toArray();
      result.means[g] = Arrays.stream(values).average().orElseThrow();
      result.low[g] = values[(int) Math.round(TAIL * (values.length - 1))];
      result.high[g] = values[(int) Math.round((1 - TAIL) * (values.length - 1))];
    }
    return result;
  }

  /**
   * A copy with another model's values of the same groups.
   *
   * @param name the name of the model
   * @param draws N x G
   * @return the copy
   * @throws IllegalArgumentException as {@link #of}
   */
  public ForestPlot add(String name, double[][] draws) {
    List<Series> more = new ArrayList<>(series);
    more.add(series(name, look().labels().size(), draws));
    return new ForestPlot(look(), List.copyOf(more), arrows, reference);
  }

  /** {@return a copy with arrows from the first model's means to the last one's} */
  public ForestPlot arrows() {
    return new ForestPlot(look(), series, true, reference);
  }

  /**
   * A copy with a dashed line, such as that of the mean over all groups.
   *
   * @param value where it is
   * @return the copy
   */
  public ForestPlot reference(double value) {
    return new ForestPlot(look(), series, arrows, value);
  }

  @Override
  ForestPlot with(Look changed) {
    return new ForestPlot(changed, series, arrows, reference);
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
    return 80 + ROW * look().labels().size();
  }

  @Override
  List<Legend.Entry> legend() {
    return IntStream.range(0, series.size())
        .mapToObj(k -> new Legend.Entry(series.get(k).name, Style.series(k), Legend.Key.DOT))
        .toList();
  }

  @Override
  List<Chart> charts() {
    int groups = look().labels().size();
    List<Layer> layers = new ArrayList<>();
    if (reference != null) {
      layers.add(Layers.vertical(reference, Style.REFERENCE, Style.DASHED));
    }
    List<double[]> shown = new ArrayList<>();
    for (int k = 0; k < series.size(); k++) {
      Series each = series.get(k);
      shown.add(each.low);
      shown.add(each.high);
      for (int g = 0; g < groups; g++) {
        double[] height = {height(k, g), height(k, g)};
        double[] ends = {each.low[g], each.high[g]};
        layers.add(Layers.line(ends, height, Style.series(k), Style.LINE));
        layers.add(Layers.dots(new double[] {each.means[g]}, height, Style.series(k), 4));
      }
    }
    if (arrows) {
      Series first = series.get(0);
      int last = series.size() - 1;
      for (int g = 0; g < groups; g++) {
        layers.add(arrow(first.means[g], height(0, g), series.get(last).means[g], height(last, g)));
      }
    }
    List<String> upwards = new ArrayList<>(look().labels());
    Collections.reverse(upwards);
    return List.of(
        new Chart(
            "",
            look().xLabelOr("mean and 90 % interval"),
            look().yLabelOr(""),
            Scale.around(shown.toArray(double[][]::new)),
            Scale.categories(upwards),
            layers));
  }

  /** Groups from the top, models of a group from the top. */
  private double height(int model, int group) {
    double step = 0.5 / series.size();
    return look().labels().size() - 1 - group + step * ((series.size() - 1) / 2.0 - model);
  }

  private static Layer arrow(double fromX, double fromY, double toX, double toY) {
    return (graphics, x, y) -> arrow(graphics, x.at(fromX), y.at(fromY), x.at(toX), y.at(toY));
  }

  private static void arrow(
      Graphics2D graphics, double fromX, double fromY, double toX, double toY) {
    double length = Math.hypot(toX - fromX, toY - fromY);
    double alongX = (toX - fromX) / length;
    double alongY = (toY - fromY) / length;
    double tipX = toX - 4 * alongX;
    double tipY = toY - 4 * alongY;
    graphics.setColor(Style.TRUTH);
    graphics.setStroke(Style.HAIRLINE);
    graphics.draw(new Line2D.Double(fromX, fromY, tipX - 5 * alongX, tipY - 5 * alongY));
    Path2D head = new Path2D.Double();
    head.moveTo(tipX, tipY);
    head.lineTo(tipX - 7 * alongX + 3 * alongY, tipY - 7 * alongY - 3 * alongX);
    head.lineTo(tipX - 7 * alongX - 3 * alongY, tipY - 7 * alongY + 3 * alongX);
    head.closePath();
    graphics.fill(head);
  }
}
