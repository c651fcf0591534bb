package io.github.sbi4j.core.numpy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An array of numbers or of text, of any number of dimensions. Immutable. */
public final class NumpyArray {
  private final int[] shape;
  private final double @Nullable [] numbers;
  private final @Nullable List<String> text;

  private NumpyArray(int[] shape, double @Nullable [] numbers, @Nullable List<String> text) {
    this.shape = shape;
    this.numbers = numbers;
    this.text = text;
  }

  /**
   * An array of numbers, copied.
   *
   * @param values as many as the product of the shape, in the order in which the last index runs
   *     fastest
   * @param shape the lengths of the dimensions; none for a single number
   * @return the array
   * @throws IllegalArgumentException if there is another number of values
   */
  public static NumpyArray of(double[] values, int... shape) {
    long size = 1;
    for (int length : shape) {
      size = length < 0 ? -1 : Math.multiplyExact(size, length);
    }
    if (size != values.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d values for the shape %s, expected as many as the product of its lengths",
              values.length,
              Arrays.toString(shape)));
    }
    return new NumpyArray(shape.clone(), values.clone(), null);
  }

  /**
   * An array of numbers with rows and columns, copied.
   *
   * @param rows the values of each row
   * @return the array
   * @throws IllegalArgumentException if rows differ in their lengths
   */
  public static NumpyArray of(double[][] rows) {
    int columns = rows.length == 0 ? 0 : rows[0].length;
    double[] values = new double[Math.multiplyExact(rows.length, columns)];
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != columns) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT, "row %d has %d values, expected %d", i, rows[i].length, columns));
      }
      System.arraycopy(rows[i], 0, values, i * columns, columns);
    }
    return new NumpyArray(new int[] {rows.length, columns}, values, null);
  }

  /**
   * An array of text in one dimension.
   *
   * @param text its elements; NumPy does not keep zero characters at their ends
   * @return the array
   */
  public static NumpyArray ofText(List<String> text) {
    return new NumpyArray(new int[] {text.size()}, null, List.copyOf(text));
  }

  static NumpyArray ofText(List<String> text, int[] shape) {
    return new NumpyArray(shape, null, text);
  }

  /** {@return the lengths of the dimensions} */
  public int[] shape() {
    return shape.clone();
  }

  /** {@return the number of elements} */
  public int size() {
    return text != null ? text.size() : values().length;
  }

  /** {@return whether the elements are text} */
  public boolean isText() {
    return text != null;
  }

  /**
   * {@return a copy of the numbers, in the order in which the last index runs fastest}
   *
   * @throws IllegalStateException if the elements are text
   */
  public double[] toArray() {
    return values().clone();
  }

  /** The numbers, not copied. */
  double[] values() {
    if (numbers == null) {
      throw new IllegalStateException("the array is one of text, " + this + "; ask for its text");
    }
    return numbers;
  }

  /**
   * {@return the elements, in the order in which the last index runs fastest}
   *
   * @throws IllegalStateException if the elements are numbers
   */
  public List<String> text() {
    if (text == null) {
      throw new IllegalStateException(
          "the array is one of numbers, " + this + "; ask for its numbers");
    }
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NumpyArray that
        && Arrays.equals(shape, that.shape)
        && Arrays.equals(numbers, that.numbers)
        && (text == null ? that.text == null : text.equals(that.text));
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(shape)
        + 31 * Arrays.hashCode(numbers)
        + (text == null ? 0 : text.hashCode());
  }

  /** {@return the shape, not the elements} */
  @Override
  public String toString() {
    return "NumpyArray" + Arrays.toString(shape);
  }
}
