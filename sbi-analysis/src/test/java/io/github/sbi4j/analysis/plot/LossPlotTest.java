package io.github.sbi4j.analysis.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.flows.training.MemberReport;
import io.github.sbi4j.flows.training.StopReason;
import io.github.sbi4j.flows.training.TrainingReport;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LossPlotTest {
  private static final double[] TRAINING = {4, 3, 2, 1, 0};
  private static final double[] VALIDATION = {4, 3, 2, 2.5, 3};

  @Test
  void linesAreTheLosses() throws Exception {
    DrawnFigure figure = DrawnFigure.of(LossPlot.of(TRAINING, VALIDATION, 3));
    // One line in the legend, then the curve; the axis has a margin of a twentieth on both sides.
    double[][] training = figure.shares(figure.strokes(Style.series(0)).get(1), 0);
    double[][] validation = figure.shares(figure.strokes(Style.series(1)).get(1), 0);
    assertThat(training).hasNumberOfRows(5);
    for (int i = 0; i < 5; i++) {
      assertThat(-0.2 + 4.4 * training[i][1]).isCloseTo(TRAINING[i], within(0.03));
      assertThat(-0.2 + 4.4 * validation[i][1]).isCloseTo(VALIDATION[i], within(0.03));
    }
    double[][] best = figure.shares(figure.strokes(Style.TRUTH).get(1), 0);
    assertThat(best[0][0]).isCloseTo(validation[2][0], within(0.005));
    double[][] dot = figure.shares(figure.fills("circle", Style.TRUTH).get(0), 0);
    assertThat(dot[0][1]).isCloseTo(validation[2][1], within(0.005));
    assertThat(figure.texts).contains("training", "validation", "best epoch", "epoch", "loss", "4");
  }

  @Test
  void withoutABestEpochNoneIsMarked() throws Exception {
    DrawnFigure figure = DrawnFigure.of(LossPlot.of(TRAINING, VALIDATION, 0));
    assertThat(figure.strokes(Style.TRUTH)).isEmpty();
    assertThat(figure.texts).doesNotContain("best epoch");
  }

  @Test
  void hugeFirstLossesAreCutOff() throws Exception {
    double[] training = new double[100];
    for (int i = 0; i < 100; i++) {
      training[i] = i < 2 ? 1e6 : 1 - 0.01 * i;
    }
    DrawnFigure figure = DrawnFigure.of(LossPlot.of(training, training, 0));
    double[][] line = figure.shares(figure.strokes(Style.series(0)).get(1), 0);
    assertThat(line[0][1]).isGreaterThan(100);
    assertThat(line[2][1] - line[99][1]).isBetween(0.5, 1.0);
  }

  @Test
  void aDivergedRunHasGaps() throws Exception {
    double[] training = {3, Double.NaN, 2, 1, Double.POSITIVE_INFINITY};
    DrawnFigure figure = DrawnFigure.of(LossPlot.of(training, VALIDATION, 0));
    double[][] line = figure.shares(figure.strokes(Style.series(0)).get(1), 0);
    double[][] all = figure.shares(figure.strokes(Style.series(1)).get(1), 0);
    assertThat(line).hasNumberOfRows(2);
    assertThat(line[0][0]).isEqualTo(all[2][0]);
    assertThat(line[1][0]).isEqualTo(all[3][0]);
    assertThat(figure.fills("circle", Style.series(0))).hasSize(3);
  }

  @Test
  void ensemblesHaveAPanelForEachNetwork() throws Exception {
    MemberReport member =
        new MemberReport(
            List.of(2.0, 1.0),
            List.of(2.0, 1.5),
            2,
            1.5,
            StopReason.CONVERGED,
            List.of(0.1, 0.2),
            90,
            10,
            2,
            0);
    TrainingReport report =
        new TrainingReport(List.of(member, member, member), 0.2, 100, Map.of(), List.of());
    DrawnFigure figure = DrawnFigure.of(LossPlot.of(report));
    assertThat(figure.frames).hasSize(3);
    assertThat(figure.texts).contains("network 1", "network 3");
  }

  @Test
  void wrongInputIsNamed() {
    assertThatThrownBy(() -> LossPlot.of(new double[0], new double[0], 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 0 training and 0 validation losses");
    assertThatThrownBy(() -> LossPlot.of(TRAINING, new double[4], 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 5 training and 4 validation losses");
    assertThatThrownBy(() -> LossPlot.of(TRAINING, VALIDATION, 6))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the best epoch is 6 of 5");
    assertThatThrownBy(() -> LossPlot.of(new double[] {1}, new double[] {Double.NaN}, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no validation loss is finite");
  }
}
