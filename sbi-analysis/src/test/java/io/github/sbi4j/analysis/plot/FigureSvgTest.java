package io.github.sbi4j.analysis.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class FigureSvgTest {
  private static CalibrationPlot plot(double middle) {
    return CalibrationPlot.tarp(new double[] {0, 0.5, 1}, new double[] {0, middle, 1});
  }

  private static Set<String> found(String pattern, String text) {
    Set<String> result = new HashSet<>();
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    while (matcher.find()) {
      assertThat(result.add(matcher.group(1)) || pattern.contains("url")).isTrue();
    }
    return result;
  }

  @Test
  void elementHasNoPrologAndScales() {
    assertThat(plot(0.4).size(400, 300).svg())
        .startsWith("<svg ")
        .endsWith("</svg\n>")
        .contains("viewBox=\"0 0 400 300\"");
  }

  @Test
  void identifiersOfDifferentFiguresDiffer() {
    Set<String> first = found("id=\"([^\"]+)\"", plot(0.4).svg());
    Set<String> second = found("id=\"([^\"]+)\"", plot(0.6).svg());
    assertThat(first).isNotEmpty().doesNotContainAnyElementsOf(second);
  }

  @Test
  void referencesAreResolved() {
    double[][] matrix = {{1, 0.5}, {0.5, 1}};
    String text = CorrelationPlot.of(java.util.List.of("a", "b"), matrix).svg();
    Set<String> references = found("url\\(#([^)]+)\\)", text);
    assertThat(references).hasSizeGreaterThan(1); // the clip of the panel and the colours
    assertThat(found("id=\"([^\"]+)\"", text)).containsAll(references);
  }

  @Test
  void equalFiguresGiveEqualTexts() {
    assertThat(plot(0.4).svg()).isEqualTo(plot(0.4).svg());
  }
}
