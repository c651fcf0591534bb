package io.github.sbi4j.analysis.diagnostic;

import io.github.sbi4j.analysis.plot.MarginalPlot;
import io.github.sbi4j.core.sample.Samples;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What tests of an observation against simulations found.
 *
 * @param tests one entry for each test
 * @param unusual the observed value that lies furthest from the simulations
 * @param level the level of all tests together, divided equally among them
 */
public record MisspecificationResult(List<Test> tests, Unusual unusual, double level)
    implements Diagnosis {
  /** One test. */
  public static final class Test {
    private final String measure;
    private final double statistic;
    private final double[] simulated;
    private final double pValue;

    Test(String measure, double statistic, double[] simulated, double pValue) {
      this.measure = measure;
      this.statistic = statistic;
      this.simulated = simulated;
      this.pValue = pValue;
    }

    /** {@return what was measured} */
    public String measure() {
      return measure;
    }

    /** {@return its value for the observation; the larger, the less like the simulations} */
    public double statistic() {
      return statistic;
    }

    /** {@return its values for simulated observations that were held out} */
    public double[] simulated() {
      return simulated.clone();
    }

    /**
     * {@return the share of simulated observations, the real one among them, that are at least as
     * unlike the others}
     */
    public double pValue() {
      return pValue;
    }

    /** {@return the values for simulated observations, with that for the observation marked} */
    public MarginalPlot plot() {
      double[][] rows = new double[simulated.length][1];
      Arrays.setAll(rows, i -> new double[] {simulated[i]});
      return MarginalPlot.of("simulated", Samples.copyOf(List.of(measure), rows))
          .observed(statistic);
    }
  }

  /**
   * An observed value and how unusual it is.
   *
   * @param name its name
   * @param deviations its distance from the simulations' mean, in their standard deviations; of
   *     several observations that of their mean, in its standard errors
   */
  public record Unusual(String name, double deviations) {}

  /**
   * Copies the list of tests.
   *
   * @param tests one entry for each test
   * @param unusual the observed value that lies furthest from the simulations
   * @param level the level of all tests together
   */
  public MisspecificationResult {
    tests = List.copyOf(tests);
  }

  @Override
  public String name() {
    return "misspecification";
  }

  @Override
  public List<Finding> findings() {
    double each = level / tests.size();
    return tests.stream().map(test -> finding(test, each)).toList();
  }

  private Finding finding(Test test, double threshold) {
    int count = test.simulated.length + 1;
    boolean fails = test.pValue <= threshold;
    String furthest =
        String.format(
            Locale.ROOT,
            "the most unusual value, %s, is %.1f standard deviations %s their mean",
            unusual.name(),
            Math.abs(unusual.deviations()),
            unusual.deviations() < 0 ? "below" : "above");
    String reading =
        fails
            ? String.format(
                Locale.ROOT,
                "the observation is unlike the simulations, p = %.4f by %s; %s. The model cannot"
                    + " explain it, and a learned posterior extrapolates",
                test.pValue,
                test.measure,
                furthest)
            : String.format(
                Locale.ROOT,
                "the observation is like the simulations, p = %.3f by %s; %s",
                test.pValue,
                test.measure,
                furthest);
    return new Finding(
        "observation",
        fails ? Verdict.FAIL : Verdict.PASS,
        "p-value of the " + test.measure,
        test.pValue,
        threshold,
        Math.floor(threshold * count + 1e-9) / count,
        reading);
  }
}
