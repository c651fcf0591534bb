package io.github.sbi4j.analysis.plot;

import io.github.sbi4j.core.sample.Samples;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where in parameter space a classifier tells two distributions apart, as a local C2ST does for
 * posterior draws.
 *
 * <p>The picture: the layout of a {@link PairPlot}. Cells below the diagonal have the colour of the
 * mean probability of the draws in them, bars on the diagonal that of the draws in their bin, while
 * their height counts them. Grey is 0.5, where the classifier cannot tell; orange is above, blue
 * below. A bar of the colours stands at the upper right.
 *
 * @see <a href="https://arxiv.org/abs/2306.03580">Linhart et al. (2023), L-C2ST: Local diagnostics
 *     for posterior approximations in simulation-based inference</a>
 */
public final class ClassifierMapPlot extends StyledFigure<ClassifierMapPlot> {
  private static final int MOST_DOTS = 2500;
  private static final int CELLS = 20;
  private static final int BARS = 30;

  private final PlotData data;
  private final double[] probabilities;
  private final boolean points;

  private ClassifierMapPlot(Look look, PlotData data, double[] probabilities, boolean points) {
    super(look);
    this.data = data;
    this.probabilities = probabilities;
    this.points = points;
  }

  /**
   * A plot of draws and what a classifier says of each.
   *
   * @param samples N draws of D parameters, all finite
   * @param probabilities the classifier's probability for each draw, N values between 0 and 1
   * @return the plot
   * @throws IllegalArgumentException if there are fewer than two draws, not N probabilities, or a
   *     value is not finite or not a probability
   */
  public static ClassifierMapPlot of(Samples samples, double[] probabilities) {
    PlotData data = PlotData.of("", samples);
    double[] checked = Inputs.finite("probabilities", probabilities, samples.rows(), "draws");
    for (int i = 0; i < checked.length; i++) {
      if (checked[i] < 0 || checked[i] > 1) {
        throw Inputs.problem(
            "the probability at index %d is %s; give values between 0 and 1", i, checked[i]);
      }
    }
    return new ClassifierMapPlot(Look.of(samples.names()), data, checked, false);
  }

  /**
   * A copy that shows the draws as dots rather than the means in cells; of more than 2500 draws, an
   * even selection.
   *
   * @return the copy
   */
  public ClassifierMapPlot points() {
    return new ClassifierMapPlot(look(), data, probabilities, true);
  }

  /**
   * A copy that shows fixed ranges.
   *
   * @param low the D lower ends
   * @param high the D upper ends
   * @return the copy
   * @throws IllegalArgumentException if there are not D, or an end is not finite or out of order
   */
  public ClassifierMapPlot limits(double[] low, double[] high) {
    return new ClassifierMapPlot(look(), data.limits(low, high), probabilities, points);
  }

  /**
   * A copy that marks the true parameters.
   *
   * @param values the D values
   * @return the copy
   * @throws IllegalArgumentException if there are not D
   */
  public ClassifierMapPlot truth(double... values) {
    PlotData marked = data.mark("truth", Style.TRUTH, values);
    return new ClassifierMapPlot(look(), marked, probabilities, points);
  }

  @Override
  ClassifierMapPlot with(Look changed) {
    return new ClassifierMapPlot(changed, data, probabilities, points);
  }

  @Override
  int fittingWidth() {
    int count = data.shown().size();
    return PairGrid.fittingSide(count) + (count == 1 ? (int) ColorBar.WIDTH : 0);
  }

  @Override
  int fittingHeight() {
    return PairGrid.fittingSide(data.shown().size());
  }

  /** Symmetric about one half, and never so narrow that noise looks like a signal. */
  private ColorScale colors() {
    double[] away = Arrays.stream(probabilities).map(p -> Math.abs(p - 0.5)).sorted().toArray();
    double most = Math.max(0.1, away[(int) (0.98 * (away.length - 1))]);
    double end = Math.min(0.5, Math.ceil(20 * most - 1e-9) / 20);
    return new ColorScale(0.5 - end, 0.5 + end);
  }

