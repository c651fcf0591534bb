package io.github.sbi4j.analysis.diagnostic;

/**
 * What a check found of one quantity: a parameter, a test quantity, an observation, or the whole
 * posterior.
 *
 * @param quantity what was looked at, such as the name of a parameter
 * @param verdict what came out
 * @param measure what was measured, such as "largest distance of the ECDF"
 * @param value its value
 * @param threshold where the verdict turns
 * @param falseAlarmRate how often a right posterior is found wrong by this threshold, from 0 to 1;
 *     NaN where nobody can say
 * @param reading a sentence for people who do not know the method, with the numbers that matter
 */
public record Finding(
    String quantity,
    Verdict verdict,
    String measure,
    double value,
    double threshold,
    double falseAlarmRate,
    String reading) {}
