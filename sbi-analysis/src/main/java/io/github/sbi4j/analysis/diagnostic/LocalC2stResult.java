package io.github.sbi4j.analysis.diagnostic;

import java.util.ArrayList;
import java.util.List;

/**
 * What a local classifier two-sample test found.
 *
 * <p>The verdict at each observation comes from its {@linkplain LocalDiscrepancy#familyPValue()
 * p-value over all observations}, so that a right posterior fails at any of them with the
 * probability of the level at most.
 *
 * @param observations one entry for each observation
 * @param trials the number of trials of the null hypothesis, B
 * @param level the level
 */
public record LocalC2stResult(List<LocalDiscrepancy> observations, int trials, double level)
    implements Diagnosis {
  /**
   * Copies the list of observations.
   *
   * @param observations one entry for each observation
   * @param trials the number of trials of the null hypothesis, B
   * @param level the level
   */
  public LocalC2stResult {
    observations = List.copyOf(observations);
  }

  /** {@return the p-values of the observations, each as if it were the only one} */
  public double[] pValues() {
    return observations.stream().mapToDouble(LocalDiscrepancy::pValue).toArray();
  }

  @Override
  public String name() {
    return "local classifier two-sample test";
  }

  @Override
  public List<Finding> findings() {
    // P-values are multiples of 1 / (B + 1): this is the rate that the level comes to.
    double rate = Math.floor(level * (trials + 1) + 1e-9) / (trials + 1);
    List<Finding> findings = new ArrayList<>();
    for (int k = 0; k < observations.size(); k++) {
      LocalDiscrepancy at = observations.get(k);
      findings.add(
          new Finding(
              observations.size() == 1 ? "posterior at the observation" : "observation " + k,
              at.familyPValue() <= level ? Verdict.FAIL : Verdict.PASS,
              "p-value",
              at.familyPValue(),
              level,
              rate,
              at.reading(level)));
    }
    return findings;
  }
}
