package io.github.sbi4j.analysis.diagnostic;

import java.util.List;

/**
 * How much the data say of each parameter.
 *
 * @param parameters one entry for each of the D parameters
 * @param findings one for each parameter, and what was too little or left out; verdicts by
 *     conventions, not tests
 */
public record ContractionResult(List<Contraction> parameters, List<Finding> findings)
    implements Diagnosis {
  static final String NAME = "posterior contraction";

  /**
   * Copies the lists.
   *
   * @param parameters one entry for each parameter
   * @param findings what was found
   */
  public ContractionResult {
    parameters = List.copyOf(parameters);
    findings = List.copyOf(findings);
  }

  /**
   * One parameter.
   *
   * @param name its name
   * @param shrinkage 1 - var<sub>posterior</sub> / var<sub>prior</sub>, on the average over data
   *     sets
   * @param zScore the root mean square over data sets of |mean - truth| / sd; NaN where the truth
   *     is not known
   */
  public record Contraction(String name, double shrinkage, double zScore) {}

  @Override
  public String name() {
    return NAME;
  }
}
