package io.github.sbi4j.analysis.plot;

/**
 * A figure with a title, labels and a size that can be set. Immutable: each setting gives a changed
 * copy.
 *
 * @param <F> the type of the figure
 */
abstract class StyledFigure<F extends Figure> implements Figure {
  private final Look look;

  StyledFigure(Look look) {
    this.look = look;
  }

  /** A copy with another look. */
  abstract F with(Look changed);

  abstract int fittingWidth();

  abstract int fittingHeight();

  final Look look() {
    return look;
  }

  /**
   * A copy with a title.
   *
   * @param text the title
   * @return the copy
   */
  public F title(String text) {
    return with(look.withTitle(text));
  }

  /**
   * A copy with other names for what is shown, for example the parameters.
   *
   * @param texts as many texts as there were names
   * @return the copy
   * @throws IllegalArgumentException if there are more or fewer
   */
  public F labels(String... texts) {
    return with(look.withLabels(texts));
  }

  /**
   * A copy of another size.
   *
   * @param pixelsWide the width in pixels of 1/96 inch, at least 100
   * @param pixelsHigh the height in pixels of 1/96 inch, at least 100
   * @return the copy
   * @throws IllegalArgumentException if one is under 100
   */
  public F size(int pixelsWide, int pixelsHigh) {
    return with(look.withSize(pixelsWide, pixelsHigh));
  }

  @Override
  public final int width() {
    return look.width() > 0 ? look.width() : fittingWidth();
  }

  @Override
  public final int height() {
    return look.height() > 0 ? look.height() : fittingHeight();
  }
}
