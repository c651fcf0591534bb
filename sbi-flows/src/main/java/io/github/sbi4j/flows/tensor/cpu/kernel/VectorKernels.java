package io.github.sbi4j.flows.tensor.cpu.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** Loops over vectors of the machine's preferred length. */
final class VectorKernels extends VectorSplines implements Kernels {
  @Override
  public String name() {
    return "Vector API, " + L + " lanes";
  }

  @Override
  public int lanes() {
    return L;
  }

  @Override
  public boolean fastOnBlocks() {
    return true;
  }

  @Override
  public void multiply(
      int outputs,
      int inputs,
      int n,
      float[] w,
      int wAt,
      int wOut,
      int wIn,
      float[] x,
      int xAt,
      int xPitch,
      float[] y,
      int yAt,
      int yPitch) {
    int o = 0;
    for (; o + 4 <= outputs; o += 4) {
      int to = yAt + o * yPitch;
      int from = wAt + o * wOut;
      int j = 0;
      for (; j + 3 * L <= n; j += 3 * L) {
        fourByThree(inputs, w, from, wOut, wIn, x, xAt + j, xPitch, y, to + j, yPitch);
      }
      if (j + 2 * L == n) {
        fourByTwo(inputs, w, from, wOut, wIn, x, xAt + j, xPitch, y, to + j, yPitch);
      } else if (j < n) {
        fourByOne(inputs, w, from, wOut, wIn, x, xAt + j, xPitch, y, to + j, yPitch);
      }
    }
    for (; o < outputs; o++) {
      int to = yAt + o * yPitch;
      int from = wAt + o * wOut;
      int j = 0;
      for (; j + 4 * L <= n; j += 4 * L) {
        oneByFour(inputs, w, from, wIn, x, xAt + j, xPitch, y, to + j);
      }
      for (; j < n; j += L) {
        oneByOne(inputs, w, from, wIn, x, xAt + j, xPitch, y, to + j);
      }
    }
  }

  private static void fourByThree(
      int inputs,
      float[] w,
      int from,
      int wOut,
      int wIn,
      float[] x,
      int xAt,
      int xPitch,
      float[] y,
      int to,
      int yPitch) {
    int y1 = to + yPitch;
    int y2 = y1 + yPitch;
    int y3 = y2 + yPitch;
    FloatVector a0 = FloatVector.fromArray(S, y, to);
    FloatVector b0 = FloatVector.fromArray(S, y, to + L);
    FloatVector c0 = FloatVector.fromArray(S, y, to + 2 * L);
    FloatVector a1 = FloatVector.fromArray(S, y, y1);
    FloatVector b1 = FloatVector.fromArray(S, y, y1 + L);
    FloatVector c1 = FloatVector.fromArray(S, y, y1 + 2 * L);
    FloatVector a2 = FloatVector.fromArray(S, y, y2);
    FloatVector b2 = FloatVector.fromArray(S, y, y2 + L);
    FloatVector c2 = FloatVector.fromArray(S, y, y2 + 2 * L);
    FloatVector a3 = FloatVector.fromArray(S, y, y3);
    FloatVector b3 = FloatVector.fromArray(S, y, y3 + L);
    FloatVector c3 = FloatVector.fromArray(S, y, y3 + 2 * L);
    int w1 = from + wOut;
    int w2 = w1 + wOut;
    int w3 = w2 + wOut;
    for (int i = 0, v = 0, p = xAt; i < inputs; i++, v += wIn, p += xPitch) {
      FloatVector left = FloatVector.fromArray(S, x, p);
      FloatVector middle = FloatVector.fromArray(S, x, p + L);
      FloatVector right = FloatVector.fromArray(S, x, p + 2 * L);
      FloatVector factor = FloatVector.broadcast(S, w[from + v]);
      a0 = factor.fma(left, a0);
      b0 = factor.fma(middle, b0);
      c0 = factor.fma(right, c0);
      factor = FloatVector.broadcast(S, w[w1 + v]);
      a1 = factor.fma(left, a1);
      b1 = factor.fma(middle, b1);
      c1 = factor.fma(right, c1);
      factor = FloatVector.broadcast(S, w[w2 + v]);
      a2 = factor.fma(left, a2);
      b2 = factor.fma(middle, b2);
      c2 = factor.fma(right, c2);
      factor = FloatVector.broadcast(S, w[w3 + v]);
      a3 = factor.fma(left, a3);
      b3 = factor.fma(middle, b3);
      c3 = factor.fma(right, c3);
    }
    a0.intoArray(y, to);
    b0.intoArray(y, to + L);
    c0.intoArray(y, to + 2 * L);
    a1.intoArray(y, y1);
    b1.intoArray(y, y1 + L);
    c1.intoArray(y, y1 + 2 * L);
    a2.intoArray(y, y2);
    b2.intoArray(y, y2 + L);
    c2.intoArray(y, y2 + 2 * L);
    a3.intoArray(y, y3);
    b3.intoArray(y, y3 + L);
    c3.intoArray(y, y3 + 2 * L);
  }

