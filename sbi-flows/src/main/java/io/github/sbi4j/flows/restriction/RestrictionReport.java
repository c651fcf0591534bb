package io.github.sbi4j.flows.restriction;

import io.github.sbi4j.flows.training.MemberReport;

/**
 * What a region of valid simulations was learned from and how good it is.
 *
 * @param rows the number of simulations
 * @param validRows the number of those that are valid
 * @param validKept the share of valid simulations in the region, among those held out
 * @param invalidKept the share of invalid simulations in the region, among those held out
 * @param training how the classifier was trained
 */
public record RestrictionReport(
    int rows, int validRows, double validKept, double invalidKept, MemberReport training) {}
