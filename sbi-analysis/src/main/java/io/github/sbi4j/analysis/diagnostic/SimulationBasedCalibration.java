package io.github.sbi4j.analysis.diagnostic;

import io.github.sbi4j.core.concurrent.Tasks;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Simulation-based calibration: the rank of the true value among posterior draws is uniform on 0 to
 * L where the posterior is right, for each parameter and for any other number made of parameters
 * and data.
 *
 * <p>A quantity fails where the distribution function of its ranks leaves the {@link EcdfBand}, and
 * the averaged posterior fails where it is not the prior, see {@link AveragedPosterior}. Levels are
 * those of Bonferroni: a right posterior fails in any of them at most as often as {@link #alpha}
 * says.
 *
 * <p>Immutable; results do not depend on the number of threads.
 *
 * @see <a href="https://arxiv.org/abs/1804.06788">Talts et al. (2018)</a>
 */
public final class SimulationBasedCalibration {
  private static final Logger LOG = LoggerFactory.getLogger(SimulationBasedCalibration.class);
  private static final int FEWEST_PERMUTATIONS = 999;

  /** The indices of derived seeds; rows use those from zero on. */
  private static final long TIES = -100;

  private static final long PERMUTATIONS = -99;

  private final Map<String, TestQuantity> quantities;
  private final double alpha;

  private SimulationBasedCalibration(Map<String, TestQuantity> quantities, double alpha) {
    this.quantities = quantities;
    this.alpha = alpha;
  }

  /** {@return the test of all parameters, at a false-alarm rate of 0.05} */
  public static SimulationBasedCalibration defaults() {
    return new SimulationBasedCalibration(Map.of(), 0.05);
  }

  /**
   * A copy that ranks another number beside the parameters.
   *
   * @param name what to call it
   * @param quantity the number, of parameters and data
   * @return the copy
   */
  public SimulationBasedCalibration quantity(String name, TestQuantity quantity) {
    Map<String, TestQuantity> more = new LinkedHashMap<>(quantities);
    more.put(name, quantity);
    return new SimulationBasedCalibration(more, alpha);
  }

  /**
   * A copy with another false-alarm rate.
   *
   * @param rate how often a right posterior may fail, in all tests together; between 0 and 1
   * @return the copy
   * @throws IllegalArgumentException if it is not between 0 and 1
   */
  public SimulationBasedCalibration alpha(double rate) {
    return new SimulationBasedCalibration(quantities, requireRate(rate));
  }

  static double requireRate(double rate) {
    if (!(rate > 0 && rate < 1)) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "alpha is %s, expected between 0 and 1; 0.05 is usual", rate));
    }
    return rate;
  }

  /**
   * Ranks and tests.
   *
   * @param draws of at least 100 data sets, 100 draws each, for passing to say something
   * @return the ranks, what they say, and the averaged posterior
   * @throws IllegalArgumentException if a quantity has the name of a parameter, or is NaN
   */
  public SbcResult compute(TestDraws draws) {
    Map<String, TestQuantity> all = new LinkedHashMap<>();
    for (int d = 0; d < draws.dimension(); d++) {
      int column = d;
      all.put(draws.names().get(d), (parameters, observation) -> parameters[column]);
    }
    quantities.forEach(
        (name, quantity) -> {
          if (all.put(name, quantity) != null) {
            throw new IllegalArgumentException(
                "a quantity is called '" + name + "', as a parameter is; give it another name");
          }
        });
    double level = alpha / (all.size() + 1);
    EcdfBand band = EcdfBand.ranks(draws.size(), draws.draws(), level);
    List<SbcResult.Ranked> ranked = new ArrayList<>();
    for (Map.Entry<String, TestQuantity> entry : all.entrySet()) {
      long seed = RandomStreams.key(draws.seed(), TIES - ranked.size());
      ranked.add(ranked(draws, entry.getKey(), entry.getValue(), band, seed));
    }
    int permutations = Math.max(FEWEST_PERMUTATIONS, (int) Math.ceil(5 / level));
    AveragedPosterior averaged =
        AveragedPosterior.of(draws, permutations, RandomStreams.key(draws.seed(), PERMUTATIONS));
    List<Finding> findings = new ArrayList<>();
    ranked.forEach(quantity -> findings.add(quantity.finding(draws, level)));
    findings.add(SbcResult.finding(averaged, draws, level));
    Omissions.addTo(findings, SbcResult.NAME, draws, LOG);
    return new SbcResult(ranked, averaged, alpha, findings);
  }

  private static SbcResult.Ranked ranked(
      TestDraws draws, String name, TestQuantity quantity, EcdfBand band, long seed) {
    Ranking ranking = new Ranking(draws, seed);
    List<Double> scores =
        Tasks.map(
            draws.threads(),
            draws.size(),
            i -> {
              double[] observation = draws.observations().row(i);
              Samples samples = draws.samples(i);
              double truth = value(name, quantity, draws.parameters().row(i), observation);
              double[] values = new double[draws.draws()];
              double sum = 0;
              double squares = 0;
              for (int k = 0; k < values.length; k++) {
                values[k] = value(name, quantity, samples.row(k), observation);
                sum += values[k] - truth;
                squares += (values[k] - truth) * (values[k] - truth);
              }
              ranking.set(i, truth, values);
              double mean = sum / values.length;
              double sd = Math.sqrt(squares / values.length - mean * mean);
              return sd > 0 ? -mean / sd : 0;
            });
    double shift = scores.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    return new SbcResult.Ranked(name, ranking.uniformity(band), shift);
  }

  private static double value(
      String name, TestQuantity quantity, double[] parameters, double[] observation) {
    double value = quantity.of(parameters, observation);
    if (Double.isNaN(value)) {
      throw new IllegalArgumentException(
          "the quantity '"
              + name
              + "' is NaN for some draws; give one that has a value everywhere");
    }
    return value;
  }
}
