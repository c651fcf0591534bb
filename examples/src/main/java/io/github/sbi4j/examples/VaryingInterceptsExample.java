package io.github.sbi4j.examples;

import io.github.sbi4j.analysis.plot.ForestPlot;
import io.github.sbi4j.core.mcmc.McmcSettings;
import io.github.sbi4j.core.mcmc.Nuts;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.ppl.distribution.HalfNormal;
import io.github.sbi4j.ppl.distribution.Normal;
import io.github.sbi4j.ppl.expression.Expression;
import io.github.sbi4j.ppl.model.Model;
import io.github.sbi4j.ppl.model.ModelContext;
import io.github.sbi4j.ppl.model.PosteriorDraws;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * A regression with an intercept for each of twelve groups of very different size and one slope, by
 * intercepts that know of each other and by such that do not.
 */
public final class VaryingInterceptsExample {
  private static final int[] SIZES = {2, 2, 3, 3, 4, 5, 6, 8, 12, 20, 40, 80};
  private static final double SLOPE = -0.7;

  /** The data: group, x and y of each row. */
  private record Rows(int[] group, double[] x, double[] y) {}

  private VaryingInterceptsExample() {}

  /**
   * Runs the example.
   *
   * @param arguments the file of the plot, {@code target/examples/intercepts.png} unless given
   */
  public static void main(String[] arguments) {
    Path file = Path.of(arguments.length > 0 ? arguments[0] : "target/examples/intercepts.png");
    Rows rows = simulated();
    PosteriorDraws varying = draws(model(rows, true));
    System.out.println("true slope " + SLOPE);
    System.out.println(varying.summary());
    List<String> names =
        IntStream.range(0, SIZES.length).mapToObj(g -> SIZES[g] + " rows").toList();
    ForestPlot.of("intercepts apart", names, draws(model(rows, false)).get("alpha"))
        .add("varying intercepts", varying.get("alpha"))
        .arrows()
        .axisLabels("intercept: mean and 90 % interval", "")
        .save(file);
  }

  private static Rows simulated() {
    int count = IntStream.of(SIZES).sum();
    Rows rows = new Rows(new int[count], new double[count], new double[count]);
    RandomGenerator random = RandomStreams.of(1, 0);
    int i = 0;
    for (int g = 0; g < SIZES.length; g++) {
      double intercept = 1.5 + 0.4 * random.nextGaussian();
      for (int k = 0; k < SIZES[g]; k++, i++) {
        rows.group[i] = g;
        rows.x[i] = random.nextDouble();
        rows.y[i] = intercept + SLOPE * rows.x[i] + 0.8 * random.nextGaussian();
      }
    }
    return rows;
  }

  private static Model model(Rows rows, boolean varying) {
    return Model.of(
        m -> {
          Expression sigma = m.sample("sigma", HalfNormal.of(2));
          Expression beta = m.sample("beta", Normal.of(0, 2));
          ModelContext groups = m.plate("group", SIZES.length);
          Expression alpha =
              groups.sample(
                  "alpha",
                  varying
                      ? Normal.of(
                          m.sample("mean", Normal.of(0, 5)), m.sample("sd", HalfNormal.of(1)))
                      : Normal.of(0, 10));
          ModelContext each = m.plate("row", rows.y.length);
          Expression line = alpha.get(rows.group).plus(beta.times(each.data(rows.x)));
          each.observe("y", Normal.of(line, sigma), rows.y);
        });
  }

  private static PosteriorDraws draws(Model model) {
    return model
        .posterior()
        .with(Nuts.defaults().withTargetAcceptance(0.95))
        .with(McmcSettings.defaults().withThreads(1).withSeed(1))
        .nuts();
  }
}
