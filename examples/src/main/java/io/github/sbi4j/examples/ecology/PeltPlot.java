package io.github.sbi4j.examples.ecology;

import io.github.sbi4j.core.sample.Samples;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Draws the pelts of Hudson's Bay over what a fitted model predicts: the median and the band of 90
 * % in every year.
 */
public final class PeltPlot {
  private PeltPlot() {}

  /**
   * Draws and saves the plot.
   *
   * @param predictions draws of {@link LotkaVolterra}'s observation, N x 42
   * @param file a PNG file
   * @throws IOException if the file cannot be written
   */
  public static void save(Samples predictions, Path file) throws IOException {
    XYChart hares = chart("Hares", HudsonBay.hares(), predictions, 0);
    XYChart lynx = chart("Lynx", HudsonBay.lynx(), predictions, HudsonBay.years());
    BitmapEncoder.saveBitmap(List.of(hares, lynx), 2, 1, file.toString(), BitmapFormat.PNG);
  }

  private static XYChart chart(
      String animal, double[] pelts, Samples predictions, int firstColumn) {
    XYChart chart =
        new XYChartBuilder()
            .width(900)
            .height(380)
            .title(animal)
            .xAxisTitle("Year")
            .yAxisTitle("Pelts in thousands")
            .build();
    chart.getStyler().setXAxisDecimalPattern("0").setChartBackgroundColor(Color.WHITE);
    double[] years =
        IntStream.range(0, pelts.length)
            .mapToDouble(year -> HudsonBay.firstYear() + year)
            .toArray();
    String[] labels = {"5 %", "median", "95 %"};
    double[] levels = {0.05, 0.5, 0.95};
    for (int k = 0; k < levels.length; k++) {
      double[] logs =
          Arrays.copyOfRange(
              predictions.quantile(levels[k]), firstColumn, firstColumn + pelts.length);
      XYSeries line =
          chart.addSeries(labels[k], years, Arrays.stream(logs).map(Math::exp).toArray());
      line.setMarker(SeriesMarkers.NONE).setLineColor(k == 1 ? Color.BLUE : Color.LIGHT_GRAY);
    }
    XYSeries data = chart.addSeries("data", years, pelts);
    data.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    data.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(Color.BLACK);
    return chart;
  }
}