  private static void fourByTwo(
      int inputs,
      float[] w,
      int from,
      int wOut,
      int wIn,
      float[] x,
      int xAt,
      int xPitch,
      float[] y,
      int to,
      int yPitch) {
    int y1 = to + yPitch;
    int y2 = y1 + yPitch;
    int y3 = y2 + yPitch;
    FloatVector a0 = FloatVector.fromArray(S, y, to);
    FloatVector b0 = FloatVector.fromArray(S, y, to + L);
    FloatVector a1 = FloatVector.fromArray(S, y, y1);
    FloatVector b1 = FloatVector.fromArray(S, y, y1 + L);
    FloatVector a2 = FloatVector.fromArray(S, y, y2);
    FloatVector b2 = FloatVector.fromArray(S, y, y2 + L);
    FloatVector a3 = FloatVector.fromArray(S, y, y3);
    FloatVector b3 = FloatVector.fromArray(S, y, y3 + L);
    int w1 = from + wOut;
    int w2 = w1 + wOut;
    int w3 = w2 + wOut;
    for (int i = 0, v = 0, p = xAt; i < inputs; i++, v += wIn, p += xPitch) {
      FloatVector left = FloatVector.fromArray(S, x, p);
      FloatVector right = FloatVector.fromArray(S, x, p + L);
      FloatVector factor = FloatVector.broadcast(S, w[from + v]);
      a0 = factor.fma(left, a0);
      b0 = factor.fma(right, b0);
      factor = FloatVector.broadcast(S, w[w1 + v]);
      a1 = factor.fma(left, a1);
      b1 = factor.fma(right, b1);
      factor = FloatVector.broadcast(S, w[w2 + v]);
      a2 = factor.fma(left, a2);
      b2 = factor.fma(right, b2);
      factor = FloatVector.broadcast(S, w[w3 + v]);
      a3 = factor.fma(left, a3);
      b3 = factor.fma(right, b3);
    }
    a0.intoArray(y, to);
    b0.intoArray(y, to + L);
    a1.intoArray(y, y1);
    b1.intoArray(y, y1 + L);
    a2.intoArray(y, y2);
    b2.intoArray(y, y2 + L);
    a3.intoArray(y, y3);
    b3.intoArray(y, y3 + L);
  }

  private static void fourByOne(
      int inputs,
      float[] w,
      int from,
      int wOut,
      int wIn,
      float[] x,
      int xAt,
      int xPitch,
      float[] y,
      int to,
      int yPitch) {
    int y1 = to + yPitch;
    int y2 = y1 + yPitch;
    int y3 = y2 + yPitch;
    FloatVector a0 = FloatVector.fromArray(S, y, to);
    FloatVector a1 = FloatVector.fromArray(S, y, y1);
    FloatVector a2 = FloatVector.fromArray(S, y, y2);
    FloatVector a3 = FloatVector.fromArray(S, y, y3);
    int w1 = from + wOut;
    int w2 = w1 + wOut;
    int w3 = w2 + wOut;
    for (int i = 0, v = 0, p = xAt; i < inputs; i++, v += wIn, p += xPitch) {
      FloatVector in = FloatVector.fromArray(S, x, p);
      FloatVector factor = FloatVector.broadcast(S, w[from + v]);
      a0 = factor.fma(in, a0);
      factor = FloatVector.broadcast(S, w[w1 + v]);
      a1 = factor.fma(in, a1);
      factor = FloatVector.broadcast(S, w[w2 + v]);
      a2 = factor.fma(in, a2);
      factor = FloatVector.broadcast(S, w[w3 + v]);
      a3 = factor.fma(in, a3);
    }
    a0.intoArray(y, to);
    a1.intoArray(y, y1);
    a2.intoArray(y, y2);
    a3.intoArray(y, y3);
  }

