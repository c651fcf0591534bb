package io.github.sbi4j.analysis.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarginalPlotTest {
  @TempDir Path folder;

  private static Samples gaussian() {
    RandomGenerator random = RandomStreams.of(1, 0);
    double[][] values = new double[500][5];
    for (double[] row : values) {
      for (int j = 0; j < row.length; j++) {
        row[j] = random.nextGaussian();
      }
    }
    return Samples.copyOf(List.of("a", "b", "c", "d", "e"), values);
  }

  @Test
  void showsAllColumnsInRowsOfFour() throws Exception {
    Path file = folder.resolve("marginals.svg");
    MarginalPlot plot =
        MarginalPlot.of("posterior", gaussian())
            .add("prior", gaussian())
            .panel(Panel.KDE)
            .truth(0, 0, 0, 0, 0)
            .title("Marginals");
    plot.save(file);
    assertThat(Files.readString(file))
        .contains(">a<", ">b<", ">c<", ">d<", ">e<", ">posterior<", ">prior<", ">truth<")
        .contains(">Marginals<");
    assertThat(plot.width())
        .isEqualTo(MarginalPlot.of(gaussian()).columns("a", "b", "c", "d").width());
    assertThat(plot.height())
        .isGreaterThan(MarginalPlot.of(gaussian()).columns("a").title("Marginals").height());
  }

  @Test
  void wrongInputIsNamed() {
    MarginalPlot plot = MarginalPlot.of(gaussian());
    assertThatThrownBy(() -> plot.panel(Panel.CONTOUR))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("HISTOGRAM or KDE, not CONTOUR");
    assertThatThrownBy(() -> plot.size(99, 100))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 99 x 100");
    assertThatThrownBy(() -> plot.observed(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 1 values of 'observed'");
  }
}
