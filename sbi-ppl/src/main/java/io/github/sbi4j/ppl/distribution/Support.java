package io.github.sbi4j.ppl.distribution;

import io.github.sbi4j.ppl.expression.Expression;
import io.github.sbi4j.ppl.expression.Shape;
import java.util.List;

/** Where the values of a distribution lie, and how unbounded numbers are mapped there. */
public interface Support {
  /**
   * Values made of unbounded numbers.
   *
   * @param value the values
   * @param logDeterminant the log of the absolute determinant of the Jacobian matrix of the map,
   *     for each event
   */
  record Constrained(Expression value, Expression logDeterminant) {}

  /** {@return whether values are isolated, so that there is no gradient by them} */
  default boolean isDiscrete() {
    return false;
  }

  /**
   * The shape of the unbounded numbers of one event.
   *
   * @param event the shape of the event
   * @return the shape of what is mapped to it
   */
  default Shape free(Shape event) {
    return event;
  }

  /**
   * Maps unbounded numbers into the support.
   *
   * @param free unbounded numbers; the last axes are those of {@link #free(Shape)}
   * @return the values and the log-determinants
   * @throws UnsupportedOperationException if the support is discrete
   */
  Constrained constrain(Expression free);

  /** {@return the bounds that may be latent, scalars for each event; none unless said otherwise} */
  default List<Expression> bounds() {
    return List.of();
  }

  /**
   * Maps one event to unbounded numbers, the inverse of {@link #constrain}.
   *
   * @param value the numbers of an event inside the support
   * @param bounds the numbers of {@link #bounds}
   * @return the unbounded numbers
   * @throws UnsupportedOperationException if the support is discrete
   */
  double[] unconstrain(double[] value, double[] bounds);

  /**
   * Whether one event lies inside; bounds that are latent count as infinite.
   *
   * @param value the numbers of the event
   * @return whether the density may be above zero there
   */
  boolean contains(double[] value);
}
