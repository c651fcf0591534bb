package io.github.sbi4j.analysis.plot;

import io.github.sbi4j.core.sample.Samples;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;

/**
 * A panel for each column of the samples, up to four in a row.
 *
 * <p>Arrays with a value per column always follow the D columns of the samples, also when fewer are
 * shown. Immutable: each setting gives a changed copy.
 */
public final class MarginalPlot extends StyledFigure<MarginalPlot> {
  private static final int IN_A_ROW = 4;
  private static final double GAP = 18;
  private static final double BELOW = 44;

  private PlotData data;
  private Panel panel = Panel.HISTOGRAM;

  private MarginalPlot(PlotData data) {
    super(Look.of(data.labels()));
    this.data = data;
  }

  /** A copy to change before anybody else sees it. */
  private MarginalPlot(Look look, MarginalPlot other) {
    super(look);
    this.data = other.data;
    this.panel = other.panel;
  }

  @Override
  MarginalPlot with(Look changed) {
    return new MarginalPlot(changed, this);
  }

  private MarginalPlot with(PlotData changed) {
    MarginalPlot copy = new MarginalPlot(look(), this);
    copy.data = changed;
    return copy;
  }

  static Panel requireMarginal(Panel panel) {
    if (panel != Panel.HISTOGRAM && panel != Panel.KDE) {
      throw new IllegalArgumentException(
          "a panel of one column shows HISTOGRAM or KDE, not " + panel);
    }
    return panel;
  }

  /**
   * A plot of one set of samples, without a name in the legend.
   *
   * @param samples N samples of D columns, all finite
   * @return the plot
   * @throws IllegalArgumentException if there are fewer than two rows or a value is not finite
   */
  public static MarginalPlot of(Samples samples) {
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
  public static MarginalPlot of(String name, Samples samples) {
    return new MarginalPlot(PlotData.of(name, samples));
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
  public MarginalPlot add(String name, Samples samples) {
    return with(data.add(name, samples));
  }

  /**
   * A copy that shows only some columns, in the given order.
   *
   * @param names the names of the columns
   * @return the copy
   * @throws IllegalArgumentException if there is no such column
   */
  public MarginalPlot columns(String... names) {
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
  public MarginalPlot labels(String... texts) {
    return with(data.labels(texts));
  }

  /**
   * A copy that shows fixed ranges; density estimates treat them as bounds where all samples lie
   * inside.
   *
   * @param low the D lower ends
   * @param high the D upper ends
   * @return the copy
   * @throws IllegalArgumentException if there are not D, or an end is not finite or out of order
   */
  public MarginalPlot limits(double[] low, double[] high) {
    return with(data.limits(low, high));
  }

  /**
   * A copy that marks the true values.
   *
   * @param values the D values
   * @return the copy
   * @throws IllegalArgumentException if there are not D
   */
  public MarginalPlot truth(double... values) {
    return with(data.mark("truth", Style.TRUTH, values));
  }

  /**
   * A copy that marks observed values, in the way of the truth.
   *
   * @param values the D values
   * @return the copy
   * @throws IllegalArgumentException if there are not D
   */
  public MarginalPlot observed(double... values) {
    return with(data.mark("observed", Style.TRUTH, values));
  }

  /**
   * A copy that marks more positions.
   *
   * @param name the name in the legend
   * @param rows positions of D values each
   * @return the copy
   * @throws IllegalArgumentException if a position has not D values
   */
  public MarginalPlot points(String name, double[]... rows) {
    return with(data.points(name, rows));
  }

  /**
   * A copy with other panels.
   *
   * @param kind {@link Panel#HISTOGRAM} or {@link Panel#KDE}
   * @return the copy
   * @throws IllegalArgumentException if it is another one
   */
  public MarginalPlot panel(Panel kind) {
    MarginalPlot copy = new MarginalPlot(look(), this);
    copy.panel = requireMarginal(kind);
    return copy;
  }

  private int inARow() {
    return Math.min(IN_A_ROW, data.shown().size());
  }

  private int rows() {
    return (data.shown().size() + IN_A_ROW - 1) / IN_A_ROW;
  }

  @Override
  int fittingWidth() {
    return 30 + Math.max(2, inARow()) * 210;
  }

  @Override
  int fittingHeight() {
    return (look().title().isEmpty() ? 45 : 70) + rows() * 190;
  }

  @Override
  public void draw(Graphics2D graphics) {
    graphics.setColor(Style.BACKGROUND);
    graphics.fillRect(0, 0, width(), height());
    double top = Header.draw(graphics, look().title(), Legend.of(data), width());
    double panelWidth = (width() - 32.0 - GAP * (inARow() - 1)) / inARow();
    double panelHeight = (height() - top - rows() * BELOW) / rows();
    for (int k = 0; k < data.shown().size(); k++) {
      double x = 16 + k % IN_A_ROW * (panelWidth + GAP);
      double y = top + k / IN_A_ROW * (panelHeight + BELOW);
      PanelFrame frame = new PanelFrame(new Rectangle2D.Double(x, y, panelWidth, panelHeight));
      Axis axis = frame.axisX(data.range(k));
      Graphics2D inside = (Graphics2D) graphics.create();
      inside.clip(frame.area());
      MarginalPanel.draw(inside, data, k, panel, axis, y + panelHeight, y);
      inside.dispose();
      frame.border(graphics);
      frame.ticksX(graphics, axis, true);
      frame.labelX(graphics, data.label(k), 34);
    }
  }
}
