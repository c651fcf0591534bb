package io.github.sbi4j.flows.tensor.cpu.kernel;

/** The choice among bins, point by point. */
abstract class ScalarSplines extends ScalarFunctions implements SplineKernels {
  @Override
  public void softmax(
      int count,
      int n,
      float[] x,
      int xAt,
      float[] y,
      int yAt,
      float[] top,
      int topAt,
      float[] sum,
      int sumAt) {
    for (int j = 0; j < n; j++) {
      float most = x[xAt + j];
      for (int k = 1; k < count; k++) {
        most = Math.max(most, x[xAt + k * n + j]);
      }
      float total = 0;
      for (int k = 0; k < count; k++) {
        float e = (float) Math.exp(x[xAt + k * n + j] - most);
        y[yAt + k * n + j] = e;
        total += e;
      }
      for (int k = 0; k < count; k++) {
        y[yAt + k * n + j] /= total;
      }
      top[topAt + j] = most;
      sum[sumAt + j] = total;
    }
  }

  @Override
  public void find(SplineRuns s, float[] raw, int rawAt, boolean heights) {
    int n = s.n();
    float[] p = s.points();
    for (int j = 0; j < n; j++) {
      float place = p[s.place() + j];
      float left = 0;
      float bottom = 0;
      int k = 0;
      while (true) {
        float width = size(s, k, j);
        float height = size(s, s.bins() + k, j);
        float end = heights ? bottom + height : left + width;
        if (k == s.bins() - 1 || !(place >= end)) {
          p[s.bin() + j] = k;
          p[s.left() + j] = left;
          p[s.width() + j] = width;
          p[s.bottom() + j] = bottom;
          p[s.height() + j] = height;
          boolean first = k == 0;
          boolean last = k == s.bins() - 1;
          p[s.rawLeft() + j] = first ? SplineRuns.UNIT_DERIVATIVE : raw[rawAt + (k - 1) * n + j];
          p[s.rawRight() + j] = last ? SplineRuns.UNIT_DERIVATIVE : raw[rawAt + k * n + j];
          break;
        }
        left += width;
        bottom += height;
        k++;
      }
    }
  }

  private static float size(SplineRuns s, int run, int j) {
    return s.smallest() + s.span() * s.shares()[s.sharesAt() + run * s.n() + j];
  }

  @Override
  public void sizesBack(
      SplineRuns s, int first, float[] g, int before, int own, float[] to, int at) {
    int n = s.n();
    float[] shares = s.shares();
    for (int j = 0; j < n; j++) {
      int bin = (int) s.points()[s.bin() + j];
      int share = s.sharesAt() + first * n + j;
      float ofBefore = g[before + j];
      float ofOwn = g[own + j];
      float mean = ofOwn * shares[share + bin * n];
      for (int k = 0; k < bin; k++) {
        mean += ofBefore * shares[share + k * n];
      }
      for (int k = 0; k < s.bins(); k++) {
        float gradient = k < bin ? ofBefore : k == bin ? ofOwn : 0;
        to[at + k * n + j] += s.span() * shares[share + k * n] * (gradient - mean);
      }
    }
  }

  @Override
  public void derivativesBack(SplineRuns s, float[] g, int gAt, float[] to, int at) {
    int n = s.n();
    for (int j = 0; j < n; j++) {
      int bin = (int) s.points()[s.bin() + j];
      if (bin > 0) {
        to[at + (bin - 1) * n + j] += g[gAt + j];
      }
      if (bin < s.bins() - 1) {
        to[at + bin * n + j] += g[gAt + n + j];
      }
    }
  }
}
