package io.github.sbi4j.analysis.plot;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.nio.file.Path;

/** Something that can be drawn and saved. */
public interface Figure {
  /** {@return the width in pixels of 1/96 inch} */
  int width();

  /** {@return the height in pixels of 1/96 inch} */
  int height();

  /**
   * Draws the figure into the rectangle from (0, 0) to (width, height).
   *
   * @param graphics where to draw; its state may be changed
   */
  void draw(Graphics2D graphics);

  /**
   * Draws the figure into an image.
   *
   * @param scale image pixels per pixel of the figure; 2 gives 192 dots per inch
   * @return the image
   * @throws IllegalArgumentException if the scale is not positive
   */
  default BufferedImage toImage(double scale) {
    if (!(scale > 0)) {
      throw new IllegalArgumentException(
          "scale must be positive, got " + scale + "; 2 suits a sharp screen and print");
    }
    int imageWidth = (int) Math.ceil(scale * width());
    int imageHeight = (int) Math.ceil(scale * height());
    BufferedImage image = new BufferedImage(imageWidth, imageHeight, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    graphics.scale(scale, scale);
    draw(graphics);
    graphics.dispose();
    return image;
  }

  /**
   * Saves the figure: a name that ends in {@code .png} gives an image at twice the size, {@code
   * .svg} a vector graphic.
   *
   * @param file the file to write or overwrite; missing folders are made
   * @throws IllegalArgumentException if the name ends otherwise
   * @throws java.io.UncheckedIOException if the file cannot be written
   */
  default void save(Path file) {
    FigureFiles.save(this, file);
  }

  /**
   * Draws the figure as an element to put into a page of HTML.
   *
   * <p>Equal figures give equal texts. All identifiers inside begin with a mark of the figure's
   * content, so that several figures can stand in one page.
   *
   * @return an {@code <svg>} element, without a prolog
   */
  default String svg() {
    return FigureSvg.element(this);
  }
}
