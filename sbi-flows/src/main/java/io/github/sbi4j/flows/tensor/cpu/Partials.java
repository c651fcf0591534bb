package io.github.sbi4j.flows.tensor.cpu;

import io.github.sbi4j.flows.tensor.cpu.kernel.SplineRuns;

/** The gradient of a spline's value and log-derivative by what defines each point's bin. */
final class Partials {
  private final int n;
  private final float[] g;
  private final int scratch;
  private final int place;
  private final int left;
  private final int width;
  private final int bottom;
  private final int height;
  private final int slopes;

  Partials(Evaluation evaluation, int n) {
    this.n = n;
    int at = evaluation.arena.take(9 * n);
    this.g = evaluation.arena.array();
    this.scratch = at;
    this.place = at + 2 * n;
    this.left = at + 3 * n;
    this.width = at + 4 * n;
    this.bottom = at + 5 * n;
    this.height = at + 6 * n;
    this.slopes = at + 7 * n;
  }

  /** {@return where the gradients are} */
  float[] values() {
    return g;
  }

  /** {@return where two runs begin that hold anything} */
  int scratch() {
    return scratch;
  }

  /** {@return where the gradients of the bins' left edges begin} */
  int left() {
    return left;
  }

  /** {@return where those of their widths begin} */
  int width() {
    return width;
  }

  /** {@return where those of their lower edges begin} */
  int bottom() {
    return bottom;
  }

  /** {@return where those of their heights begin} */
  int height() {
    return height;
  }

  /** {@return where those of the slopes at their left ends begin, those at the right following} */
  int slopes() {
    return slopes;
  }

  float ofPlace(int j) {
    return g[place + j];
  }

  /**
   * Computes the gradients from those of value and log-derivative.
   *
   * @param s the splines
   * @param gy the gradient of the value
   * @param yAt where it begins
   * @param gl the gradient of the log-derivative
   * @param lAt where it begins
   */
  void of(SplineShape s, float[] gy, int yAt, float[] gl, int lAt) {
    SplineRuns runs = s.runs;
    float[] p = runs.points();
    int at = runs.place();
    int leftAt = runs.left();
    int widthAt = runs.width();
    int heightAt = runs.height();
    for (int j = 0; j < n; j++) {
      float w = p[widthAt + j];
      float h = p[heightAt + j];
      float d0 = s.slopes[s.slopesAt + j];
      float d1 = s.slopes[s.slopesAt + n + j];
      float mean = h / w;
      float xi = (p[at + j] - p[leftAt + j]) / w;
      float rest = 1 - xi;
      float both = xi * rest;
      float bothSlope = rest - xi;
      float squared = xi * xi;
      float restSquared = rest * rest;
      float curvature = d0 + d1 - 2 * mean;
      float numerator = mean * squared + d0 * both;
      float byDenominator = 1 / (mean + curvature * both);
      float inner = d1 * squared + 2 * mean * both + d0 * restSquared;
      float byInner = 1 / inner;
      float ratio = mean * byDenominator;
      float share = numerator * byDenominator;
      float value = gy[yAt + j];
      float log = gl[lAt + j];
      // d value / d xi = w f'; the others follow from the quotient rule.
      float scaled = value * h * byDenominator;
      float logInner = log * byInner;
      float logDenominator = 2 * log * byDenominator;
      float ofXi =
          value * w * ratio * ratio * inner
              + logInner * 2 * (d1 * xi + mean * bothSlope - d0 * rest)
              - logDenominator * curvature * bothSlope;
      float denominatorOfMean = 1 - 2 * both;
      float ofMean =
          scaled * (squared - share * denominatorOfMean)
              + 2 * log / mean
              + logInner * 2 * both
              - logDenominator * denominatorOfMean;
      g[slopes + j] = scaled * both * (1 - share) + logInner * restSquared - logDenominator * both;
      g[slopes + n + j] = -scaled * both * share + logInner * squared - logDenominator * both;
      float byWidth = 1 / w;
      g[place + j] = ofXi * byWidth;
      g[left + j] = -ofXi * byWidth;
      g[width + j] = -(xi * ofXi + mean * ofMean) * byWidth;
      g[bottom + j] = value;
      g[height + j] = value * share + ofMean * byWidth;
    }
  }
}
