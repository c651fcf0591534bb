package io.github.sbi4j.core.distribution;

/**
 * The probability that a draw of a prior lies in a region, estimated from draws.
 *
 * @param rate the estimate
 * @param standardError its standard error
 * @param draws the number of draws it was made of
 */
public record Acceptance(double rate, double standardError, long draws) {}
