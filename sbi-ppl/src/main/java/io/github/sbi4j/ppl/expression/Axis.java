package io.github.sbi4j.ppl.expression;

/**
 * One dimension of an expression.
 *
 * @param name the plate it runs over; empty for none
 * @param size the number of elements, at least one
 */
public record Axis(String name, int size) {
  /**
   * Checks the size.
   *
   * @param name the plate it runs over; empty for none
   * @param size the number of elements, at least one
   * @throws IllegalArgumentException if {@code size} is less than one
   */
  public Axis {
    if (size < 1) {
      throw new IllegalArgumentException(
          "the size of " + (name.isEmpty() ? "an axis" : name) + " is " + size + ", expected >= 1");
    }
  }

  /** Whether elements of both may meet: equal sizes, and not two different names. */
  boolean meets(Axis other) {
    return size == other.size
        && (name.equals(other.name) || name.isEmpty() || other.name.isEmpty());
  }

  @Override
  public String toString() {
    return name.isEmpty() ? Integer.toString(size) : name + "=" + size;
  }
}
