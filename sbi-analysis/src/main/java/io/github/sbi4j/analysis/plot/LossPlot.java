package io.github.sbi4j.analysis.plot;

import io.github.sbi4j.flows.training.MemberReport;
import io.github.sbi4j.flows.training.TrainingReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The losses of training and validation over the epochs, a panel for each network.
 *
 * <p>The picture: two lines over the epochs, counted from 1, a dashed line upwards at the best
 * epoch and a dot at its validation loss. Losses far above all later ones, as in the first epochs,
 * are cut off, so that the end stays readable; where a loss is not finite the line has a gap.
 */
public final class LossPlot extends PanelFigure<LossPlot> {
  /** The epochs of one network; the best epoch counts from 1, 0 if there is none. */
  private record Curves(double[] training, double[] validation, int best) {}

  private final List<Curves> members;

  private LossPlot(Look look, List<Curves> members) {
    super(look);
    this.members = members;
  }

  /**
   * A plot of a training run, with a panel for each network of the ensemble.
   *
   * @param report how the training went
   * @return the plot
   * @throws IllegalArgumentException if a network was trained for no epoch or no loss is finite
   */
  public static LossPlot of(TrainingReport report) {
    List<Curves> members = new ArrayList<>();
    for (MemberReport member : report.members()) {
      members.add(
          curves(array(member.trainingLoss()), array(member.validationLoss()), member.bestEpoch()));
    }
    return of(members);
  }

  /**
   * A plot of one network's losses.
   *
   * @param training the mean loss of the training rows in each epoch
   * @param validation the mean loss of the validation rows after each epoch
   * @param bestEpoch the epoch whose weights were kept, counted from 1; 0 if there is none
   * @return the plot
   * @throws IllegalArgumentException if there is no epoch, lengths differ, no loss is finite or
   *     there is no such epoch
   */
  public static LossPlot of(double[] training, double[] validation, int bestEpoch) {
    return of(List.of(curves(training, validation, bestEpoch)));
  }

  private static LossPlot of(List<Curves> members) {
    List<String> names =
        members.size() == 1
            ? List.of("")
            : IntStream.rangeClosed(1, members.size()).mapToObj(i -> "network " + i).toList();
    return new LossPlot(Look.of(names), List.copyOf(members));
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static Curves curves(double[] training, double[] validation, int best) {
    if (training.length == 0 || training.length != validation.length) {
      throw Inputs.problem(
          "got %d training and %d validation losses; give one of each for every epoch",
          training.length, validation.length);
    }
    double[] first = requireSome("training", training);
    double[] second = requireSome("validation", validation);
    if (best < 0 || best > first.length) {
      throw Inputs.problem(
          "the best epoch is %d of %d; epochs count from 1, and 0 says that there is none",
          best, first.length);
    }
    return new Curves(first, second, best);
  }

  private static double[] requireSome(String what, double[] losses) {
    if (Arrays.stream(losses).noneMatch(Double::isFinite)) {
      throw Inputs.problem("no %s loss is finite; there is nothing to draw", what);
    }
    return losses.clone();
  }

  @Override
  LossPlot with(Look changed) {
    return new LossPlot(changed, members);
  }

  @Override
  int count() {
    return members.size();
  }

  @Override
  List<Legend.Entry> legend() {
    List<Legend.Entry> entries = new ArrayList<>();
    entries.add(new Legend.Entry("training", Style.series(0), Legend.Key.LINE));
    entries.add(new Legend.Entry("validation", Style.series(1), Legend.Key.LINE));
    if (members.stream().anyMatch(member -> member.best() > 0)) {
      entries.add(new Legend.Entry("best epoch", Style.TRUTH, Legend.Key.DASHES));
    }
    return entries;
  }

  @Override
  List<Chart> charts() {
    List<Chart> charts = new ArrayList<>();
    for (int m = 0; m < members.size(); m++) {
      Curves member = members.get(m);
      int count = member.training().length;
      double[] epochs = IntStream.rangeClosed(1, count).asDoubleStream().toArray();
      List<Layer> layers = new ArrayList<>();
      if (member.best() > 0) {
        layers.add(Layers.vertical(member.best(), Style.TRUTH, Style.DASHED));
      }
      double[][] losses = {member.training(), member.validation()};
      for (int k = 0; k < losses.length; k++) {
        layers.add(Layers.line(epochs, losses[k], Style.series(k), Style.LINE));
        if (count <= 15) {
          layers.add(Layers.dots(epochs, losses[k], Style.series(k), 2));
        }
      }
      if (member.best() > 0) {
        double[] best = {member.best()};
        double[] loss = {member.validation()[member.best() - 1]};
        layers.add(Layers.dots(best, loss, Style.TRUTH, 3.5));
      }
      double margin = Math.max(0.4, 0.02 * count);
      charts.add(
          new Chart(
              look().labels().get(m),
              look().xLabelOr("epoch"),
              look().yLabelOr("loss"),
              Scale.whole(1 - margin, count + margin),
              losses(member),
              layers));
    }
    return charts;
  }

  /** All losses, less first ones that would flatten the rest. */
  private static Scale losses(Curves member) {
    int count = member.training().length;
    int from = Math.min(count / 20, 10);
    Range late = range(member, from);
    Range all = range(member, 0);
    boolean cut =
        late.high() >= late.low() && all.high() - late.low() > 4 * (late.high() - late.low());
    double high = cut ? late.high() + 0.25 * (late.high() - late.low()) : all.high();
    return Scale.around(new double[] {all.low(), high});
  }

  private static Range range(Curves member, int from) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double[] losses : List.of(member.training(), member.validation())) {
      for (int i = from; i < losses.length; i++) {
        low = Double.isFinite(losses[i]) ? Math.min(low, losses[i]) : low;
        high = Double.isFinite(losses[i]) ? Math.max(high, losses[i]) : high;
      }
    }
    return new Range(low, high, false);
  }
}
