package io.github.sbi4j.examples;

import io.github.sbi4j.analysis.plot.ForestPlot;
import io.github.sbi4j.core.mcmc.McmcSettings;
import io.github.sbi4j.examples.cookies.CookieBatch;
import io.github.sbi4j.examples.cookies.CookieModels;
import io.github.sbi4j.examples.cookies.CookieSimulator;
import io.github.sbi4j.flows.posterior.Likelihood;
import io.github.sbi4j.ppl.distribution.Distribution;
import io.github.sbi4j.ppl.distribution.Poisson;
import io.github.sbi4j.ppl.expression.Expression;
import io.github.sbi4j.ppl.learned.NeuralLikelihood;
import io.github.sbi4j.ppl.model.Model;
import io.github.sbi4j.ppl.model.PosteriorDraws;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Infers the rates of chips in the cookies of several locations with one rate for all, one for
 * each, and a hierarchy of rates: a likelihood is learned once, of single cookies, and stands in
 * all three models. The exact Poisson likelihood is set beside it.
 */
@Command(
    name = "CookieFactoryExample",
    mixinStandardHelpOptions = true,
    description = "Infers rates of chips in cookies by pooled, unpooled and hierarchical models.")
public final class CookieFactoryExample implements Callable<Integer> {
  @Mixin final ExampleOptions options = new ExampleOptions(50_000, "cookie-factory");

  @Option(
      names = "--counts",
      paramLabel = "FILE",
      description = "A CSV file with the columns chips,location; simulated unless given.")
  @Nullable Path counts;

  /**
   * Runs the example.
   *
   * @param arguments see {@code --help}
   */
  public static void main(String[] arguments) {
    System.exit(ExampleOptions.run(new CookieFactoryExample(), arguments));
  }

  @Override
  public Integer call() throws IOException {
    CookieBatch cookies =
        counts == null ? CookieBatch.simulated(options.seed) : CookieBatch.read(counts);
    Likelihood learned;
    try (ConsoleProgress progress = options.progress()) {
      learned =
          CookieSimulator.learn(
              options.simulations, options.simulation(progress), options.training(), options.seed);
    }
    Map<String, Function<Expression, Distribution>> likelihoods = new LinkedHashMap<>();
    likelihoods.put("learned", rate -> NeuralLikelihood.of(learned, rate));
    likelihoods.put("Poisson", Poisson::of);
    for (var likelihood : likelihoods.entrySet()) {
      String name = likelihood.getKey();
      PosteriorDraws pooled = draws(CookieModels.pooled(cookies, likelihood.getValue()));
      PosteriorDraws unpooled = draws(CookieModels.unpooled(cookies, likelihood.getValue()));
      PosteriorDraws hierarchical =
          draws(CookieModels.hierarchical(cookies, likelihood.getValue()));
      report(name + ", pooled", pooled);
      report(name + ", unpooled", unpooled);
      report(name + ", hierarchical", hierarchical);
      shrinkage(cookies, unpooled, hierarchical)
          .title("Rates of chips, " + name + " likelihood")
          .save(options.file("shrinkage-" + name.toLowerCase(Locale.ROOT) + ".png"));
    }
    return 0;
  }

  private PosteriorDraws draws(Model model) {
    return model
        .posterior()
        .with(
            McmcSettings.defaults()
                .withDraws(Math.max(1, options.samples / 4))
                .withThreads(1)
                .withSeed(options.seed))
        .nuts();
  }

  private static void report(String name, PosteriorDraws draws) {
    System.out.println(name + ":");
    System.out.println(draws.summary());
    System.out.println(draws.leaveOneOut());
    System.out.println();
  }

  private static ForestPlot shrinkage(
      CookieBatch cookies, PosteriorDraws unpooled, PosteriorDraws hierarchical) {
    List<String> names =
        IntStream.range(0, cookies.locations())
            .mapToObj(
                l ->
                    "location "
                        + (l + 1)
                        + " ("
                        + Arrays.stream(cookies.location()).filter(each -> each == l).count()
                        + ")")
            .toList();
    double mean =
        Arrays.stream(hierarchical.get("mu")).mapToDouble(row -> row[0]).average().orElseThrow();
    return ForestPlot.of("unpooled", names, unpooled.get("lambda"))
        .add("hierarchical", hierarchical.get("lambda"))
        .arrows()
        .reference(mean)
        .axisLabels("rate: mean and 90 % interval", "");
  }
}
