package io.github.sbi4j.analysis.plot;

import java.awt.geom.Path2D;
import java.util.Arrays;

/**
 * The closed borders of the region where a density exceeds a level, by marching squares.
 *
 * <p>A ring of zeros around the grid closes the borders at its edges. Every border runs with the
 * region on the same side, so the path can be filled as well as stroked.
 */
final class Contours {
  private final DensityGrid grid;
  private final Axis x;
  private final Axis y;
  private final double level;
  private final int side;

  /** For each edge of the ringed grid where a border enters a cell, the edge where it leaves it. */
  private final int[] next;

  private Contours(DensityGrid grid, double level, Axis x, Axis y) {
    this.grid = grid;
    this.level = level;
    this.x = x;
    this.y = y;
    this.side = grid.nodes() + 2;
    this.next = new int[2 * side * side];
    Arrays.fill(next, -1);
  }

  /** The region above a level, in pixels. */
  static Path2D above(DensityGrid grid, double level, Axis x, Axis y) {
    Contours contours = new Contours(grid, level, x, y);
    contours.link();
    return contours.trace();
  }

  private double value(int i, int j) {
    boolean ring = i == 0 || j == 0 || i == side - 1 || j == side - 1;
    return ring ? 0 : grid.value(i - 1, j - 1);
  }

  private int horizontal(int i, int j) {
    return j * side + i;
  }

  private int vertical(int i, int j) {
    return side * side + j * side + i;
  }

  /**
   * Links the edges within each cell. Going around a cell against the clock, a border enters where
   * the values fall below the level and leaves where they rise above it.
   */
  private void link() {
    for (int j = 0; j + 1 < side; j++) {
      for (int i = 0; i + 1 < side; i++) {
        double[] corners = {value(i, j), value(i + 1, j), value(i + 1, j + 1), value(i, j + 1)};
        int[] edges = {horizontal(i, j), vertical(i + 1, j), horizontal(i, j + 1), vertical(i, j)};
        int above = 0;
        for (int c = 0; c < 4; c++) {
          above |= corners[c] > level ? 1 << c : 0;
        }
        if (above == 0 || above == 15) {
          continue;
        }
        // In a saddle (two opposite corners above) the centre tells which corners are joined.
        boolean saddle = above == 5 || above == 10;
        double centre = (corners[0] + corners[1] + corners[2] + corners[3]) / 4;
        int turn = saddle && centre <= level ? 3 : 1;
        for (int c = 0; c < 4; c++) {
          if (corners[c] > level && corners[(c + 1) % 4] <= level) {
            int exit = (c + turn) % 4;
            while (!(corners[exit] <= level && corners[(exit + 1) % 4] > level)) {
              exit = (exit + turn) % 4;
            }
            next[edges[c]] = edges[exit];
          }
        }
      }
    }
  }

  private Path2D trace() {
    Path2D path = new Path2D.Double(Path2D.WIND_EVEN_ODD);
    for (int start = 0; start < next.length; start++) {
      boolean first = true;
      for (int edge = start; next[edge] >= 0; ) {
        double[] point = crossing(edge);
        if (first) {
          path.moveTo(point[0], point[1]);
          first = false;
        } else {
          path.lineTo(point[0], point[1]);
        }
        int following = next[edge];
        next[edge] = -1;
        edge = following;
      }
      if (!first) {
        path.closePath();
      }
    }
    return path;
  }

  /** Where the level lies on an edge, in pixels. */
  private double[] crossing(int edge) {
    boolean upright = edge >= side * side;
    int j = edge % (side * side) / side;
    int i = edge % side;
    double a = value(i, j);
    double b = upright ? value(i, j + 1) : value(i + 1, j);
    double share = (level - a) / (b - a);
    double atI = i + (upright ? 0 : share);
    double atJ = j + (upright ? share : 0);
    return new double[] {pixel(x, atI), pixel(y, atJ)};
  }

  /** The pixel of a position on the ringed grid; the ring lies on the outermost nodes. */
  private double pixel(Axis axis, double position) {
    double inner = Math.min(Math.max(position - 1, 0), side - 3.0);
    return axis.from() + inner / (side - 3.0) * (axis.to() - axis.from());
  }
}
