package io.github.sbi4j.analysis.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ForestPlotTest {
  private static final List<String> GROUPS = List.of("north", "south", "west");
  private static final double[][] APART = {{0, 5, 9}, {2, 7, 13}, {4, 9, 17}};
  private static final double[][] TOGETHER = {{3, 5, 8}, {4, 6, 9}, {5, 7, 10}};

  @Test
  void groupsAreNamedFromTheTop() throws Exception {
    DrawnFigure figure = DrawnFigure.of(ForestPlot.of("apart", GROUPS, APART));
    assertThat(figure.texts).contains("north", "south", "west", "apart");
    assertThat(figure.textStarts.get(figure.levelTexts.indexOf("north"))[1])
        .isLessThan(figure.textStarts.get(figure.levelTexts.indexOf("west"))[1]);
  }

  @Test
  void arrowsHaveAHeadForEachGroup() throws Exception {
    ForestPlot plot = ForestPlot.of("apart", GROUPS, APART).add("together", TOGETHER);
    int plain = DrawnFigure.of(plot).shapes.size();
    // A line and a head each.
    assertThat(DrawnFigure.of(plot.arrows()).shapes).hasSize(plain + 6);
    assertThat(DrawnFigure.of(plot.reference(6)).shapes).hasSize(plain + 1);
  }

  @Test
  void wrongInputIsNamed() {
    assertThatThrownBy(() -> ForestPlot.of("apart", List.of("north"), APART))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("draws of apart")
        .hasMessageContaining("for 1 groups");
    assertThatThrownBy(() -> ForestPlot.of("apart", GROUPS, new double[0][]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got no draws of apart");
  }
}
