package io.github.sbi4j.analysis.plot;

import java.awt.Color;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The shapes and texts of a figure, read back from its vector graphic. */
final class DrawnFigure {
  /**
   * Something drawn.
   *
   * @param kind the element: path, line, rect, circle, polygon
   * @param fill whether it is filled rather than stroked
   * @param color its colour as {@code rgb(r,g,b)}
   * @param points corners, ends, centre or vertices, in pixels
   */
  record Drawn(String kind, boolean fill, String color, List<double[]> points) {
    double x(int i) {
      return points.get(i)[0];
    }

    double y(int i) {
      return points.get(i)[1];
    }
  }

  private static final Pattern VERTEX = Pattern.compile("[ML]([-\\d.eE]+) ([-\\d.eE]+)");

  final List<Drawn> shapes = new ArrayList<>();
  final List<String> texts = new ArrayList<>();

  /** Those that are not turned, and where they begin. */
  final List<String> levelTexts = new ArrayList<>();

  final List<double[]> textStarts = new ArrayList<>();

  /** The borders of the panels and then that of a colour bar, in the order drawn. */
  final List<Drawn> frames = new ArrayList<>();

  private DrawnFigure(Figure figure) throws Exception {
    Element root =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(figure.svg())))
            .getDocumentElement();
    NodeList all = root.getElementsByTagName("*");
    for (int i = 0; i < all.getLength(); i++) {
      Element element = (Element) all.item(i);
      if (!element.getParentNode().getNodeName().equals("clipPath")) {
        read(element);
      }
    }
  }

  static DrawnFigure of(Figure figure) throws Exception {
    return new DrawnFigure(figure);
  }

  private void read(Element e) {
    List<double[]> points = new ArrayList<>();
    switch (e.getTagName()) {
      case "path" -> {
        Matcher matcher = VERTEX.matcher(e.getAttribute("d"));
        while (matcher.find()) {
          points.add(
              new double[] {
                Double.parseDouble(matcher.group(1)), Double.parseDouble(matcher.group(2))
              });
        }
      }
      case "line" -> {
        points.add(numbers(e, "x1", "y1"));
        points.add(numbers(e, "x2", "y2"));
      }
      case "rect" -> {
        double[] corner = numbers(e, "x", "y");
        double[] size = numbers(e, "width", "height");
        points.add(corner);
        points.add(new double[] {corner[0] + size[0], corner[1] + size[1]});
      }
      case "circle" -> points.add(numbers(e, "cx", "cy"));
      case "text" -> {
        texts.add(e.getTextContent());
        if (e.getAttribute("transform").isEmpty()) {
          levelTexts.add(e.getTextContent());
          textStarts.add(numbers(e, "x", "y"));
        }
      }
      default -> {}
    }
    if (!points.isEmpty()) {
      boolean fill = !style(e, "fill").equals("none");
      String color = style(e, fill ? "fill" : "stroke");
      Drawn drawn = new Drawn(e.getTagName(), fill, color, points);
      shapes.add(drawn);
      boolean border = e.getTagName().equals("rect") && style(e, "clip-path").isEmpty();
      if (border && !fill && color.equals(rgb(Style.FRAME))) {
        frames.add(drawn);
      }
    }
  }

  private static double[] numbers(Element e, String first, String second) {
    return new double[] {
      Double.parseDouble(e.getAttribute(first)), Double.parseDouble(e.getAttribute(second))
    };
  }

  /** A style of an element, or of the nearest group that has it. */
  private static String style(Node node, String name) {
    for (Node n = node; n instanceof Element e; n = n.getParentNode()) {
      for (String part : e.getAttribute("style").split(";")) {
        String[] pair = part.strip().split(":", 2);
        if (pair[0].equals(name)) {
          return pair[1].strip();
        }
      }
    }
    return "";
  }

  static String rgb(Color color) {
    return String.format(
        Locale.ROOT, "rgb(%d,%d,%d)", color.getRed(), color.getGreen(), color.getBlue());
  }

  /** The strokes of a colour; lines and paths. */
  List<Drawn> strokes(Color color) {
    return shapes.stream()
        .filter(s -> !s.fill() && s.color().equals(rgb(color)) && !s.kind().equals("rect"))
        .toList();
  }

  /** The fills of a kind and a colour. */
  List<Drawn> fills(String kind, Color color) {
    return shapes.stream()
        .filter(s -> s.fill() && s.kind().equals(kind) && s.color().equals(rgb(color)))
        .toList();
  }

  /** Where in a panel the vertices of a shape lie, from 0 at the lower left to 1. */
  double[][] shares(Drawn shape, int panel) {
    Drawn frame = frames.get(panel);
    return shape.points().stream()
        .map(
            p ->
                new double[] {
                  (p[0] - frame.x(0)) / (frame.x(1) - frame.x(0)),
                  (frame.y(1) - p[1]) / (frame.y(1) - frame.y(0))
                })
        .toArray(double[][]::new);
  }

  /** Whether a shape begins in a panel or at its border. */
  boolean inside(Drawn shape, int panel) {
    double[] at = shares(shape, panel)[0];
    return Math.abs(at[0] - 0.5) < 0.503 && Math.abs(at[1] - 0.5) < 0.503;
  }
}
