package io.github.sbi4j.examples;

import io.github.sbi4j.analysis.plot.ForestPlot;
import io.github.sbi4j.core.mcmc.McmcSettings;
import io.github.sbi4j.core.mcmc.Nuts;
import io.github.sbi4j.ppl.distribution.HalfCauchy;
import io.github.sbi4j.ppl.distribution.Normal;
import io.github.sbi4j.ppl.expression.Expression;
import io.github.sbi4j.ppl.model.Model;
import io.github.sbi4j.ppl.model.ModelContext;
import io.github.sbi4j.ppl.model.PosteriorDraws;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The effects of coaching in eight schools (Rubin 1981): a hierarchical model of measured effects
 * with known errors, beside the effects by themselves.
 */
public final class EightSchoolsExample {
  private static final double[] EFFECTS = {28, 8, -3, 7, -1, 1, 18, 12};
  private static final double[] ERRORS = {15, 10, 16, 11, 9, 11, 10, 18};
  private static final List<String> SCHOOLS =
      Stream.of("A", "B", "C", "D", "E", "F", "G", "H").map(name -> "school " + name).toList();

  private EightSchoolsExample() {}

  /**
   * Runs the example.
   *
   * @param arguments the file of the plot, {@code target/examples/eight-schools.png} unless given
   */
  public static void main(String[] arguments) {
    Path file = Path.of(arguments.length > 0 ? arguments[0] : "target/examples/eight-schools.png");
    PosteriorDraws together = draws(hierarchical().reparam("theta"));
    System.out.println(together.summary());
    System.out.println(together.leaveOneOut());
    ForestPlot.of("by themselves", SCHOOLS, draws(apart()).get("theta"))
        .add("hierarchical", together.get("theta"))
        .arrows()
        .axisLabels("effect: mean and 90 % interval", "")
        .save(file);
  }

  static Model hierarchical() {
    return Model.of(
        m -> {
          Expression mu = m.sample("mu", Normal.of(0, 5));
          Expression tau = m.sample("tau", HalfCauchy.of(5));
          ModelContext schools = m.plate("school", EFFECTS.length);
          Expression theta = schools.sample("theta", Normal.of(mu, tau));
          schools.observe("effect", Normal.of(theta, schools.data(ERRORS)), EFFECTS);
        });
  }

  private static Model apart() {
    return Model.of(
        m -> {
          ModelContext schools = m.plate("school", EFFECTS.length);
          Expression theta = schools.sample("theta", Normal.of(0, 1_000));
          schools.observe("effect", Normal.of(theta, schools.data(ERRORS)), EFFECTS);
        });
  }

  private static PosteriorDraws draws(Model model) {
    // Careful steps: the data leave room for a tau of zero, where the density has sharp corners.
    return model
        .posterior()
        .with(Nuts.defaults().withTargetAcceptance(0.95))
        .with(McmcSettings.defaults().withThreads(1).withSeed(1))
        .nuts();
  }
}
