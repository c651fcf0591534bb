package io.github.sbi4j.analysis.plot;

/** The weights of a Gaussian kernel around a node of a grid. */
final class Stencil {
  private static final double REACH = 3.5;

  private final int radiusX;
  private final int radiusY;
  private final float[][] weights;

  private Stencil(int radiusX, int radiusY, float[][] weights) {
    this.radiusX = radiusX;
    this.radiusY = radiusY;
    this.weights = weights;
  }

  /** The weights for a grid with the given steps; no narrower than the grid can show. */
  static Stencil of(Kernel kernel, double stepX, double stepY) {
    double smallest = 0.7 * 0.7;
    double xx = kernel.xx() / (stepX * stepX) + smallest;
    double yy = kernel.yy() / (stepY * stepY) + smallest;
    double xy = kernel.xy() / (stepX * stepY);
    double det = xx * yy - xy * xy;
    int radiusX = (int) Math.ceil(REACH * Math.sqrt(xx));
    int radiusY = (int) Math.ceil(REACH * Math.sqrt(yy));
    float[][] weights = new float[2 * radiusY + 1][2 * radiusX + 1];
    for (int j = -radiusY; j <= radiusY; j++) {
      for (int i = -radiusX; i <= radiusX; i++) {
        double form = (yy * i * i - 2 * xy * i * j + xx * j * j) / det;
        weights[j + radiusY][i + radiusX] = (float) Math.exp(-0.5 * form);
      }
    }
    return new Stencil(radiusX, radiusY, weights);
  }

  int radiusX() {
    return radiusX;
  }

  int radiusY() {
    return radiusY;
  }

  /** Spreads counts onto a grid that is larger by a radius on each side. */
  float[][] spread(float[][] counts) {
    float[][] result = new float[counts.length + 2 * radiusY][counts[0].length + 2 * radiusX];
    for (int j = 0; j < counts.length; j++) {
      for (int i = 0; i < counts[j].length; i++) {
        float count = counts[j][i];
        if (count > 0) {
          for (int k = 0; k < weights.length; k++) {
            add(result[j + k], i, count, weights[k]);
          }
        }
      }
    }
    return result;
  }

  private static void add(float[] to, int first, float factor, float[] weights) {
    for (int k = 0; k < weights.length; k++) {
      to[first + k] += factor * weights[k];
    }
  }
}
