package io.github.sbi4j.analysis.plot;

import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Densities of one and of two parameters, given on grids; for example those of a posterior with all
 * other parameters held fixed.
 *
 * <p>The picture: the layout of a {@link PairPlot}. The diagonal shows the density of each
 * parameter as a curve, each panel below it that of two parameters in shades of blue. Lines mark
 * the condition.
 */
public final class ConditionalPairPlot extends StyledFigure<ConditionalPairPlot> {
  private final double[][] grids;
  private final double[][] diagonal;

  /** For each pair i > j the density, made ready for contours. */
  private final DensityGrid[][] pairs;

  /** D values, or none. */
  private final double[] condition;

  private ConditionalPairPlot(
      Look look, double[][] grids, double[][] diagonal, DensityGrid[][] pairs, double[] condition) {
    super(look);
    this.grids = grids;
    this.diagonal = diagonal;
    this.pairs = pairs;
    this.condition = condition;
  }

  /**
   * A plot of densities, which need not be normalised.
   *
   * @param grids for each of the D parameters the ascending positions where densities are given,
   *     G<sub>i</sub> at least two; panels show the range of the grid
   * @param diagonal for each parameter i the densities at its positions, G<sub>i</sub> values
   * @param pairs {@code pairs[i][j][a][b]} for i above j: the density where parameter i is at
   *     {@code grids[i][a]} and parameter j at {@code grids[j][b]}; what is given for i up to j is
   *     not looked at, so that {@code pairs[i]} may have i entries
   * @return the plot
   * @throws IllegalArgumentException if numbers do not fit together, positions do not ascend or a
   *     density is negative, not finite, or zero everywhere
   */
  public static ConditionalPairPlot of(
      double[][] grids, double[][] diagonal, double[][][][] pairs) {
    int count = grids.length;
    if (count == 0) {
      throw Inputs.problem("got no grids; give one for each parameter");
    }
    if (diagonal.length != count || pairs.length != count) {
      throw Inputs.problem(
          "got grids for %d parameters, densities of %d and rows of pairs for %d; give as many of"
              + " each",
          count, diagonal.length, pairs.length);
    }
    double[][] positions = new double[count][];
    double[][] curves = new double[count][];
    DensityGrid[][] joint = new DensityGrid[count][count];
    for (int i = 0; i < count; i++) {
      positions[i] = Inputs.ascending("positions of parameter " + i, grids[i], 2);
      String what = "densities of parameter " + i;
      curves[i] = Inputs.finite(what, diagonal[i], positions[i].length, "positions");
      requireDensity(what, curves[i]);
      if (pairs[i].length < i) {
        throw Inputs.problem(
            "got %d densities of parameter %d and those before; give %d", pairs[i].length, i, i);
      }
      for (int j = 0; j < i; j++) {
        String pair = "densities of parameters " + i + " and " + j;
        if (pairs[i][j].length != positions[i].length) {
          throw Inputs.problem(
              "got %d rows of %s for %d positions; give one each",
              pairs[i][j].length, pair, positions[i].length);
        }
        double[][] values = Inputs.rows(pair, pairs[i][j], positions[j].length, "positions");
        requireDensity(pair, Arrays.stream(values).flatMapToDouble(Arrays::stream).toArray());
        joint[i][j] = DensityGrid.interpolated(positions[j], positions[i], scaled(values));
      }
    }
    Look look = Look.parameters(count);
    return new ConditionalPairPlot(look, positions, curves, joint, new double[0]);
  }

  private static void requireDensity(String what, double[] values) {
    double lowest = Arrays.stream(values).min().orElseThrow();
    double highest = Arrays.stream(values).max().orElseThrow();
    if (lowest < 0) {
      throw Inputs.problem("the %s hold %s; give densities, not their logarithms", what, lowest);
    }
    if (!(highest > 0)) {
      throw Inputs.problem(
          "the %s are zero everywhere; give a grid where there is mass, and take the largest log"
              + " density off before the exponential",
          what);
    }
  }

  /** With one at the mode, so that no density is too small for what draws it. */
  private static double[][] scaled(double[][] values) {
    double highest = Arrays.stream(values).flatMapToDouble(Arrays::stream).max().orElseThrow();
    return Arrays.stream(values)
        .map(row -> Arrays.stream(row).map(value -> value / highest).toArray())
        .toArray(double[][]::new);
  }

  /**
   * A copy that marks where the other parameters are held.
   *
   * @param values the D values
   * @return the copy
   * @throws IllegalArgumentException if there are not D or one is not finite
   */
  public ConditionalPairPlot condition(double... values) {
    double[] checked = Inputs.finite("values of the condition", values, grids.length, "parameters");
    return new ConditionalPairPlot(look(), grids, diagonal, pairs, checked);
  }

  @Override
  ConditionalPairPlot with(Look changed) {
    return new ConditionalPairPlot(changed, grids, diagonal, pairs, condition);
  }

  @Override
  int fittingWidth() {
    return PairGrid.fittingSide(grids.length);
  }

  @Override
  int fittingHeight() {
    return PairGrid.fittingSide(grids.length);
  }

  @Override
  public void draw(Graphics2D graphics) {
    List<Range> ranges = new ArrayList<>();
    for (double[] grid : grids) {
      ranges.add(new Range(grid[0], grid[grid.length - 1], true));
    }
    List<Legend.Entry> entries =
        condition.length == 0
            ? List.of()
            : List.of(new Legend.Entry("condition", Style.TRUTH, Legend.Key.MARK));
    new PairGrid(look().labels(), ranges, true, false)
        .draw(
            graphics,
            look().title(),
            Legend.of(entries),
            Optional.empty(),
            width(),
            height(),
            this::panel);
  }

  private void panel(Graphics2D graphics, int row, int column, Axis x, Axis y) {
    if (row == column) {
      double highest = Arrays.stream(diagonal[row]).max().orElseThrow();
      Axis up = new Axis(0, 1.1 * highest, y.from(), y.to());
      double[] ground = new double[grids[row].length];
      Layers.band(grids[row], ground, diagonal[row], Style.alpha(Style.series(0), 0.25))
          .draw(graphics, x, up);
      Layers.line(grids[row], diagonal[row], Style.series(0), Style.LINE).draw(graphics, x, up);
      if (condition.length > 0) {
        Layers.vertical(condition[row], Style.TRUTH, Style.LINE).draw(graphics, x, up);
      }
      return;
    }
    JointPanel.shade(graphics, pairs[row][column], Style.series(0), x, y);
    if (condition.length > 0) {
      JointPanel.cross(graphics, condition[column], condition[row], x, y);
    }
  }
}
