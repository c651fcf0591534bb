package io.github.sbi4j.analysis.plot;

import io.github.sbi4j.core.sample.Samples;
import java.awt.Graphics2D;
import java.util.Optional;

/**
 * A grid of panels: each column of the samples on the diagonal, each pair of columns off it.
 *
 * <pre>{@code
 * PairPlot.of(samples).limits(low, high).truth(theta).save(Path.of("posterior.png"));
 * }</pre>
 *
 * <p>By default the diagonal shows histograms and the lower triangle the regions of highest density
 * that hold 50 % and 90 % of the mass, found by a kernel density estimate. Arrays with a value per
 * column always follow the D columns of the samples, also when fewer are shown. Immutable: each
 * setting gives a changed copy.
 */
public final class PairPlot extends StyledFigure<PairPlot> {
  private PlotData data;
  private Panel diagonal = Panel.HISTOGRAM;
  private Panel lower = Panel.CONTOUR;
  private Panel upper = Panel.NONE;
  private double[] levels = {0.5, 0.9};

  private PairPlot(PlotData data) {
    super(Look.of(data.labels()));
    this.data = data;
  }

  /** A copy to change before anybody else sees it. */
  private PairPlot(Look look, PairPlot other) {
    super(look);
    this.data = other.data;
    this.diagonal = other.diagonal;
    this.lower = other.lower;
    this.upper = other.upper;
    this.levels = other.levels;
  }

  @Override
  PairPlot with(Look changed) {
    return new PairPlot(changed, this);
  }

  private PairPlot with(PlotData changed) {
    PairPlot copy = new PairPlot(look(), this);
    copy.data = changed;
    return copy;
  }

  /**
   * A plot of one set of samples, without a name in the legend.
   *
   * @param samples N samples of D columns, all finite
   * @return the plot
   * @throws IllegalArgumentException if there are fewer than two rows or a value is not finite
   */
  public static PairPlot of(Samples samples) {
    return of("", samples);
  }

  /**
   * A plot of one set of samples with a name.
   *
   * @param name the name in the legend
   * @param samples N samples of D columns, all finite
   * @return the plot
   * @throws IllegalArgumentException if there are fewer than two rows or a value is not finite
   */
  public static PairPlot of(String name, Samples samples) {
    return new PairPlot(PlotData.of(name, samples));
  }

  /**
   * A copy with one more set of samples, in the next colour.
   *
   * @param name the name in the legend
   * @param samples samples of the same D columns, all finite
   * @return the copy
   * @throws IllegalArgumentException if the number of columns differs, there are fewer than two
   *     rows or a value is not finite
   */
  public PairPlot add(String name, Samples samples) {
    return with(data.add(name, samples));
  }

  /**
   * A copy that shows only some columns, in the given order.
   *
   * @param names the names of the columns
   * @return the copy
   * @throws IllegalArgumentException if there is no such column
   */
  public PairPlot columns(String... names) {
    return with(data.columns(names));
  }

  /**
   * A copy with other texts for the columns.
   *
   * @param texts D texts
   * @return the copy
   * @throws IllegalArgumentException if there are not D
   */
  @Override
  public PairPlot labels(String... texts) {
    return with(data.labels(texts));
  }

  /**
   * A copy that shows fixed ranges, for example the bounds of the prior. Where all samples lie
   * inside, density estimates treat them as bounds.
   *
   * @param low the D lower ends
   * @param high the D upper ends
   * @return the copy
   * @throws IllegalArgumentException if there are not D, or an end is not finite or out of order
   */
  public PairPlot limits(double[] low, double[] high) {
    return with(data.limits(low, high));
  }

  /**
   * A copy that marks the true parameters with lines across the panels.
   *
   * @param values the D values
   * @return the copy
   * @throws IllegalArgumentException if there are not D
   */
  public PairPlot truth(double... values) {
    return with(data.mark("truth", Style.TRUTH, values));
  }

  /**
   * A copy that marks more positions.
   *
   * @param name the name in the legend
   * @param rows positions of D values each
   * @return the copy
   * @throws IllegalArgumentException if a position has not D values
   */
  public PairPlot points(String name, double[]... rows) {
    return with(data.points(name, rows));
  }

  /**
   * A copy with other panels on the diagonal.
   *
   * @param panel {@link Panel#HISTOGRAM} or {@link Panel#KDE}
   * @return the copy
   * @throws IllegalArgumentException if it is another one
   */
  public PairPlot diagonal(Panel panel) {
    PairPlot copy = new PairPlot(look(), this);
    copy.diagonal = MarginalPlot.requireMarginal(panel);
    return copy;
  }

  /**
   * A copy with other panels below the diagonal.
   *
   * @param panel what to show
   * @return the copy
   */
  public PairPlot lower(Panel panel) {
    PairPlot copy = new PairPlot(look(), this);
    copy.lower = panel;
    return copy;
  }

  /**
   * A copy with other panels above the diagonal.
   *
   * @param panel what to show
   * @return the copy
   */
  public PairPlot upper(Panel panel) {
    PairPlot copy = new PairPlot(look(), this);
    copy.upper = panel;
    return copy;
  }

  /**
   * A copy with other contours.
   *
   * @param shares the shares of the mass that the regions hold, each between 0 and 1
   * @return the copy
   * @throws IllegalArgumentException if there is none or one is not between 0 and 1
   */
  public PairPlot levels(double... shares) {
    if (shares.length == 0) {
      throw new IllegalArgumentException("got no levels; give shares of the mass such as 0.5, 0.9");
    }
    for (double share : shares) {
      if (!(share > 0 && share < 1)) {
        throw new IllegalArgumentException(
            "levels are shares of the mass between 0 and 1, got " + share);
      }
    }
    PairPlot copy = new PairPlot(look(), this);
    copy.levels = shares.clone();
    return copy;
  }

  @Override
  int fittingWidth() {
    return PairGrid.fittingSide(data.shown().size());
  }

  @Override
  int fittingHeight() {
    return PairGrid.fittingSide(data.shown().size());
  }

  @Override
  public void draw(Graphics2D graphics) {
    new PairGrid(data.shownLabels(), data.ranges(), lower != Panel.NONE, upper != Panel.NONE)
        .draw(
            graphics,
            look().title(),
            Legend.of(data),
            Optional.empty(),
            width(),
            height(),
            this::panel);
  }

  private void panel(Graphics2D graphics, int row, int column, Axis x, Axis y) {
    if (row == column) {
      MarginalPanel.draw(graphics, data, row, diagonal, x, y.from(), y.to());
    } else {
      new JointPanel(graphics, data, column, row, x, y).draw(row > column ? lower : upper, levels);
    }
  }
}
