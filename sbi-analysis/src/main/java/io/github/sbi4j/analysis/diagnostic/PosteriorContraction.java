package io.github.sbi4j.analysis.diagnostic;

import io.github.sbi4j.core.sample.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much the data say of each parameter, and how far posteriors are from the truth.
 *
 * <p>Shrinkage is 1 - var<sub>posterior</sub> / var<sub>prior</sub>: near one where the data
 * decide, near zero where they say nothing, below zero where the posterior is wider than the prior.
 * The z-score is |mean<sub>posterior</sub> - truth| / sd<sub>posterior</sub>; the mean of its
 * square is near one where the posterior is right. Both together: little shrinkage is a parameter
 * that the data do not identify, large z-scores with much shrinkage are overconfidence.
 *
 * @see <a
 *     href="https://betanalpha.github.io/assets/case_studies/principled_bayesian_workflow.html">Betancourt,
 *     Towards a principled Bayesian workflow</a>
 */
public final class PosteriorContraction {
  private static final Logger LOG = LoggerFactory.getLogger(PosteriorContraction.class);

  /** Less says that the data say little. */
  private static final double LEAST_SHRINKAGE = 0.1;

  /** More, as the root of the mean square, says that posteriors are far from the truth. */
  private static final double LARGEST_Z = 1.5;

  private PosteriorContraction() {}

  /**
   * {@return the shrinkage of each parameter, D values up to 1}
   *
   * @param prior draws of the prior, M x D
   * @param posterior draws of the posterior, N x D
   * @throws IllegalArgumentException if the numbers of columns differ or there are fewer than two
   *     rows
   */
  public static double[] shrinkage(Samples prior, Samples posterior) {
    requireRows("prior", prior, posterior.columns());
    requireRows("posterior", posterior, posterior.columns());
    double[] variances = Arrays.stream(prior.sd()).map(sd -> sd * sd).toArray();
    return shrinkage(variances, posterior);
  }

  private static double[] shrinkage(double[] priorVariances, Samples posterior) {
    double[] sd = posterior.sd();
    double[] result = new double[sd.length];
    Arrays.setAll(result, d -> 1 - sd[d] * sd[d] / priorVariances[d]);
    return result;
  }

  /**
   * {@return the z-score of each parameter, D values, none negative}
   *
   * @param truth D values
   * @param posterior draws of the posterior, N x D
   * @throws IllegalArgumentException if the numbers of columns differ or there are fewer than two
   *     rows
   */
  public static double[] zScore(double[] truth, Samples posterior) {
    requireRows("posterior", posterior, truth.length);
    double[] mean = posterior.mean();
    double[] sd = posterior.sd();
    double[] result = new double[truth.length];
    Arrays.setAll(result, d -> Math.abs(mean[d] - truth[d]) / sd[d]);
    return result;
  }

  private static void requireRows(String name, Samples samples, int columns) {
    if (samples.columns() != columns || samples.rows() < 2) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the draws of the %s are %d x %d, expected at least two rows of %d parameters",
              name,
              samples.rows(),
              samples.columns(),
              columns));
    }
  }

  /**
   * Looks at one posterior, of which the truth is not known.
   *
   * @param prior draws of the prior, M x D
   * @param posterior draws of the posterior, N x D
   * @return the shrinkage of each parameter
   * @throws IllegalArgumentException if the numbers of columns differ or there are fewer than two
   *     rows
   */
  public static ContractionResult of(Samples prior, Samples posterior) {
    double[] shrinkage = shrinkage(prior, posterior);
    double[] unknown = new double[shrinkage.length];
    Arrays.fill(unknown, Double.NaN);
    return result(posterior.names(), shrinkage, unknown, new ArrayList<>());
  }

  /**
   * Looks at the posteriors of many data sets.
   *
   * @param draws at least two draws for each data set
   * @return the mean shrinkage and the root mean square z-score of each parameter
   * @throws IllegalArgumentException if there are fewer than two data sets or draws
   */
  public static ContractionResult of(TestDraws draws) {
    requireRows("prior", draws.parameters(), draws.dimension());
    double[] variances =
        draws
            .posterior()
            .map(posterior -> posterior.prior().variance())
            .orElseGet(() -> Arrays.stream(draws.parameters().sd()).map(sd -> sd * sd).toArray());
    double[] shrinkage = new double[draws.dimension()];
    double[] squares = new double[draws.dimension()];
    for (int i = 0; i < draws.size(); i++) {
      Samples samples = draws.samples(i);
      double[] z = zScore(draws.parameters().row(i), samples);
      double[] shrunk = shrinkage(variances, samples);
      for (int d = 0; d < z.length; d++) {
        shrinkage[d] += shrunk[d] / draws.size();
        squares[d] += z[d] * z[d] / draws.size();
      }
    }
    List<Finding> more = new ArrayList<>();
    Omissions.addTo(more, ContractionResult.NAME, draws, LOG);
    return result(draws.names(), shrinkage, Arrays.stream(squares).map(Math::sqrt).toArray(), more);
  }

  private static ContractionResult result(
      List<String> names, double[] shrinkage, double[] z, List<Finding> more) {
    List<ContractionResult.Contraction> parameters = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    for (int d = 0; d < shrinkage.length; d++) {
      parameters.add(new ContractionResult.Contraction(names.get(d), shrinkage[d], z[d]));
      findings.add(finding(names.get(d), shrinkage[d], z[d]));
    }
    findings.addAll(more);
    return new ContractionResult(parameters, findings);
  }

  private static Finding finding(String name, double shrinkage, double z) {
    boolean little = shrinkage < LEAST_SHRINKAGE;
    boolean far = z > LARGEST_Z;
    String numbers =
        String.format(Locale.ROOT, "variance down by %.0f %% from the prior's", 100 * shrinkage)
            + (Double.isNaN(z) ? "" : String.format(Locale.ROOT, ", z-score %.2f", z));
    String words =
        far
            ? "posteriors of " + name + " are far from the truth for their width: "
            : little ? "the data say little of " + name + ": " : "the data inform " + name + ": ";
    return new Finding(
        name,
        far || little ? Verdict.CAUTION : Verdict.PASS,
        far ? "root mean square z-score" : "shrinkage",
        far ? z : shrinkage,
        far ? LARGEST_Z : LEAST_SHRINKAGE,
        Double.NaN,
        words + numbers);
  }
}
