package io.github.sbi4j.ppl.model;

import io.github.sbi4j.core.mcmc.DifferentiableLogDensity;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Climbs a log density by quasi-Newton steps of limited memory (L-BFGS; Nocedal and Wright 2006,
 * algorithm 7.4), halved until they lead up.
 */
final class ModeSearch {
  private static final int MEMORY = 8;
  private static final int MAX_STEPS = 1000;
  private static final int MAX_HALVINGS = 40;

  /** Relative to one or to the height of the density. */
  private static final double SLOPE_TOLERANCE = 1e-6;

  private record Pair(double[] move, double[] change, double product) {}

  private final DifferentiableLogDensity target;
  private final Deque<Pair> pairs = new ArrayDeque<>();
  private double[] point;
  private double[] gradient;
  private double value;

  private ModeSearch(DifferentiableLogDensity target, double[] start) {
    this.target = target;
    this.point = start.clone();
    this.gradient = new double[start.length];
    this.value = evaluate(point, gradient);
  }

  /** The highest point reached. */
  record Summit(double[] point, double value, boolean converged) {}

  static Summit from(DifferentiableLogDensity target, double[] start) {
    ModeSearch search = new ModeSearch(target, start);
    boolean climbing = true;
    for (int i = 0; i < MAX_STEPS && climbing && !search.isFlat(); i++) {
      climbing = search.step();
    }
    return new Summit(search.point, search.value, search.isFlat());
  }

  private boolean isFlat() {
    double steepest = Arrays.stream(gradient).map(Math::abs).max().orElseThrow();
    return steepest <= SLOPE_TOLERANCE * Math.max(1, Math.abs(value));
  }

  /** One step up; false if none is found. */
  private boolean step() {
    double[] direction = direction();
    if (!(dot(direction, gradient) > 0)) {
      pairs.clear();
      direction = gradient.clone();
    }
    double length = pairs.isEmpty() ? 1 / Math.max(1, Math.sqrt(dot(gradient, gradient))) : 1;
    double[] next = new double[point.length];
    double[] slope = new double[point.length];
    for (int i = 0; i < MAX_HALVINGS; i++, length /= 2) {
      for (int d = 0; d < next.length; d++) {
        next[d] = point[d] + length * direction[d];
      }
      double height = evaluate(next, slope);
      if (height >= value + 1e-4 * length * dot(direction, gradient)) {
        remember(next, slope);
        point = next;
        gradient = slope;
        value = height;
        return true;
      }
    }
    if (pairs.isEmpty()) {
      return false;
    }
    pairs.clear();
    return true;
  }

  private void remember(double[] next, double[] slope) {
    double[] move = new double[next.length];
    double[] change = new double[next.length];
    for (int d = 0; d < next.length; d++) {
      move[d] = next[d] - point[d];
      change[d] = gradient[d] - slope[d];
    }
    double product = dot(move, change);
    if (product > 0) {
      pairs.addLast(new Pair(move, change, product));
      if (pairs.size() > MEMORY) {
        pairs.removeFirst();
      }
    }
  }

  private double[] direction() {
    double[] result = gradient.clone();
    double[] shares = new double[pairs.size()];
    int i = shares.length;
    for (var newest = pairs.descendingIterator(); newest.hasNext(); ) {
      Pair pair = newest.next();
      shares[--i] = dot(pair.move, result) / pair.product;
      add(result, -shares[i], pair.change);
    }
    if (!pairs.isEmpty()) {
      Pair last = pairs.getLast();
      double scale = last.product / dot(last.change, last.change);
      Arrays.setAll(result, d -> scale * result[d]);
    }
    for (Pair pair : pairs) {
      add(result, shares[i++] - dot(pair.change, result) / pair.product, pair.move);
    }
    return result;
  }

  private double evaluate(double[] position, double[] slope) {
    double[] height = new double[1];
    target.logDensitiesAndGradients(1, position, height, slope);
    boolean valid = Double.isFinite(height[0]) && Arrays.stream(slope).allMatch(Double::isFinite);
    return valid ? height[0] : Double.NEGATIVE_INFINITY;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int d = 0; d < a.length; d++) {
      sum += a[d] * b[d];
    }
    return sum;
  }

  private static void add(double[] result, double factor, double[] term) {
    for (int d = 0; d < result.length; d++) {
      result[d] += factor * term[d];
    }
  }
}