  private static void oneByFour(
      int inputs, float[] w, int from, int wIn, float[] x, int xAt, int xPitch, float[] y, int to) {
    FloatVector a = FloatVector.fromArray(S, y, to);
    FloatVector b = FloatVector.fromArray(S, y, to + L);
    FloatVector c = FloatVector.fromArray(S, y, to + 2 * L);
    FloatVector d = FloatVector.fromArray(S, y, to + 3 * L);
    for (int i = 0, v = from, p = xAt; i < inputs; i++, v += wIn, p += xPitch) {
      FloatVector factor = FloatVector.broadcast(S, w[v]);
      a = factor.fma(FloatVector.fromArray(S, x, p), a);
      b = factor.fma(FloatVector.fromArray(S, x, p + L), b);
      c = factor.fma(FloatVector.fromArray(S, x, p + 2 * L), c);
      d = factor.fma(FloatVector.fromArray(S, x, p + 3 * L), d);
    }
    a.intoArray(y, to);
    b.intoArray(y, to + L);
    c.intoArray(y, to + 2 * L);
    d.intoArray(y, to + 3 * L);
  }

  private static void oneByOne(
      int inputs, float[] w, int from, int wIn, float[] x, int xAt, int xPitch, float[] y, int to) {
    FloatVector a = FloatVector.fromArray(S, y, to);
    for (int i = 0, v = from, p = xAt; i < inputs; i++, v += wIn, p += xPitch) {
      a = FloatVector.broadcast(S, w[v]).fma(FloatVector.fromArray(S, x, p), a);
    }
    a.intoArray(y, to);
  }

  @Override
  public void outer(
      int outputs,
      int inputs,
      int n,
      float[] y,
      int yAt,
      int yPitch,
      float[] x,
      int xAt,
      int xPitch,
      float[] w,
      int wAt,
      int wOut,
      int wIn) {
    int o = 0;
    for (; o + 3 <= outputs; o += 3) {
      int row = wAt + o * wOut;
      int from = yAt + o * yPitch;
      int i = 0;
      for (; i + 3 <= inputs; i += 3) {
        int at = row + i * wIn;
        threeByThree(n, y, from, yPitch, x, xAt + i * xPitch, xPitch, w, at, wOut, wIn);
      }
      for (; i < inputs; i++) {
        threeByOne(n, y, from, yPitch, x, xAt + i * xPitch, w, row + i * wIn, wOut);
      }
    }
    for (; o < outputs; o++) {
      int row = wAt + o * wOut;
      int from = yAt + o * yPitch;
      int i = 0;
      for (; i + 3 <= inputs; i += 3) {
        threeByOne(n, x, xAt + i * xPitch, xPitch, y, from, w, row + i * wIn, wIn);
      }
      for (; i < inputs; i++) {
        w[row + i * wIn] += dot(n, y, from, x, xAt + i * xPitch);
      }
    }
  }

  // Each run has an index of its own: with one index and offsets, the compiled loop spends more
  // instructions on addresses than on arithmetic.

  private static void threeByThree(
      int n,
      float[] y,
      int y0,
      int yPitch,
      float[] x,
      int x0,
      int xPitch,
      float[] w,
      int at,
      int wOut,
      int wIn) {
    FloatVector a0 = FloatVector.zero(S);
    FloatVector a1 = a0;
    FloatVector a2 = a0;
    FloatVector b0 = a0;
    FloatVector b1 = a0;
    FloatVector b2 = a0;
    FloatVector c0 = a0;
    FloatVector c1 = a0;
    FloatVector c2 = a0;
    int p0 = y0;
    int p1 = p0 + yPitch;
    int p2 = p1 + yPitch;
    int q0 = x0;
    int q1 = q0 + xPitch;
    int q2 = q1 + xPitch;
    for (int j = 0; j < n; j += L, p0 += L, p1 += L, p2 += L, q0 += L, q1 += L, q2 += L) {
      FloatVector a = FloatVector.fromArray(S, y, p0);
      FloatVector b = FloatVector.fromArray(S, y, p1);
      FloatVector c = FloatVector.fromArray(S, y, p2);
      FloatVector in = FloatVector.fromArray(S, x, q0);
      a0 = a.fma(in, a0);
      b0 = b.fma(in, b0);
      c0 = c.fma(in, c0);
      in = FloatVector.fromArray(S, x, q1);
      a1 = a.fma(in, a1);
      b1 = b.fma(in, b1);
      c1 = c.fma(in, c1);
      in = FloatVector.fromArray(S, x, q2);
      a2 = a.fma(in, a2);
      b2 = b.fma(in, b2);
      c2 = c.fma(in, c2);
    }
    w[at] += a0.reduceLanes(VectorOperators.ADD);
    w[at + wIn] += a1.reduceLanes(VectorOperators.ADD);
    w[at + 2 * wIn] += a2.reduceLanes(VectorOperators.ADD);
    int below = at + wOut;
    w[below] += b0.reduceLanes(VectorOperators.ADD);
    w[below + wIn] += b1.reduceLanes(VectorOperators.ADD);
    w[below + 2 * wIn] += b2.reduceLanes(VectorOperators.ADD);
    below += wOut;
    w[below] += c0.reduceLanes(VectorOperators.ADD);
    w[below + wIn] += c1.reduceLanes(VectorOperators.ADD);
    w[below + 2 * wIn] += c2.reduceLanes(VectorOperators.ADD);
  }

