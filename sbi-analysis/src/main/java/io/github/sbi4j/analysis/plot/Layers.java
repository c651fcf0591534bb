package io.github.sbi4j.analysis.plot;

import java.awt.Color;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;

/** The marks that charts are made of. */
final class Layers {
  private Layers() {}

  /** A line through points, with gaps where a height is not finite. */
  static Layer line(double[] atX, double[] atY, Color color, Stroke stroke) {
    return (graphics, x, y) -> {
      graphics.setColor(color);
      graphics.setStroke(stroke);
      graphics.draw(path(atX, atY, x, y));
    };
  }

  /** The area between two lines. */
  static Layer band(double[] atX, double[] lower, double[] upper, Color fill) {
    return (graphics, x, y) -> {
      Path2D area = path(atX, lower, x, y);
      for (int i = atX.length - 1; i >= 0; i--) {
        area.lineTo(x.at(atX[i]), y.at(upper[i]));
      }
      area.closePath();
      graphics.setColor(fill);
      graphics.fill(area);
    };
  }

  /** Bars that touch, filled, with one outline. */
  static Layer bars(double[] edges, double[] heights, Color color) {
    double[][] outline = steps(edges, heights, 0);
    return (graphics, x, y) -> {
      Path2D path = path(outline[0], outline[1], x, y);
      graphics.setColor(Style.alpha(color, 0.3));
      graphics.fill(path);
      graphics.setColor(color);
      graphics.setStroke(Style.LINE);
      graphics.draw(path);
    };
  }

  /** The upper border of bars. */
  static Layer steps(double[] edges, double[] heights, Color color, Stroke stroke) {
    double[][] outline = steps(edges, heights, Double.NaN);
    return line(outline[0], outline[1], color, stroke);
  }

  /** The area between the upper borders of two sets of bars. */
  static Layer stepBand(double[] edges, double[] lower, double[] upper, Color fill) {
    double[][] low = steps(edges, lower, Double.NaN);
    double[][] high = steps(edges, upper, Double.NaN);
    return band(low[0], low[1], high[1], fill);
  }

  /** Both ends of each bar, and the ground at the outer ends if it is a number. */
  private static double[][] steps(double[] edges, double[] heights, double ground) {
    int pad = Double.isNaN(ground) ? 0 : 1;
    double[] x = new double[2 * heights.length + 2 * pad];
    double[] y = new double[x.length];
    for (int b = 0; b < heights.length; b++) {
      x[pad + 2 * b] = edges[b];
      x[pad + 2 * b + 1] = edges[b + 1];
      y[pad + 2 * b] = heights[b];
      y[pad + 2 * b + 1] = heights[b];
    }
    if (pad == 1) {
      x[0] = edges[0];
      y[0] = ground;
      x[x.length - 1] = edges[heights.length];
      y[x.length - 1] = ground;
    }
    return new double[][] {x, y};
  }

  /** A dot for each point with a finite height. */
  static Layer dots(double[] atX, double[] atY, Color color, double radius) {
    return (graphics, x, y) -> {
      graphics.setColor(color);
      for (int i = 0; i < atX.length; i++) {
        if (Double.isFinite(atY[i])) {
          graphics.fill(dot(x.at(atX[i]), y.at(atY[i]), radius));
        }
      }
    };
  }

  static Shape dot(double atX, double atY, double radius) {
    return new Ellipse2D.Double(atX - radius, atY - radius, 2 * radius, 2 * radius);
  }

  /** A line from the lower to the upper end of the panel. */
  static Layer vertical(double value, Color color, Stroke stroke) {
    return (graphics, x, y) -> {
      graphics.setColor(color);
      graphics.setStroke(stroke);
      graphics.draw(new Line2D.Double(x.at(value), y.from(), x.at(value), y.to()));
    };
  }

  /** A line from the left to the right end of the panel. */
  static Layer horizontal(double value, Color color, Stroke stroke) {
    return (graphics, x, y) -> {
      graphics.setColor(color);
      graphics.setStroke(stroke);
      graphics.draw(new Line2D.Double(x.from(), y.at(value), x.to(), y.at(value)));
    };
  }

  /** A path through points, with gaps where a height is not finite. */
  private static Path2D path(double[] atX, double[] atY, Axis x, Axis y) {
    Path2D path = new Path2D.Double();
    boolean begun = false;
    for (int i = 0; i < atX.length; i++) {
      boolean there = Double.isFinite(atY[i]);
      if (there && begun) {
        path.lineTo(x.at(atX[i]), y.at(atY[i]));
      } else if (there) {
        path.moveTo(x.at(atX[i]), y.at(atY[i]));
      }
      begun = there;
    }
    return path;
  }
}
