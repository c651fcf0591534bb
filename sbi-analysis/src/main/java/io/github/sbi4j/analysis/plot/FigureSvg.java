package io.github.sbi4j.analysis.plot;

import java.awt.Dimension;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.CRC32;
import org.apache.batik.dom.GenericDOMImplementation;
import org.apache.batik.svggen.SVGGraphics2D;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Draws figures as vector graphics. */
final class FigureSvg {
  private static final String SVG = "http://www.w3.org/2000/svg";

  private FigureSvg() {}

  private static SVGGraphics2D draw(Figure figure) {
    Document document =
        GenericDOMImplementation.getDOMImplementation().createDocument(SVG, "svg", null);
    SVGGraphics2D graphics = new SVGGraphics2D(document);
    graphics.setSVGCanvasSize(new Dimension(figure.width(), figure.height()));
    figure.draw(graphics);
    return graphics;
  }

  /** A whole file. */
  static String document(Figure figure) {
    SVGGraphics2D graphics = draw(figure);
    return write(graphics, graphics.getRoot());
  }

  /** An element for a page that may hold others. */
  static String element(Figure figure) {
    SVGGraphics2D graphics = draw(figure);
    Element root = graphics.getRoot();
    root.setAttributeNS(null, "viewBox", "0 0 " + figure.width() + " " + figure.height());
    CRC32 content = new CRC32();
    content.update(write(graphics, root).getBytes(StandardCharsets.UTF_8));
    // Writing moves the root into a document of its own; what was written tells the identifiers.
    graphics = draw(figure);
    root = graphics.getRoot();
    root.setAttributeNS(null, "viewBox", "0 0 " + figure.width() + " " + figure.height());
    prefix(root, String.format(Locale.ROOT, "f%08x-", content.getValue()));
    String text = write(graphics, root);
    return text.substring(text.indexOf("<svg")).stripTrailing();
  }

  private static String write(SVGGraphics2D graphics, Element root) {
    StringWriter writer = new StringWriter();
    try {
      graphics.stream(root, writer, true, false);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the figure", e);
    }
    return writer.toString();
  }

  /** Puts a text before each identifier and each reference to one. */
  private static void prefix(Node node, String text) {
    for (int i = 0; node.getAttributes() != null && i < node.getAttributes().getLength(); i++) {
      Attr attribute = (Attr) node.getAttributes().item(i);
      String value = attribute.getValue();
      if (attribute.getName().equals("id")) {
        attribute.setValue(text + value);
      } else if (attribute.getName().endsWith("href") && value.startsWith("#")) {
        attribute.setValue("#" + text + value.substring(1));
      } else {
        attribute.setValue(value.replace("url(#", "url(#" + text));
      }
    }
    for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
      prefix(child, text);
    }
  }
}
