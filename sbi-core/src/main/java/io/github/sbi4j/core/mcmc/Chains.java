package io.github.sbi4j.core.mcmc;

import io.github.sbi4j.core.distribution.Bijection;
import io.github.sbi4j.core.sample.Samples;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The draws of C chains, kept apart: C x N x D values with what is known of each step. Immutable.
 *
 * <p>Chains of a run that was stopped may differ in length.
 */
public final class Chains {
  private final List<String> names;
  private final List<Chain> chains;
  private final StopReason stopReason;

  Chains(List<String> names, List<Chain> chains, StopReason stopReason) {
    this.names = names;
    this.chains = List.copyOf(chains);
    this.stopReason = stopReason;
  }

  /** {@return the number of chains, C} */
  public int size() {
    return chains.size();
  }

  /** {@return the number of draws that every chain has, N: those of the shortest} */
  public int draws() {
    return chains.stream().mapToInt(Chain::size).min().orElseThrow();
  }

  /** {@return the D names of the values} */
  public List<String> names() {
    return names;
  }

  /**
   * Gives one chain.
   *
   * @param c the chain, from 0 to C - 1
   * @return its draws
   */
  public Chain chain(int c) {
    return chains.get(c);
  }

  /** {@return why the run ended} */
  public StopReason stopReason() {
    return stopReason;
  }

  /**
   * The draws of one coordinate.
   *
   * @param d the coordinate, from 0 to D - 1
   * @return C x N values, all chains cut to the shortest
   */
  public double[][] coordinate(int d) {
    int length = draws();
    double[][] result = new double[size()][];
    for (int c = 0; c < result.length; c++) {
      result[c] = Arrays.copyOf(chains.get(c).coordinate(d), length);
    }
    return result;
  }

  /** {@return all draws of chain 0, then those of chain 1, ... as one table} */
  public Samples toSamples() {
    long rows = chains.stream().mapToLong(Chain::size).sum();
    double[] values = new double[Math.toIntExact(rows * names.size())];
    int offset = 0;
    for (Chain chain : chains) {
      offset = chain.copyTo(values, offset);
    }
    return Samples.ofRowMajor(names, values);
  }

  /**
   * The same chains with names for their values.
   *
   * @param newNames D names, none blank and no two the same
   * @return the renamed chains
   * @throws IllegalArgumentException if the names are not D distinct ones
   */
  public Chains named(String... newNames) {
    List<String> checked = chains.get(0).draws().named(newNames).names();
    return new Chains(
        checked, chains.stream().map(chain -> chain.named(checked)).toList(), stopReason);
  }

  /**
   * The same chains seen under constraints: each draw z becomes f<sup>-1</sup>(z), and log
   * densities become those of the constrained values.
   *
   * @param bijection f, the one given to {@link LogDensity#unconstrained}
   * @return the chains of constrained values
   * @throws IllegalArgumentException if it has another dimension
   */
  public Chains constrained(Bijection bijection) {
    if (bijection.dimension() != names.size()) {
      throw new IllegalArgumentException(
          "the bijection has "
              + bijection.dimension()
              + " coordinates, expected "
              + names.size()
              + "; give the one that the target was made with");
    }
    return new Chains(
        names, chains.stream().map(chain -> chain.constrained(bijection)).toList(), stopReason);
  }

  /** What takes the place of a draw. */
  @FunctionalInterface
  public interface Replacement {
    /**
     * Gives the values of one draw.
     *
     * @param chain the chain, from 0
     * @param draw the draw of that chain, from 0
     * @return as many values as there are new names
     */
    double[] of(int chain, int draw);
  }

  /**
   * The same chains with other values in place of their own, computed from them: log densities and
   * what is known of each step stay as they are. All chains are cut to the shortest.
   *
   * @param newNames the names of the new values, none blank and no two the same
   * @param replacement gives the new values of each draw
   * @return the chains of new values
   * @throws IllegalArgumentException if the names do not serve or a draw has another number of
   *     values
   */
  public Chains replaced(List<String> newNames, Replacement replacement) {
    int length = draws();
    List<Chain> replaced = new ArrayList<>();
    for (int c = 0; c < size(); c++) {
      double[][] rows = new double[length][];
      for (int i = 0; i < length; i++) {
        rows[i] = replacement.of(c, i);
      }
      replaced.add(chains.get(c).replaced(Samples.copyOf(newNames, rows)));
    }
    return new Chains(List.copyOf(newNames), replaced, stopReason);
  }

  /** {@return convergence, precision and what went wrong, computed anew at each call} */
  public Diagnostics diagnostics() {
    return Diagnostics.of(this);
  }

  /**
   * {@return an aligned text table: for each value mean, sd, quantiles, Monte Carlo errors,
   * effective sample sizes and R-hat; then what went wrong and what to do about it}
   */
  public String summary() {
    return ChainsSummary.of(this);
  }

  /**
   * Writes the chains as JSON in the layout of ArviZ: {@code arviz.from_json(file)} opens it.
   *
   * <p>The object {@code posterior} holds one C x N array for each name; {@code sample_stats} holds
   * the C x N arrays {@code lp} (log density), {@code acceptance_rate}, {@code diverging}, {@code
   * n_steps} (evaluations of the target) and, for kernels that have them, {@code tree_depth} and
   * {@code energy}. All chains are cut to the shortest.
   *
   * @param file the file to write or overwrite
   * @throws java.io.UncheckedIOException if it cannot be written
   * @throws IllegalStateException if there is no draw
   */
  public void writeArvizJson(Path file) {
    ArvizJson.write(this, file);
  }

  @Override
  public String toString() {
    return size() + " chains of " + draws() + " draws of " + names + ", " + stopReason;
  }
}
