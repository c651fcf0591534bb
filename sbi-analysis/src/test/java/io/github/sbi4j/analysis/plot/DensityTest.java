package io.github.sbi4j.analysis.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.random.RandomStreams;
import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DensityTest {
  private static final int ROWS = 20_000;

  private static double[] gaussian(long seed) {
    RandomGenerator random = RandomStreams.of(seed, 0);
    double[] values = new double[ROWS];
    Arrays.setAll(values, i -> random.nextGaussian());
    return values;
  }

  // The best bandwidth for a Gaussian is 1.06 N^(-1/5); for two narrow ones far apart it is that of
  // each alone, where a rule by the overall spread would be a hundred times as wide.
  @Test
  void bandwidthFollowsTheWidthOfTheModes() {
    double[] one = gaussian(1);
    double best = 1.06 * Math.pow(ROWS, -0.2);
    assertThat(Bandwidth.of(one)).isBetween(0.8 * best, 1.2 * best);
    double[] two = gaussian(2);
    for (int i = 0; i < ROWS; i++) {
      two[i] = 0.1 * two[i] + (i % 2 == 0 ? -1 : 1);
    }
    double narrow = 0.1 * 1.06 * Math.pow(ROWS / 2.0, -0.2);
    assertThat(Bandwidth.of(two)).isBetween(0.7 * narrow, 1.5 * narrow);
    assertThat(Bandwidth.of(new double[100])).isZero();
  }

  @Test
  void marginalDensityMatchesAGaussian() {
    MarginalDensity density = MarginalDensity.of(gaussian(1), new Range(-5, 5, false));
    double mass = 0;
    for (int i = 0; i < density.nodes(); i++) {
      double x = density.position(i);
      double exact = Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
      assertThat(density.value(i)).isCloseTo(exact, within(0.02));
      mass += density.value(i) * 10.0 / (density.nodes() - 1);
    }
    assertThat(mass).isCloseTo(1, within(0.002));
  }

  @Test
  void marginalDensityDoesNotDropAtBounds() {
    RandomGenerator random = RandomStreams.of(4, 0);
    double[] uniform = new double[ROWS];
    Arrays.setAll(uniform, i -> random.nextDouble());
    MarginalDensity bounded = MarginalDensity.of(uniform, new Range(0, 1, true));
    MarginalDensity open = MarginalDensity.of(uniform, new Range(0, 1, false));
    for (int i = 0; i < bounded.nodes(); i++) {
      assertThat(bounded.value(i)).isCloseTo(1, within(0.15));
    }
    assertThat(open.value(0)).isCloseTo(0.5, within(0.1));
  }

  // The region of highest density that holds a share p of a standard Gaussian in two dimensions is
  // a disc of radius sqrt(-2 log(1 - p)); a linear map turns it into an ellipse of known area.
  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.9})
  void contourHoldsItsShareOfTheMass(double share) {
    double[] x = gaussian(1);
    double[] z = gaussian(2);
    double[] y = new double[ROWS];
    Arrays.setAll(y, i -> 0.95 * x[i] + Math.sqrt(1 - 0.95 * 0.95) * z[i]);
    Range range = new Range(-5, 5, false);
    DensityGrid grid = DensityGrid.of(x, y, range, range);
    Axis axis = new Axis(-5, 5, -5, 5);
    Path2D region = Contours.above(grid, grid.threshold(share), axis, axis);
    int inside = 0;
    for (int i = 0; i < ROWS; i++) {
      inside += region.contains(x[i], y[i]) ? 1 : 0;
    }
    // Smoothing widens the region a little.
    assertThat((double) inside / ROWS).isBetween(share - 0.01, share + 0.03);
    double exact = -2 * Math.log(1 - share) * Math.PI * Math.sqrt(1 - 0.95 * 0.95);
    assertThat(area(region)).isBetween(0.95 * exact, 1.12 * exact);
  }

  /** The area inside a path of polygons that run around their inside in one direction. */
  private static double area(Path2D path) {
    double sum = 0;
    double[] start = new double[2];
    double[] last = new double[2];
    double[] point = new double[6];
    for (PathIterator it = path.getPathIterator(null); !it.isDone(); it.next()) {
      int type = it.currentSegment(point);
      double[] to = type == PathIterator.SEG_CLOSE ? start : point;
      if (type == PathIterator.SEG_MOVETO) {
        start = point.clone();
      } else {
        sum += (last[0] * to[1] - to[0] * last[1]) / 2;
      }
      last = to.clone();
    }
    return Math.abs(sum);
  }

  @Test
  void jointDensityDoesNotDropAtBounds() {
    RandomGenerator random = RandomStreams.of(5, 0);
    double[] x = new double[ROWS];
    double[] y = new double[ROWS];
    Arrays.setAll(x, i -> random.nextDouble());
    Arrays.setAll(y, i -> random.nextDouble());
    Range range = new Range(0, 1, true);
    DensityGrid grid = DensityGrid.of(x, y, range, range);
    int last = grid.nodes() - 1;
    double middle = grid.value(last / 2, last / 2);
    for (int[] corner : new int[][] {{0, 0}, {0, last}, {last, 0}, {last, last}, {0, last / 2}}) {
      assertThat(grid.value(corner[0], corner[1]) / middle).isBetween(0.6, 1.5);
    }
  }
}
