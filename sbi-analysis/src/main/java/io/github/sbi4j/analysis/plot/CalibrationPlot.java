package io.github.sbi4j.analysis.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Curves over probabilities that a right posterior brings near a reference line: coverage, TARP,
 * pp-plots and differences of distribution functions.
 *
 * <p>The picture: a line for each curve in one panel, or a panel for each where there are more than
 * six, over a dashed line of reference (the diagonal, or zero for differences) and a grey band in
 * which the curves of a right posterior lie.
 */
public final class CalibrationPlot extends PanelFigure<CalibrationPlot> {
  private static final int MOST_IN_A_PANEL = 6;

  /** What stands at the axes, and whether the reference is the diagonal or zero. */
  private record Kind(String xLabel, String yLabel, boolean diagonal) {}

  private final Kind kind;
  private final double[] grid;
  private final double[][] curves;
  private final double[][] band;
  private final boolean separate;

  private CalibrationPlot(
      Look look, Kind kind, double[] grid, double[][] curves, double[][] band, boolean separate) {
    super(look);
    this.kind = kind;
    this.grid = grid;
    this.curves = curves;
    this.band = band;
    this.separate = separate;
  }

  private static CalibrationPlot of(Kind kind, double[] grid, double[][] curves) {
    return new CalibrationPlot(
        Look.parameters(curves.length),
        kind,
        grid,
        curves,
        new double[0][],
        curves.length > MOST_IN_A_PANEL);
  }

  private static double[] checkedGrid(double[] grid) {
    double[] copy = Inputs.ascending("probabilities of the grid", grid, 2);
    if (copy[0] < 0 || copy[copy.length - 1] > 1) {
      throw Inputs.problem(
          "the grid of probabilities runs from %s to %s; give values between 0 and 1",
          copy[0], copy[copy.length - 1]);
    }
    return copy;
  }

  /**
   * The share of true values inside credible regions over the probability of the regions. A curve
   * above the diagonal says that the posterior is too wide, below that it is too narrow.
   *
   * @param levels G probabilities of the regions, ascending from 0 to 1
   * @param shares one curve of G shares for each parameter or kind of region
   * @return the plot
   * @throws IllegalArgumentException if lengths differ or a value is not finite
   */
  public static CalibrationPlot coverage(double[] levels, double[]... shares) {
    double[] grid = checkedGrid(levels);
    return of(
        new Kind("credibility level", "share of true values inside", true),
        grid,
        Inputs.rows("shares", shares, grid.length, "levels"));
  }

  /**
   * Expected coverage in the test of accuracy with random points (TARP).
   *
   * @param levels G credibility levels, ascending from 0 to 1
   * @param coverage the expected coverage at each, G values; one curve, or several to compare
   * @return the plot
   * @throws IllegalArgumentException if lengths differ or a value is not finite
   * @see <a href="https://arxiv.org/abs/2302.03026">Lemos et al. (2023), Sampling-based accuracy
   *     testing of posterior estimators for general inference</a>
   */
  public static CalibrationPlot tarp(double[] levels, double[]... coverage) {
    double[] grid = checkedGrid(levels);
    return of(
        new Kind("credibility level", "expected coverage", true),
        grid,
        Inputs.rows("coverage", coverage, grid.length, "levels"));
  }

  /**
   * The distribution functions of values that are uniform on [0, 1] if all is well: probability
   * integral transforms, scaled ranks, or a classifier's probabilities.
   *
   * @param grid G probabilities, ascending from 0 to 1, where the functions are evaluated
   * @param values one array of values between 0 and 1 for each curve, in any order
   * @return the plot
   * @throws IllegalArgumentException if a curve has no values or a value is not between 0 and 1
   */
  public static CalibrationPlot pp(double[] grid, double[]... values) {
    double[] checked = checkedGrid(grid);
    return of(
        new Kind("probability", "share of values below", true),
        checked,
        distributionFunctions(checked, values));
  }

  /**
   * The distribution functions of {@link #pp} less the diagonal, which shows small deviations.
   *
   * @param grid G probabilities, ascending from 0 to 1, where the functions are evaluated
   * @param values one array of values between 0 and 1 for each curve, in any order
   * @return the plot
   * @throws IllegalArgumentException if a curve has no values or a value is not between 0 and 1
   * @see <a href="https://arxiv.org/abs/2103.10522">Säilynoja et al. (2022), Graphical test for
   *     discrete uniformity and its applications in goodness of fit evaluation and multiple sample
   *     comparison</a>
   */
  public static CalibrationPlot ecdfDifference(double[] grid, double[]... values) {
    double[] checked = checkedGrid(grid);
    double[][] curves = distributionFunctions(checked, values);
    for (double[] curve : curves) {
      for (int g = 0; g < checked.length; g++) {
        curve[g] -= checked[g];
      }
    }
    return of(new Kind("probability", "ECDF − probability", false), checked, curves);
  }

