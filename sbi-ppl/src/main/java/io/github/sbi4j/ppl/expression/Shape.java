package io.github.sbi4j.ppl.expression;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The axes of an expression, the last running fastest: none of a scalar, one of a vector, two of a
 * matrix.
 *
 * <p>Axes that run over plates carry their names, and expressions meet by name: a value for each
 * group meets one for each observation of each group. An axis without a name meets the axis of its
 * size in the same place, counted from the last. Immutable.
 */
public final class Shape {
  /** The shape of a single number. */
  public static final Shape SCALAR = new Shape(List.of());

  private final List<Axis> axes;
  private final int size;

  private Shape(List<Axis> axes) {
    this.axes = axes;
    int product = 1;
    for (Axis axis : axes) {
      product = Math.multiplyExact(product, axis.size());
    }
    this.size = product;
  }

  /**
   * The shape with the given axes.
   *
   * @param axes any number of axes
   * @return the shape
   */
  public static Shape of(List<Axis> axes) {
    return axes.isEmpty() ? SCALAR : new Shape(List.copyOf(axes));
  }

  /**
   * The shape with axes that have no names.
   *
   * @param sizes their sizes
   * @return the shape
   * @throws IllegalArgumentException if a size is less than one
   */
  public static Shape of(int... sizes) {
    return of(Arrays.stream(sizes).mapToObj(size -> new Axis("", size)).toList());
  }

  /** {@return the axes} */
  public List<Axis> axes() {
    return axes;
  }

  /** {@return the number of axes} */
  public int rank() {
    return axes.size();
  }

  /** {@return the number of elements} */
  public int size() {
    return size;
  }

  /**
   * These axes followed by those of another shape.
   *
   * @param inner the axes to add
   * @return the longer shape
   */
  public Shape append(Shape inner) {
    List<Axis> joined = new ArrayList<>(axes);
    joined.addAll(inner.axes);
    return of(joined);
  }

  /**
   * The first axes.
   *
   * @param dropped how many of the last to leave out
   * @return the shorter shape
   */
  public Shape outer(int dropped) {
    return of(axes.subList(0, rank() - dropped));
  }

  /**
   * The last axes.
   *
   * @param count how many
   * @return the shorter shape
   */
  public Shape inner(int count) {
    return of(axes.subList(rank() - count, rank()));
  }

  /**
   * The shape in which elements of both shapes meet.
   *
   * @param other another shape
   * @return the shape with more axes, if all axes of the one with fewer are found in it
   */
  public Optional<Shape> meet(Shape other) {
    Shape large = rank() >= other.rank() ? this : other;
    Shape small = rank() >= other.rank() ? other : this;
    int[] places = large.placesOf(small);
    if (places.length < small.rank()) {
      return Optional.empty();
    }
    List<Axis> result = new ArrayList<>(large.axes);
    for (int i = 0; i < places.length; i++) {
      if (result.get(places[i]).name().isEmpty()) {
        result.set(places[i], small.axes.get(i));
      }
    }
    return Optional.of(of(result));
  }

  /** For each element of this shape the element of a smaller one; empty if that does not fit in. */
  Optional<int[]> elementsOf(Shape small) {
    int[] places = placesOf(small);
    if (small.rank() > rank() || places.length < small.rank()) {
      return Optional.empty();
    }
    int[] steps = new int[rank()];
    int step = 1;
    for (int i = places.length - 1; i >= 0; i--) {
      steps[places[i]] = step;
      step *= small.axes.get(i).size();
    }
    int[] result = new int[size];
    int[] position = new int[rank()];
    int element = 0;
    for (int i = 0; i < size; i++) {
      result[i] = element;
      for (int axis = rank() - 1; axis >= 0; axis--) {
        element += steps[axis];
        if (++position[axis] < axes.get(axis).size()) {
          break;
        }
        element -= steps[axis] * position[axis];
        position[axis] = 0;
      }
    }
    return Optional.of(result);
  }

  /** Where each axis of a smaller shape is found, in the same order; fewer if one is not found. */
  private int[] placesOf(Shape small) {
    int[] places = new int[small.rank()];
    int last = rank() - 1;
    for (int i = small.rank() - 1; i >= 0; i--) {
      Axis axis = small.axes.get(i);
      int place = last;
      while (place >= 0 && !axis.name().isEmpty() && !axes.get(place).name().equals(axis.name())) {
        place--;
      }
      place = place < 0 ? last : place;
      if (place < 0 || !axes.get(place).meets(axis)) {
        return new int[0];
      }
      places[i] = place;
      last = place - 1;
    }
    return places;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape that && axes.equals(that.axes);
  }

  @Override
  public int hashCode() {
    return axes.hashCode();
  }

  /** {@return the axes in brackets, such as {@code [location=5, 2]}} */
  @Override
  public String toString() {
    return axes.stream().map(Axis::toString).collect(Collectors.joining(", ", "[", "]"));
  }
}
