package io.github.sbi4j.benchmarks;

import io.github.sbi4j.benchmarks.hierarchy.CookieModel;
import io.github.sbi4j.core.distribution.Gamma;
import io.github.sbi4j.core.distribution.Independent;
import io.github.sbi4j.core.mcmc.McmcSettings;
import io.github.sbi4j.core.mcmc.Nuts;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.flows.estimator.ColumnKind;
import io.github.sbi4j.flows.estimator.Mnle;
import io.github.sbi4j.flows.inference.SNLE;
import io.github.sbi4j.flows.posterior.Likelihood;
import io.github.sbi4j.ppl.distribution.Poisson;
import io.github.sbi4j.ppl.learned.NeuralLikelihood;
import io.github.sbi4j.ppl.model.Model;
import io.github.sbi4j.ppl.model.PosteriorDraws;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Draws from models of counts of several locations, with a learned likelihood, in one thread. */
@Command(
    name = "cookies",
    description =
        "Draws rates of counts by NUTS with a learned likelihood; prints effective draws a second.",
    mixinStandardHelpOptions = true)
final class CookiesCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Option(
      names = "--counts",
      required = true,
      description = "a CSV file with the columns chips,location")
  Path counts = Path.of("");

  @Option(names = "--model", split = ",", description = "all by default: ${COMPLETION-CANDIDATES}")
  List<CookieModel> models = List.of(CookieModel.values());

  @Option(names = "--simulations", description = "how many to learn from", defaultValue = "50000")
  int simulations;

  @Option(names = "--poisson", description = "the exact likelihood in place of the learned one")
  boolean poisson;

  @Option(names = "--chains", description = "chains", defaultValue = "4")
  int chains;

  @Option(names = "--warm-up", description = "warm-up of each chain", defaultValue = "1000")
  int warmUp;

  @Option(names = "--draws", description = "draws of each chain", defaultValue = "2000")
  int draws;

  @Option(names = "--repeats", description = "runs of each model, one after the other")
  int repeats = 3;

  @Option(names = "--seed", description = "seed", defaultValue = "1")
  long seed;

  @Override
  public Integer call() {
    Samples table = Samples.readCsv(counts, List.of("chips", "location"));
    double[] chips = table.column(0);
    int[] location = Arrays.stream(table.column(1)).mapToInt(l -> (int) l - 1).toArray();
    @Nullable Likelihood learned = poisson ? null : learn();
    for (CookieModel kind : models) {
      Model model =
          kind.of(
              location,
              chips,
              rate -> learned == null ? Poisson.of(rate) : NeuralLikelihood.of(learned, rate));
      for (int repeat = 0; repeat < repeats; repeat++) {
        spec.commandLine().getOut().println(Json.line(run(kind, model, repeat)));
      }
    }
    return 0;
  }

  /** As large a network as the peer's. */
  private Likelihood learn() {
    var prior = Independent.of(Gamma.of(2, 0.2)).named("rate");
    double[][] rates = prior.sample(simulations, seed).toArray();
    double[][] observed = new double[simulations][];
    for (int i = 0; i < simulations; i++) {
      RandomGenerator random = RandomStreams.of(seed + 1, i);
      int count = 0;
      for (double t = random.nextExponential(); t < rates[i][0]; t += random.nextExponential()) {
        count++;
      }
      observed[i] = new double[] {count};
    }
    return SNLE.with(prior)
        .densityEstimator(
            Mnle.defaults().withColumns(ColumnKind.CATEGORICAL).withHiddenFeatures(100))
        .seed(seed)
        .appendSimulations(rates, observed)
        .train()
        .buildLikelihood()
        .withThreads(1);
  }

  private Map<String, @Nullable Object> run(CookieModel kind, Model model, int repeat) {
    McmcSettings settings =
        McmcSettings.defaults()
            .withWarmUp(warmUp)
            .withDraws(draws)
            .withThreads(1)
            .withSeed(seed + repeat);
    long start = System.nanoTime();
    CpuTime cpu = new CpuTime();
    PosteriorDraws result =
        model
            .posterior()
            .withChains(chains)
            .with(settings)
            .with(Nuts.defaults().withTargetAcceptance(0.9))
            .nuts();
    double cpuSeconds = cpu.seconds();
    double seconds = (System.nanoTime() - start) * 1e-9;
    double ess = Arrays.stream(result.diagnostics().essBulk()).min().orElseThrow();
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("model", kind.name().toLowerCase(Locale.ROOT));
    line.put("likelihood", poisson ? "poisson" : "learned");
    line.put("repeat", repeat);
    line.put("chains", chains);
    line.put("iterations", chains * (warmUp + draws));
    line.put("seconds", seconds);
    line.put("cpu_seconds", cpuSeconds);
    line.put("ess_bulk_min", ess);
    line.put("ess_per_second", ess / seconds);
    line.put("ess_per_cpu_second", ess / cpuSeconds);
    line.put("r_hat_max", Arrays.stream(result.diagnostics().rHat()).max().orElseThrow());
    line.put("divergences", result.diagnostics().divergences());
    line.put("means", result.toSamples().mean());
    line.put("sds", result.toSamples().sd());
    return line;
  }
}
