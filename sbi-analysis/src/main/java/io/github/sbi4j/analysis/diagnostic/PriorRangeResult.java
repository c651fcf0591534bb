package io.github.sbi4j.analysis.diagnostic;

import java.util.List;

/**
 * How much of a posterior lies near the bounds of its prior.
 *
 * @param bounds all finite bounds of the prior, by parameter, the lower before the upper
 * @param findings one for each
 */
public record PriorRangeResult(List<Bound> bounds, List<Finding> findings) implements Diagnosis {
  /**
   * Copies the lists.
   *
   * @param bounds all finite bounds
   * @param findings one for each
   */
  public PriorRangeResult {
    bounds = List.copyOf(bounds);
    findings = List.copyOf(findings);
  }

  /**
   * One bound.
   *
   * @param parameter the name of the parameter
   * @param upper whether it is the upper bound
   * @param value where the prior ends
   * @param share the share of the posterior in the outermost 5 % of the prior at this bound, from 0
   *     to 1
   */
  public record Bound(String parameter, boolean upper, double value, double share) {}

  @Override
  public String name() {
    return "prior range";
  }

  /** {@return pass where the prior has no bounds, else the worst verdict of all bounds} */
  @Override
  public Verdict verdict() {
    return findings.isEmpty() ? Verdict.PASS : Diagnosis.super.verdict();
  }
}