  /** The share of values at or below each point of the grid, for each curve. */
  private static double[][] distributionFunctions(double[] grid, double[][] values) {
    if (values.length == 0) {
      throw Inputs.problem("got no values; give at least one array of them");
    }
    double[][] curves = new double[values.length][grid.length];
    for (int c = 0; c < values.length; c++) {
      double[] sorted = Inputs.finite("values of curve " + c, values[c], 1);
      Arrays.sort(sorted);
      if (sorted[0] < 0 || sorted[sorted.length - 1] > 1) {
        throw Inputs.problem(
            "the values of curve %d run from %s to %s; scale ranks and the like to 0 to 1",
            c, sorted[0], sorted[sorted.length - 1]);
      }
      int below = 0;
      for (int g = 0; g < grid.length; g++) {
        while (below < sorted.length && sorted[below] <= grid[g]) {
          below++;
        }
        curves[c][g] = (double) below / sorted.length;
      }
    }
    return curves;
  }

  /**
   * A copy with a band in which the curves lie if all is well.
   *
   * @param lower the lower ends at the points of the grid, G values in the units of the curves; of
   *     differences for {@link #ecdfDifference}
   * @param upper the upper ends, G values
   * @return the copy
   * @throws IllegalArgumentException if there are not G each, one is not finite or the lower lies
   *     above the upper
   */
  public CalibrationPlot band(double[] lower, double[] upper) {
    double[][] checked = Inputs.band(lower, upper, grid.length, "points of the grid");
    return new CalibrationPlot(look(), kind, grid, curves, checked, separate);
  }

  /**
   * A copy with a panel for each curve or with all in one.
   *
   * @param apart true for a panel each
   * @return the copy
   */
  public CalibrationPlot separate(boolean apart) {
    return new CalibrationPlot(look(), kind, grid, curves, band, apart);
  }

  @Override
  CalibrationPlot with(Look changed) {
    return new CalibrationPlot(changed, kind, grid, curves, band, separate);
  }

  @Override
  int count() {
    return separate ? curves.length : 1;
  }

  @Override
  int chartWidth() {
    return count() == 1 && kind.diagonal() ? 400 : super.chartWidth();
  }

  @Override
  int chartHeight() {
    return count() == 1 && kind.diagonal() ? 390 : count() == 1 ? 330 : 215;
  }

  @Override
  List<Legend.Entry> legend() {
    if (separate || curves.length == 1) {
      return List.of();
    }
    return IntStream.range(0, curves.length)
        .mapToObj(c -> new Legend.Entry(look().labels().get(c), Style.series(c), Legend.Key.LINE))
        .toList();
  }

  @Override
  List<Chart> charts() {
    Scale y = kind.diagonal() ? Scale.of(0, 1) : differences();
    List<Chart> charts = new ArrayList<>();
    for (int k = 0; k < count(); k++) {
      List<Layer> layers = new ArrayList<>();
      if (band.length > 0) {
        layers.add(Layers.band(grid, band[0], band[1], Style.BAND));
      }
      double[] ends = {0, 1};
      double[] reference = kind.diagonal() ? ends : new double[2];
      layers.add(Layers.line(ends, reference, Style.REFERENCE, Style.DASHED));
      for (int c = separate ? k : 0; c < (separate ? k + 1 : curves.length); c++) {
        layers.add(Layers.line(grid, curves[c], Style.series(separate ? 0 : c), Style.LINE));
      }
      String title = curves.length > 1 && !separate ? "" : look().labels().get(k);
      charts.add(
          new Chart(
              title,
              look().xLabelOr(kind.xLabel()),
              look().yLabelOr(kind.yLabel()),
              Scale.of(0, 1),
              y,
              layers));
    }
    return charts;
  }

  /** Symmetric about zero. */
  private Scale differences() {
    double largest = 1e-3;
    for (double[] curve : curves) {
      largest = Math.max(largest, Arrays.stream(curve).map(Math::abs).max().orElseThrow());
    }
    for (double[] end : band) {
      largest = Math.max(largest, Arrays.stream(end).map(Math::abs).max().orElseThrow());
    }
    return Scale.of(-1.1 * largest, 1.1 * largest);
  }
}
