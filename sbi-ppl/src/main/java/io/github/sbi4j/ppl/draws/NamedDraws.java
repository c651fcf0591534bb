package io.github.sbi4j.ppl.draws;

import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.ppl.expression.Axis;
import io.github.sbi4j.ppl.expression.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Draws of named values that may be vectors and matrices: C chains of N draws each, and axes that
 * carry the names of plates. Immutable; arrays come out as copies.
 */
public final class NamedDraws {
  private final int chains;
  private final int draws;
  private final Map<String, Shape> shapes;
  private final Map<String, double[]> values;

  private NamedDraws(
      int chains, int draws, Map<String, Shape> shapes, Map<String, double[]> values) {
    this.chains = chains;
    this.draws = draws;
    this.shapes = shapes;
    this.values = values;
  }

  /**
   * Draws of several values.
   *
   * @param chains the number of chains, C
   * @param draws the number of draws of each chain, N
   * @param shapes the shape of each value, in the order of the values
   * @param rows for each chain and draw the numbers of all values, one after the other: C x N x D
   * @return the draws
   * @throws IllegalArgumentException if there are more or fewer numbers
   */
  public static NamedDraws of(
      int chains, int draws, LinkedHashMap<String, Shape> shapes, double[] rows) {
    int width = shapes.values().stream().mapToInt(Shape::size).sum();
    int count = chains * draws;
    if (rows.length != count * width) {
      throw new IllegalArgumentException(
          rows.length + " numbers, expected " + chains + " x " + draws + " x " + width);
    }
    Map<String, double[]> values = new LinkedHashMap<>();
    int offset = 0;
    for (Map.Entry<String, Shape> entry : shapes.entrySet()) {
      int size = entry.getValue().size();
      double[] own = new double[count * size];
      for (int i = 0; i < count; i++) {
        System.arraycopy(rows, i * width + offset, own, i * size, size);
      }
      values.put(entry.getKey(), own);
      offset += size;
    }
    return new NamedDraws(chains, draws, new LinkedHashMap<>(shapes), values);
  }

  /** {@return the number of chains, C} */
  public int chains() {
    return chains;
  }

  /** {@return the number of draws of each chain, N} */
  public int draws() {
    return draws;
  }

  /** {@return the names} */
  public List<String> names() {
    return List.copyOf(shapes.keySet());
  }

  /**
   * The shape of one value.
   *
   * @param name its name
   * @return its axes, with the names of plates
   * @throws IllegalArgumentException if there is no such value
   */
  public Shape shape(String name) {
    find(name);
    return shapes.get(name);
  }

  /**
   * The draws of one value, of all chains one after the other.
   *
   * @param name its name
   * @return C N rows of its S numbers
   * @throws IllegalArgumentException if there is no such value
   */
  public double[][] get(String name) {
    double[] own = find(name);
    int size = shapes.get(name).size();
    double[][] rows = new double[chains * draws][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOfRange(own, i * size, (i + 1) * size);
    }
    return rows;
  }

  /**
   * The draws of one value by chain.
   *
   * @param name its name
   * @return C x N x S numbers
   * @throws IllegalArgumentException if there is no such value
   */
  public double[][][] byChain(String name) {
    double[][] rows = get(name);
    double[][][] result = new double[chains][][];
    Arrays.setAll(result, c -> Arrays.copyOfRange(rows, c * draws, (c + 1) * draws));
    return result;
  }

  /**
   * The mean of one value.
   *
   * @param name its name
   * @return the S means
   * @throws IllegalArgumentException if there is no such value
   */
  public double[] mean(String name) {
    return table(name).mean();
  }

  /**
   * The standard deviation of one value.
   *
   * @param name its name
   * @return the S standard deviations
   * @throws IllegalArgumentException if there is no such value
   */
  public double[] sd(String name) {
    return table(name).sd();
  }

  /** {@return a table of C N rows; the elements of {@code theta} are {@code theta[0]} and so on} */
  public Samples toSamples() {
    List<String> columns = columns(shapes);
    double[] rows = new double[chains * draws * columns.size()];
    int offset = 0;
    for (Map.Entry<String, double[]> entry : values.entrySet()) {
      int size = shapes.get(entry.getKey()).size();
      for (int i = 0; i < chains * draws; i++) {
        System.arraycopy(entry.getValue(), i * size, rows, i * columns.size() + offset, size);
      }
      offset += size;
    }
    return Samples.ofRowMajor(columns, rows);
  }

  /**
   * The names of all elements.
   *
   * @param shapes named shapes
   * @return {@code mu} for a scalar, {@code theta[0]}, {@code theta[1]} for a vector, {@code
   *     l[0,0]} for a matrix
   */
  public static List<String> columns(Map<String, Shape> shapes) {
    List<String> result = new ArrayList<>();
    shapes.forEach(
        (name, shape) -> {
          for (int i = 0; i < shape.size(); i++) {
            result.add(name + position(shape, i));
          }
        });
    return result;
  }

  private static String position(Shape shape, int element) {
    if (shape.rank() == 0) {
      return "";
    }
    String text = "]";
    int left = element;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      Axis each = shape.axes().get(axis);
      text = (axis > 0 ? "," : "[") + left % each.size() + text;
      left /= each.size();
    }
    return text;
  }

  private Samples table(String name) {
    double[] own = find(name);
    return Samples.ofRowMajor(columns(Map.of(name, shapes.get(name))), own);
  }

  private double[] find(String name) {
    double[] own = values.get(name);
    if (own == null) {
      throw new IllegalArgumentException(
          "no value named '" + name + "'; there are " + shapes.keySet());
    }
    return own;
  }

  @Override
  public String toString() {
    return chains + " chains of " + draws + " draws of " + shapes;
  }
}