  private static void threeByOne(
      int n, float[] y, int y0, int yPitch, float[] x, int x0, float[] w, int at, int wStep) {
    FloatVector a = FloatVector.zero(S);
    FloatVector b = a;
    FloatVector c = a;
    int p0 = y0;
    int p1 = p0 + yPitch;
    int p2 = p1 + yPitch;
    int q = x0;
    for (int j = 0; j < n; j += L, p0 += L, p1 += L, p2 += L, q += L) {
      FloatVector in = FloatVector.fromArray(S, x, q);
      a = in.fma(FloatVector.fromArray(S, y, p0), a);
      b = in.fma(FloatVector.fromArray(S, y, p1), b);
      c = in.fma(FloatVector.fromArray(S, y, p2), c);
    }
    w[at] += a.reduceLanes(VectorOperators.ADD);
    w[at + wStep] += b.reduceLanes(VectorOperators.ADD);
    w[at + 2 * wStep] += c.reduceLanes(VectorOperators.ADD);
  }

  private static float dot(int n, float[] y, int yAt, float[] x, int xAt) {
    FloatVector sum = FloatVector.zero(S);
    for (int j = 0; j < n; j += L) {
      sum = FloatVector.fromArray(S, y, yAt + j).fma(FloatVector.fromArray(S, x, xAt + j), sum);
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  @Override
  public void sums(int count, int n, float[] x, int at, int pitch, float[] to, int toAt, int step) {
    int o = 0;
    for (; o + 4 <= count; o += 4) {
      fourSums(n, x, at + o * pitch, pitch, to, toAt + o * step, step);
    }
    for (; o < count; o++) {
      FloatVector sum = FloatVector.zero(S);
      for (int j = at + o * pitch; j < at + o * pitch + n; j += L) {
        sum = sum.add(FloatVector.fromArray(S, x, j));
      }
      to[toAt + o * step] += sum.reduceLanes(VectorOperators.ADD);
    }
  }

  private static void fourSums(
      int n, float[] x, int at, int pitch, float[] to, int toAt, int step) {
    FloatVector a = FloatVector.zero(S);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    int p0 = at;
    int p1 = p0 + pitch;
    int p2 = p1 + pitch;
    int p3 = p2 + pitch;
    for (int j = 0; j < n; j += L, p0 += L, p1 += L, p2 += L, p3 += L) {
      a = a.add(FloatVector.fromArray(S, x, p0));
      b = b.add(FloatVector.fromArray(S, x, p1));
      c = c.add(FloatVector.fromArray(S, x, p2));
      d = d.add(FloatVector.fromArray(S, x, p3));
    }
    to[toAt] += a.reduceLanes(VectorOperators.ADD);
    to[toAt + step] += b.reduceLanes(VectorOperators.ADD);
    to[toAt + 2 * step] += c.reduceLanes(VectorOperators.ADD);
    to[toAt + 3 * step] += d.reduceLanes(VectorOperators.ADD);
  }

  @Override
  public double sumOfSquares(float[] x, int n) {
    // Float sums over blocks, added up in double: an overflow is an infinity, as it should be.
    double total = 0;
    int full = n - n % L;
    int block = 256 * L;
    for (int from = 0; from < full; from += block) {
      FloatVector sum = FloatVector.zero(S);
      for (int j = from; j < Math.min(full, from + block); j += L) {
        FloatVector v = FloatVector.fromArray(S, x, j);
        sum = v.fma(v, sum);
      }
      total += sum.reduceLanes(VectorOperators.ADD);
    }
    for (int j = full; j < n; j++) {
      total += (double) x[j] * x[j];
    }
    return total;
  }
}