  @Override
  public void draw(Graphics2D graphics) {
    ColorScale colors = colors();
    new PairGrid(look().labels(), data.ranges(), true, false)
        .draw(
            graphics,
            look().title(),
            Legend.of(data),
            Optional.of(new ColorBar(colors, "probability")),
            width(),
            height(),
            (inside, row, column, x, y) -> {
              if (row == column) {
                bars(inside, colors, row, x, y);
              } else if (points) {
                dots(inside, colors, row, column, x, y);
              } else {
                cells(inside, colors, row, column, x, y);
              }
              marks(inside, row, column, x, y);
            });
  }

  private void marks(Graphics2D graphics, int row, int column, Axis x, Axis y) {
    for (Overlay overlay : data.overlays()) {
      double[] at = overlay.rows()[0];
      if (row == column) {
        Layers.vertical(at[row], Style.TRUTH, Style.LINE).draw(graphics, x, y);
      } else {
        JointPanel.cross(graphics, at[column], at[row], x, y);
      }
    }
  }

  private void bars(Graphics2D graphics, ColorScale colors, int k, Axis x, Axis y) {
    double[] values = data.values(0, k);
    BinnedMeans bins = new BinnedMeans(BARS, 1);
    for (int i = 0; i < values.length; i++) {
      if (x.holds(values[i])) {
        bins.add(bin(x, values[i], BARS), 0, probabilities[i]);
      }
    }
    double width = x.length() / BARS;
    for (int b = 0; b < BARS; b++) {
      double height = y.length() / 1.1 * bins.count(b, 0) / bins.largestCount();
      if (height > 0) {
        graphics.setColor(colors.at(bins.mean(b, 0)));
        Rectangle2D bar =
            new Rectangle2D.Double(x.from() + b * width, y.from() - height, width, height);
        graphics.fill(bar);
        graphics.setColor(Style.FRAME);
        graphics.setStroke(Style.HAIRLINE);
        graphics.draw(bar);
      }
    }
  }

  private void cells(Graphics2D graphics, ColorScale colors, int row, int column, Axis x, Axis y) {
    double[] valuesX = data.values(0, column);
    double[] valuesY = data.values(0, row);
    BinnedMeans bins = new BinnedMeans(CELLS, CELLS);
    for (int i = 0; i < valuesX.length; i++) {
      if (x.holds(valuesX[i]) && y.holds(valuesY[i])) {
        bins.add(bin(x, valuesX[i], CELLS), bin(y, valuesY[i], CELLS), probabilities[i]);
      }
    }
    double width = x.length() / CELLS;
    double height = y.length() / CELLS;
    for (int a = 0; a < CELLS; a++) {
      for (int b = 0; b < CELLS; b++) {
        if (bins.count(a, b) > 0) {
          graphics.setColor(colors.at(bins.mean(a, b)));
          double left = x.from() + a * width;
          double top = y.from() - (b + 1) * height;
          // Neighbours overlap by a little, so that no background shows between them.
          graphics.fill(new Rectangle2D.Double(left, top - 0.3, width + 0.3, height + 0.3));
        }
      }
    }
  }

  private void dots(Graphics2D graphics, ColorScale colors, int row, int column, Axis x, Axis y) {
    double[] valuesX = data.values(0, column);
    double[] valuesY = data.values(0, row);
    int count = Math.min(MOST_DOTS, valuesX.length);
    for (int k = 0; k < count; k++) {
      int i = (int) ((long) k * valuesX.length / count);
      if (x.holds(valuesX[i]) && y.holds(valuesY[i])) {
        graphics.setColor(colors.at(probabilities[i]));
        graphics.fill(Layers.dot(x.at(valuesX[i]), y.at(valuesY[i]), 1.8));
      }
    }
  }

  private static int bin(Axis axis, double value, int bins) {
    return Math.min(bins - 1, (int) ((value - axis.low()) / (axis.high() - axis.low()) * bins));
  }
}
