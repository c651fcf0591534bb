package io.github.sbi4j.ppl.model;

import io.github.sbi4j.core.mcmc.Chains;
import io.github.sbi4j.core.mcmc.Diagnostics;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.ppl.draws.ArvizWriter;
import io.github.sbi4j.ppl.draws.LeaveOneOut;
import io.github.sbi4j.ppl.draws.NamedDraws;
import io.github.sbi4j.ppl.draws.Waic;
import io.github.sbi4j.ppl.expression.Expression;
import io.github.sbi4j.ppl.expression.Shape;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;

/** Draws of a model's latent and deterministic values from its posterior. Immutable. */
public final class PosteriorDraws {
  private static final long PREDICTIVE_STREAM = -3;

  private final Trace trace;
  private final Chains free;
  private final Chains chains;
  private final NamedDraws values;
  private final long seed;

  PosteriorDraws(Trace trace, Chains free, long seed) {
    this.trace = trace;
    this.free = free;
    this.seed = seed;
    LinkedHashMap<String, Expression> reported = new LinkedHashMap<>(trace.reported);
    this.values = Predictive.values(trace, reported, free.size(), free.draws(), rows());
    Samples table = values.toSamples();
    int draws = free.draws();
    this.chains = free.replaced(table.names(), (c, i) -> table.row(c * draws + i));
  }

  /** The unbounded numbers, cut to the shortest chain. */
  private double[] rows() {
    int dimension = free.names().size();
    int draws = free.draws();
    double[] rows = new double[free.size() * draws * dimension];
    for (int c = 0; c < free.size(); c++) {
      double[] own = free.chain(c).draws().toRowMajorArray();
      System.arraycopy(own, 0, rows, c * draws * dimension, draws * dimension);
    }
    return rows;
  }

  /** {@return the draws by name, with the shapes of the values} */
  public NamedDraws values() {
    return values;
  }

  /**
   * The draws of one value, of all chains one after the other.
   *
   * @param name its name
   * @return C N rows of its S numbers
   * @throws IllegalArgumentException if there is no such value
   */
  public double[][] get(String name) {
    return values.get(name);
  }

  /**
   * {@return the chains, with a column for each number: {@code theta[0]}, {@code theta[1]}, ...}
   */
  public Chains chains() {
    return chains;
  }

  /** {@return the chains of unbounded numbers, as NUTS saw them} */
  public Chains unbounded() {
    return free;
  }

  /** {@return all draws as one table, with a column for each number} */
  public Samples toSamples() {
    return chains.toSamples();
  }

  /** {@return convergence and precision of each column, and what went wrong} */
  public Diagnostics diagnostics() {
    return chains.diagnostics();
  }

  /** {@return a text table of all columns with their precision, and warnings} */
  public String summary() {
    return chains.summary();
  }

  /**
   * Draws observations anew for each draw.
   *
   * @return C chains of N draws of what is observed, repeatable
   */
  public NamedDraws predictive() {
    long stream = RandomStreams.key(seed, PREDICTIVE_STREAM);
    return Predictive.posterior(trace, free.size(), free.draws(), rows(), stream);
  }

  /**
   * The log-likelihood of each observation for each draw.
   *
   * @return C chains of N draws, with one number for each event of each observed site
   * @throws IllegalStateException if nothing is observed
   */
  public NamedDraws logLikelihood() {
    if (trace.observed.isEmpty()) {
      throw new IllegalStateException("the model observes nothing, so there is no log-likelihood");
    }
    LinkedHashMap<String, Expression> logs = new LinkedHashMap<>();
    trace.observed.forEach(site -> logs.put(site.name(), site.logProb()));
    return Predictive.values(trace, logs, free.size(), free.draws(), rows());
  }

  /**
   * How well the model predicts each observation from all others, over all observed sites; see
   * {@link LeaveOneOut}.
   *
   * @return the estimate by Pareto-smoothed importance sampling
   * @throws IllegalStateException if nothing is observed
   */
  public LeaveOneOut leaveOneOut() {
    return LeaveOneOut.of(logLikelihood().toSamples().toArray());
  }

  /**
   * The widely applicable information criterion, over all observed sites; see {@link Waic}.
   *
   * @return the criterion
   * @throws IllegalStateException if nothing is observed
   */
  public Waic waic() {
    return Waic.of(logLikelihood().toSamples().toArray());
  }

  /**
   * Writes draws, statistics of steps, log-likelihoods and observations as JSON; {@code
   * arviz.from_json(file)} opens it, with the names of plates as dimensions.
   *
   * @param file the file to write or overwrite
   * @throws java.io.UncheckedIOException if it cannot be written
   */
  public void writeArvizJson(Path file) {
    ArvizWriter writer = new ArvizWriter(free).add("posterior", values);
    if (!trace.observed.isEmpty()) {
      writer
          .add("posterior_predictive", predictive())
          .add("log_likelihood", logLikelihood())
          .add("observed_data", observations());
    }
    writer.write(file);
  }

  /** {@return what was observed, one draw} */
  public NamedDraws observations() {
    LinkedHashMap<String, Shape> shapes = new LinkedHashMap<>();
    trace.observed.forEach(site -> shapes.put(site.name(), site.value().shape()));
    double[] all =
        trace.observed.stream().flatMapToDouble(s -> Arrays.stream(s.value().values())).toArray();
    return NamedDraws.of(1, 1, shapes, all);
  }

  /** {@return the names of the values} */
  public List<String> names() {
    return values.names();
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
