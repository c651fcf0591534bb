package io.github.sbi4j.analysis.plot;

import io.github.sbi4j.core.sample.Samples;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a figure is about: sets of samples, which of their columns to show and where, and marked
 * positions.
 *
 * @param sets the sets of samples, all with the same columns
 * @param shown the indices of the columns to show
 * @param labels a label for each column of the samples
 * @param limits the ends to show for each column of the samples, or null to find them
 * @param overlays the marked positions; those of the truth are the lines through a panel
 */
record PlotData(
    List<SampleSet> sets,
    List<Integer> shown,
    List<String> labels,
    double @Nullable [][] limits,
    List<Overlay> overlays) {

  static PlotData of(String name, Samples samples) {
    List<Integer> all = IntStream.range(0, samples.columns()).boxed().toList();
    return new PlotData(
        List.of(new SampleSet(name, samples)), all, samples.names(), null, List.of());
  }

  private Samples first() {
    return sets.get(0).samples();
  }

  PlotData add(String name, Samples samples) {
    if (samples.columns() != first().columns()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "'%s' has %d columns and '%s' has %d; give sets with the same columns",
              name,
              samples.columns(),
              sets.get(0).name(),
              first().columns()));
    }
    List<SampleSet> more = new ArrayList<>(sets);
    more.add(new SampleSet(name, samples));
    return new PlotData(List.copyOf(more), shown, labels, limits, overlays);
  }

  PlotData columns(String... names) {
    List<Integer> chosen = new ArrayList<>();
    for (String name : names) {
      int index = first().names().indexOf(name);
      if (index < 0) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT, "there is no column '%s'; the columns are %s", name, first().names()));
      }
      chosen.add(index);
    }
    if (chosen.isEmpty()) {
      throw new IllegalArgumentException(
          "got no columns to show; name at least one of " + first().names());
    }
    return new PlotData(sets, List.copyOf(chosen), labels, limits, overlays);
  }

  PlotData labels(String... texts) {
    checkLength("labels", texts.length);
    return new PlotData(sets, shown, List.of(texts), limits, overlays);
  }

  PlotData limits(double[] low, double[] high) {
    checkLength("lower limits", low.length);
    checkLength("upper limits", high.length);
    for (int j = 0; j < low.length; j++) {
      if (!(low[j] < high[j]) || Double.isInfinite(low[j]) || Double.isInfinite(high[j])) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "limits of '%s' are %s to %s; give finite ones, the lower first",
                first().names().get(j),
                low[j],
                high[j]));
      }
    }
    return new PlotData(sets, shown, labels, new double[][] {low.clone(), high.clone()}, overlays);
  }

  PlotData mark(String name, Color color, double[]... rows) {
    for (double[] row : rows) {
      checkLength("values of '" + name + "'", row.length);
    }
    List<Overlay> more = new ArrayList<>(overlays);
    double[][] copies = Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
    more.add(new Overlay(name, copies, color));
    return new PlotData(sets, shown, labels, limits, List.copyOf(more));
  }

  PlotData points(String name, double[]... rows) {
    long before = overlays.stream().filter(overlay -> overlay.color() != Style.TRUTH).count();
    return mark(name, Style.overlay((int) before), rows);
  }

  private void checkLength(String what, int length) {
    if (length != first().columns()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "got %d %s for samples with %d columns; give one per column of the samples, %s",
              length,
              what,
              first().columns(),
              first().names()));
    }
  }

  /** The range to show of the k-th shown column. */
  Range range(int k) {
    int column = shown.get(k);
    if (limits != null) {
      return new Range(limits[0][column], limits[1][column], true);
    }
    double[] marked =
        overlays.stream()
            .flatMap(overlay -> Arrays.stream(overlay.rows()))
            .mapToDouble(row -> row[column])
            .filter(Double::isFinite)
            .toArray();
    Range range = Range.around(sets.get(0).samples().column(column), marked);
    for (SampleSet set : sets) {
      Range other = Range.around(set.samples().column(column), marked);
      range =
          new Range(
              Math.min(range.low(), other.low()), Math.max(range.high(), other.high()), false);
    }
    return range;
  }

  /** The label of the k-th shown column. */
  String label(int k) {
    return labels.get(shown.get(k));
  }

  List<Range> ranges() {
    return IntStream.range(0, shown.size()).mapToObj(this::range).toList();
  }

  List<String> shownLabels() {
    return IntStream.range(0, shown.size()).mapToObj(this::label).toList();
  }

  /** The values of the k-th shown column in a set. */
  double[] values(int set, int k) {
    return sets.get(set).samples().column(shown.get(k));
  }
}
